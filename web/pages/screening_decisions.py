"""What was decided: by whom, when and why, and undoing it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework.deciding import Preview
from schemas.access import CASEWORK, Duty, Purpose
from schemas.decisions import UndoDecision
from schemas.reading import Unreadable, read_as
from store.views import children, decisions
from web import access
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.screening_deciders import names_of_deciders
from web.pages.screening_deciding import Tried, tried
from web.pages.screening_words import DECIDED, changes, children_of, in_words, named
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)
AT_MOST = 50


@router.get("/screening/decisions")
async def listed(
    visit: Visiting, before: Annotated[int | None, Query(ge=1, le=2**62)] = None, done: bool = False
) -> Response:
    """Show what was decided, the latest first.

    Seeing this list is not written down, so who does no casework is told no child's name.
    """
    rows = await decisions.listed(visit.tx, before=before, limit=AT_MOST + 1)
    shown = rows[:AT_MOST]
    duties = visit.who.duties
    about = {child for row in shown for child in children_of(row)} if duties & CASEWORK else set()
    known = await children.several(visit.tx, about)
    return page(
        visit.request,
        "screening/decisions.html",
        now=visit.now,
        rows=shown,
        earlier=shown[-1].no if len(rows) > AT_MOST else None,
        known=known,
        named=named,
        words=DECIDED,
        children_of=children_of,
        names=await names_of_deciders(visit.tx, {row.by for row in shown}),
        by_name=bool(duties & CASEWORK),
        may=lambda path: access.may(duties, "GET", path),
        done=done,
    )


@router.get("/screening/decisions/{decision_id}")
async def shown(visit: Visiting, decision_id: UUID) -> Response:
    """Show one decision, and what undoing it would change."""
    return await _show(visit, decision_id, {}, {}, None)


@router.post("/screening/decisions/{decision_id}")
async def undone(request: Request, here: Here, who: Signed, decision_id: UUID, form: Form) -> Response:
    """Show what undoing would change, or undo it."""
    try:
        decision = read_as(UndoDecision, {"decision": decision_id, "reason": form.get("reason", "")})
        done = await tried(here, who, form, decision, "reason")
    except Unreadable:
        done = Tried(errors={"reason": "Say why"})
    if done.done:
        return RedirectResponse("/screening/decisions?done=true", HTTPStatus.SEE_OTHER)
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, here.clock())
        return await _show(visit, decision_id, form, done.errors, done.preview)


async def _show(
    visit: Visit, decision_id: UUID, typed: Typed, errors: Mapping[str, str], preview: Preview | None
) -> Response:
    found = await decisions.find(visit.tx, decision_id)
    if found is None:
        raise not_found("decision")
    known = await children.several(visit.tx, children_of(found))
    for child_id in known:
        await see(visit, child_id, "screening", because=Purpose.SCREENING)
    return page(
        visit.request,
        "screening/decision.html",
        now=visit.now,
        made=found,
        known=known,
        named=named,
        words=DECIDED,
        children_of=children_of,
        names=await names_of_deciders(visit.tx, {found.by}),
        may_undo=Duty.SCREENER in visit.who.duties and found.kind != "undo" and found.undone_by is None,
        changes=changes(preview) if preview else None,
        in_words=in_words,
        typed={"reason": "", "key": str(uuid4()), **typed},
        errors=errors,
    )
