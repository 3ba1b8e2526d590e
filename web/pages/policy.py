"""The authority's policy: what is in force, every version, and another one uploaded and accepted."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from casework import policies
from casework.policies import Standing, Version
from casework.policy_effect import Difference, Effect
from casework.policy_formats import formats_that_go, lists_that_go
from casework.policy_in_force import in_force
from casework.policy_text import POLICY, told
from casework.refusals import BadInput, Conflict, Unknown
from casework.views.policy import label, parts_of, spoken, steps_of
from casework.views.policy_counts import counted
from schemas.policy import PolicyError
from schemas.reading import Problem
from store import people
from store.database import Transaction
from web import access
from web.guard.forms import Form
from web.guard.sessions import Signed, Who
from web.guard.uploads import Upload, Uploaded
from web.pages.policy_cases import MOST_ROWS, case_rows
from web.pages.policy_words import as_text
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.problems import not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)
NEW, ACCEPT = "/policy/new", "/policy/{no}/accept"
NOT_UTF_8 = Problem(POLICY, "is not a text in UTF-8: save the file so, then choose it again")


@router.get("/policy")
async def listed(request: Request, visit: Visiting) -> Response:
    """Show what is in force, and the versions."""
    found = await policies.versions(visit.tx)
    policy = await in_force(visit.tx, visit.here.site.policy)
    return page(
        request,
        "policy/policy.html",
        versions=found,
        in_force=next((each for each in found if each.standing is Standing.IN_FORCE), None),
        parts=parts_of(policy),
        steps=steps_of(policy),
        names=await _names(visit.tx, found),
        may_change=access.may(visit.who.duties, "POST", NEW),
        now=visit.now,
    )


@router.get("/policy/in-force.json")
async def in_force_as_json(visit: Visiting) -> Response:
    """Give the policy in force, to be edited and uploaded."""
    return _json(told(await in_force(visit.tx, visit.here.site.policy)), "policy-in-force.json")


@router.get(NEW)
async def asked(request: Request, visit: Visiting, start: Annotated[str, Query()] = "") -> Response:
    """Ask for another version; it may start from what is in force."""
    text = as_text(await in_force(visit.tx, visit.here.site.policy)) if start == "in-force" else ""
    return _form(request, {"text": text}, ())


@router.post(NEW)
async def uploaded(request: Request, here: Here, who: Signed, sent: Upload) -> Response:
    """Keep another version, and lead to what it would change."""
    text, unreadable = _text(sent)
    why = sent.fields.get("why", "")
    if unreadable:
        return _form(request, sent.fields, [unreadable])
    try:
        made = await policies.upload(
            here.store, who.authority, text, why=why, person=who.id, now=here.clock()
        )
    except BadInput as error:
        return _form(request, {"text": text, "why": why}, error.problems)
    return RedirectResponse(f"/policy/{made.row.no}", HTTPStatus.SEE_OTHER)


@router.get("/policy/{no}.json")
async def one_as_json(visit: Visiting, no: int) -> Response:
    """Give one version as it was kept."""
    chosen = await _found(visit.tx, no)
    return Response(
        chosen.row.policy,
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="policy-{no}.json"'},
    )


@router.get("/policy/{no}")
async def shown(request: Request, here: Here, who: Signed, no: int) -> Response:
    """Show one version; of the newest one that waits, what it would change now."""
    return await _show(request, here, who, no)


@router.post(ACCEPT)
async def accepted(request: Request, here: Here, who: Signed, no: int, form: Form) -> Response:
    """Put a version in force."""
    why = form.get("why", "")
    try:
        await policies.accept(
            here.store, who.authority, no, here.site.policy, why=why, person=who.id, now=here.clock()
        )
    except Unknown as error:
        raise not_found("version") from error
    except BadInput as error:
        return await _show(request, here, who, no, why=why, problems=error.problems)
    except Conflict as error:
        return await _show(request, here, who, no, why=why, problems=[Problem("", str(error))])
    return RedirectResponse(f"/policy/{no}", HTTPStatus.SEE_OTHER)


async def _show(
    request: Request, here: State, who: Who, no: int, *, why: str = "", problems: Sequence[Problem] = ()
) -> Response:
    async with here.store.transaction(who.authority, who.id) as tx:
        chosen = await _found(tx, no)
        names = await _names(tx, [chosen])
    now = here.clock()
    waits = chosen.standing is Standing.WAITING
    try:
        effect = await policies.preview(
            here.store, who.authority, chosen.policy, here.site.policy, person=who.id, now=now
        ) if waits else None  # fmt: skip
        parts, steps = parts_of(chosen.policy), steps_of(chosen.policy)
    except PolicyError as error:
        effect, parts, steps, problems = None, (), (), [*problems, Problem("", str(error))]
    differences = _differences(chosen, effect)
    return page(
        request,
        "policy/version.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
        version=chosen,
        names=names,
        parts=parts,
        steps=steps,
        changes=[(label(each.setting), spoken(each.was), spoken(each.becomes)) for each in differences],
        formats_gone=formats_that_go(differences),
        lists_gone=lists_that_go(differences),
        effect=effect,
        counts=counted(effect.counts if effect else (chosen.row.effect or {}).get("counts", {})),
        cases=case_rows(effect, now, who.duties) if effect else {},
        most_rows=MOST_ROWS,
        may_accept=effect is not None and access.may(who.duties, "POST", ACCEPT),
        why=why,
        problems=problems,
        now=now,
    )


def _differences(version: Version, effect: Effect | None) -> Sequence[Difference]:
    """Return each setting that changes, or changed when it was accepted."""
    if effect is not None:
        return effect.differences
    kept: Sequence[Mapping[str, str]] = (version.row.effect or {}).get("settings", ())
    return [Difference(**each) for each in kept]


def _form(request: Request, typed: Mapping[str, str], problems: Sequence[Problem]) -> Response:
    return page(
        request,
        "policy/new.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
        typed=lambda name: typed.get(name, ""),
        problems=problems,
    )


def _text(sent: Uploaded) -> tuple[str, Problem | None]:
    """Return the policy's text: of the file, if one was chosen, else what was typed."""
    if "file" not in sent.files:
        return sent.fields.get("text", ""), None
    try:
        return sent.files["file"].content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", NOT_UTF_8


async def _found(tx: Transaction, no: int) -> Version:
    try:
        return await policies.version(tx, no)
    except Unknown as error:
        raise not_found("version") from error


async def _names(tx: Transaction, found: Sequence[Version]) -> dict[str, str]:
    """Return what whoever uploaded or accepted is called; machines as they are."""
    actors = {actor for each in found for actor in (each.row.uploaded_by, each.row.accepted_by) if actor}
    known = {f"person:{one.id}": one.name for one in await people.listed(tx)}
    return {actor: known.get(actor, actor) for actor in actors}


def _json(content: Any, name: str) -> Response:
    return JSONResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})
