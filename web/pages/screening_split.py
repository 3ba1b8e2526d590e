"""Saying that some of what was told of a child is of another: which notifications, and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework.deciding import Preview
from casework.views.find_child import find_child
from casework.views.incidents import Told, told_of
from schemas.access import Purpose
from schemas.decisions import SplitChild
from schemas.reading import Unreadable, read_as
from store.views import children
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.screening_deciding import Tried, id_of, tried
from web.pages.screening_words import changes, in_words, named
from web.pages.screening_words import told_of as value_of
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)
PATH = "/screening/children/{child_id}/split"
NEW = "new"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was typed, what is wrong, what it would change, and who a search found."""

    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    preview: Preview | None = None
    found: Sequence[UUID] = ()
    question: UUID | None = None


@router.get(PATH)
async def shown(
    visit: Visiting, child_id: UUID, question: Annotated[UUID | None, Query()] = None
) -> Response:
    """Show what was told of a child, to choose from."""
    return await _show(visit, child_id, Shown(question=question))


@router.post(PATH)
async def chosen(request: Request, here: Here, who: Signed, child_id: UUID, form: Form) -> Response:
    """Look the other child up, show what the decision would change, or decide."""
    async with here.store.transaction(who.authority, person=who.id) as tx:
        told = await told_of(tx, child_id)
        found = await _found(Visit(request, here, who, tx, here.clock()), form)
    shown = Shown(form, found=found, question=id_of(form.get("question", "")))
    if "find" in form:
        errors = {} if found else {"look": "Nobody with this name or number is known here"}
        shown = replace(shown, errors=errors)
    else:
        decision, errors = _read(child_id, form, told)
        done = await tried(here, who, form, decision, "told") if decision else Tried(errors=errors)
        if done.done:
            return RedirectResponse("/screening?done=decided", HTTPStatus.SEE_OTHER)
        shown = replace(shown, errors=done.errors, preview=done.preview)
    async with here.store.transaction(who.authority, person=who.id) as tx:
        return await _show(Visit(request, here, who, tx, here.clock()), child_id, shown)


def _read(child_id: UUID, form: Typed, told: Sequence[Told]) -> tuple[SplitChild | None, dict[str, str]]:
    """Return the decision, or what is wrong by field."""
    chosen = [one for one in told if form.get(f"told-{one.number}") == "yes"]
    errors = {} if chosen else {"told": "Choose at least one reference that is of another child"}
    whose = form.get("whose", "")
    other = id_of(whose.removeprefix("child-"))
    if whose != NEW and other is None:
        errors["whose"] = "Choose whose they are"
    if not form.get("reason", "").strip():
        errors["reason"] = "Say why"
    if errors:
        return None, errors
    try:
        return read_as(
            SplitChild,
            {
                "child": child_id,
                "other": other,
                "incidents": [{"source": one.source, "subject": one.subject} for one in chosen],
                "reason": form.get("reason", ""),
                "question": id_of(form.get("question", "")),
            },
        ), {}
    except Unreadable as error:
        return None, {"reason": "; ".join(f"Why {problem.message}" for problem in error.problems)}


async def _found(visit: Visit, form: Typed) -> list[UUID]:
    kept = [one for one in map(id_of, form.get("found", "").split()) if one]
    words = form.get("look", "").strip()
    if "find" not in form or not words:
        return kept
    new = [child.id for child in (await find_child(visit.tx, words))[:5]]
    return list(dict.fromkeys([*new, *kept]))


async def _show(visit: Visit, child_id: UUID, shown: Shown) -> Response:
    child = await children.find(visit.tx, child_id)
    if child is None:
        raise not_found("child")
    if child.absorbed_by:
        return RedirectResponse(f"/screening/children/{child.absorbed_by}/split", HTTPStatus.SEE_OTHER)
    known = await children.several(visit.tx, shown.found)
    others = [one for one in known.values() if one.id != child.id and not one.absorbed_by]
    for one in (child, *others):
        await see(visit, one.id, "screening", because=Purpose.SCREENING)
    return page(
        visit.request,
        "screening/split.html",
        now=visit.now,
        child=child,
        told=await told_of(visit.tx, child_id),
        others=others,
        named=named,
        value_of=value_of,
        changes=changes(shown.preview) if shown.preview else None,
        in_words=in_words,
        typed={"reason": "", "whose": "", "look": "", "key": str(uuid4()), **shown.typed},
        found=" ".join(map(str, shown.found)),
        question=shown.question or "",
        errors=shown.errors,
    )
