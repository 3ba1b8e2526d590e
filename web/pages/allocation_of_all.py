"""Giving out at once what nobody has: the suggestion for each, which a manager may change or leave out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import conduct
from casework.conduct import Asked
from casework.refusals import Refusal
from casework.views.managers_allocation import giving
from schemas.commands import Allocate
from schemas.reading import Unreadable, read_as
from store.views import managers_board
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.reading import Visit, Visiting
from web.pages.refused import errors_of, version_of
from web.pages.rendering import page
from web.state import Here, State

router = APIRouter(include_in_schema=False)
AT_MOST = 100
"""Rows of one page: a form has no more than a thousand fields."""


@dataclass(slots=True)
class Outcome:
    """What came of a form: how many were given, and what was refused by the field of the row."""

    given: int = 0
    errors: dict[str, str] = field(default_factory=dict)


@router.get("/allocate")
async def shown(visit: Visiting, at: Annotated[datetime | None, Query()] = None) -> HTMLResponse:
    """Show what nobody has, with the suggestion; `at` is when this person gave some out just now."""
    return await _show(visit, {}, {}, at if at and at.tzinfo else None)


@router.post("/allocate")
async def sent(request: Request, here: Here, who: Signed, form: Form) -> Response:
    """Give out what is ticked, each for itself: what is refused does not hold up the others."""
    now = here.clock()
    outcome = await _give(here, who, form, now)
    if not outcome.given and not outcome.errors:
        outcome.errors["allocate"] = "Tick the interviews that you give out."
    if not outcome.errors:
        return RedirectResponse(f"/allocate?{urlencode({'at': now.isoformat()})}", HTTPStatus.SEE_OTHER)
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, now)
        return await _show(visit, form, outcome.errors, now if outcome.given else None)


async def _give(here: State, who: Who, form: Typed, now: datetime) -> Outcome:
    outcome = Outcome()
    for id_ in _ticked(form):
        try:
            asked = _asked(form, id_, who.by)
            await conduct.act(
                here.store, who.authority, id_, asked, person=who.id, policy=here.site.policy, now=now
            )
            outcome.given += 1
        except (Refusal, Unreadable) as error:
            field_ = f"who-{id_}"
            outcome.errors |= _wrong(error, field_)
    return outcome


def _wrong(error: Refusal | Unreadable, at: str) -> dict[str, str]:
    try:
        return errors_of(error, {"interviewer": at}, at)
    except Refusal as unknown:  # it went out of sight meanwhile; the others are given all the same
        return {"allocate": f"One interview was not given: {unknown}."}


def _ticked(form: Typed) -> list[UUID]:
    found = []
    for name, value in form.items():
        kind, _, id_ = name.partition("-")
        if kind == "take" and value == "yes":
            try:
                found.append(UUID(id_))
            except ValueError:
                continue
    return found


def _asked(form: Typed, id_: UUID, by: str) -> Asked:
    interviewer, version = form.get(f"who-{id_}", ""), form.get(f"version-{id_}", "")
    suggested = interviewer == form.get(f"suggested-{id_}")
    why = f"as suggested: {form.get(f'why-{id_}', '')}" if suggested else ""
    told = {"by": by, "interviewer": interviewer, "why": why[:2000]}
    number = version_of(version)
    return Asked(read_as(Allocate, told), f"allocate/{id_}/{number}/{interviewer}", number)


async def _show(
    visit: Visit, form: Typed, errors: Mapping[str, str], given_at: datetime | None
) -> HTMLResponse:
    found = await giving(visit.tx, await visit.here.policy(visit.tx), visit.now, AT_MOST)
    return page(
        visit.request,
        "manager/allocate_all.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        giving=found,
        rows=sorted(found.about, key=lambda id_: (found.about[id_].due_at, id_)),
        placed={each.need.interview_id: each for each in found.placements},
        unplaced={each.need.interview_id: each.why for each in found.unplaced},
        given=await managers_board.given(visit.tx, given_at) if given_at else [],
        errors=_still_there(errors, {str(id_) for id_ in found.about}),
        typed=lambda name: form.get(name, ""),
        ticked=lambda id_, usual: form.get(f"take-{id_}") == "yes" if form else usual,
        choices=[(each.id, each.name) for each in found.interviewers],
        left_of=lambda id_: (found.about[id_].due_at - visit.now).total_seconds() / 3600,
    )


def _still_there(errors: Mapping[str, str], ids: set[str]) -> dict[str, str]:
    """Return errors where there is a row to show them at; the others on top."""
    shown: dict[str, str] = {}
    for field_, words in errors.items():
        at = field_ if field_.removeprefix("who-") in ids else "allocate"
        shown[at] = f"{shown[at]} {words}" if at in shown else words
    return shown
