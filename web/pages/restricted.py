"""Restricted children: naming who sees them, looking at one all the same, and reviewing who did."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import restricting, signing_in
from casework.refusals import Refusal
from casework.views.whose_name import names_of
from schemas.access import Purpose
from store import glass, people, restrictions
from store.restrictions import Restriction
from store.views import children
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.reading import Visit, Visiting
from web.pages.refused import errors_of
from web.pages.rendering import page
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)
AT_MOST = 200
FIELDS = {name: name for name in ("known_as", "reason", "people")}
PROVE = "/sign-in/prove?to=/restricted"


@router.get("/restricted")
async def asked(request: Request, here: Here, who: Signed) -> Response:
    """Ask for the child and the reason, from somebody who has just shown who they are."""
    if not signing_in.is_fresh(who.proved_at, here.clock()):
        return RedirectResponse(PROVE, HTTPStatus.SEE_OTHER)
    return _ask(request, {}, {})


@router.post("/restricted")
async def broken(request: Request, here: Here, who: Signed, form: Form) -> Response:
    """Let the person see the child for a while; the managers are told at once."""
    if not signing_in.is_fresh(who.proved_at, here.clock()):
        errors = {"known_as": "Show again who you are, then send this again"}
        return _ask(request, form, errors, prove=True)
    try:
        child_id = await restricting.break_glass(
            here.store, who.authority, form.get("known_as", ""), form.get("reason", ""),
            person=who.id, policy=here.site.policy, now=here.clock(),
        )  # fmt: skip
    except Refusal as error:
        return _ask(request, form, errors_of(error, FIELDS, "known_as"))
    await _note(here, request, who, child_id)
    return RedirectResponse(f"/children/{child_id}", HTTPStatus.SEE_OTHER)


@router.get("/restricted/review")
async def listed(visit: Visiting) -> HTMLResponse:
    """Show who opened which restricted record, and why."""
    return await _review(visit)


@router.post("/restricted/review/{access_id}")
async def reviewed(request: Request, here: Here, who: Signed, access_id: UUID, form: Form) -> Response:
    """Write down what a manager found."""
    try:
        await restricting.review(
            here.store, who.authority, access_id, form.get("found", ""),
            person=who.id, by=who.by, now=here.clock(),
        )  # fmt: skip
    except Refusal as error:
        async with here.store.transaction(who.authority, person=who.id) as tx:
            visit = Visit(request, here, who, tx, here.clock())
            told = errors_of(error, {}, "found")
            errors = {f"found-{access_id}": message for message in told.values()}
            return await _review(visit, errors, {f"found-{access_id}": form.get("found", "")})
    return RedirectResponse("/restricted/review", HTTPStatus.SEE_OTHER)


@router.get("/children/{child_id}/restriction")
async def restriction(visit: Visiting, child_id: UUID) -> HTMLResponse:
    """Show who sees a child, and offer to change it."""
    return await _restriction(visit, child_id, None, {})


@router.post("/children/{child_id}/restriction")
async def restricted(request: Request, here: Here, who: Signed, child_id: UUID, form: Form) -> Response:
    """Restrict a child to the people ticked, or lift the restriction."""
    now = here.clock()
    named = {name.removeprefix("see-") for name in form if name.startswith("see-")}
    wanted = Restriction(
        child_id, form.get("reason", "").strip(), who.by, now, frozenset(f"person:{one}" for one in named)
    )
    try:
        if "lift" in form:
            why = form.get("reason", "").strip()
            await restricting.lift(here.store, who.authority, child_id, why, person=who.id, now=now)
        else:
            await restricting.restrict(here.store, who.authority, wanted, person=who.id, now=now)
    except Refusal as error:
        async with here.store.transaction(who.authority, person=who.id) as tx:
            visit = Visit(request, here, who, tx, now)
            return await _restriction(visit, child_id, form, errors_of(error, FIELDS, "reason"))
    kept = "lift" in form or who.id in wanted.people
    return RedirectResponse(f"/children/{child_id}" if kept else "/", HTTPStatus.SEE_OTHER)


async def _note(here: State, request: Request, who: Who, child_id: UUID) -> None:
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, here.clock())
        await see(visit, child_id, "restricted", because=Purpose.BREAK_GLASS)


def _ask(request: Request, form: Typed, errors: Mapping[str, str], *, prove: bool = False) -> HTMLResponse:
    return page(
        request,
        "restricted/ask.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        typed=lambda name: form.get(name, ""),
        errors=errors,
        prove=prove,
        hours=int(restricting.HOLDS.total_seconds() // 3600),
    )


async def _review(
    visit: Visit, errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> HTMLResponse:
    rows = await glass.listed(visit.tx, AT_MOST)
    names = await names_of(visit.tx, [row.person for row in rows])
    return page(
        visit.request,
        "restricted/review.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        rows=rows,
        name_of=lambda person: names.get(person, person),
        errors=dict(errors or {}),
        typed=dict(typed or {}),
    )


async def _restriction(
    visit: Visit, child_id: UUID, form: Typed | None, errors: Mapping[str, str]
) -> HTMLResponse:
    child = await children.find(visit.tx, child_id)
    if child is None:
        raise not_found("child")
    await see(visit, child_id, "restriction")
    found = await restrictions.of_child(visit.tx, child_id)
    ticked = {name for name in form if name.startswith("see-")} if form is not None else None
    named = found.people if found else frozenset({visit.who.id})
    everybody = [one for one in await people.listed(visit.tx) if one.disabled_at is None]
    return page(
        visit.request,
        "restricted/restriction.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        child=child,
        restriction=found,
        everybody=everybody,
        is_named=lambda one: f"see-{one.id}" in ticked if ticked is not None else f"person:{one.id}" in named,
        reason=form.get("reason", "") if form is not None else "",
        errors=dict(errors),
    )
