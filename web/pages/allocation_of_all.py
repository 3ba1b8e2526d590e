"""Giving out at once what nobody has: the suggestion for each, which a manager may change or leave out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from casework import conduct
from casework.conduct import Asked
from casework.refusals import Refusal, Stale
from casework.views.managers_allocation import giving
from schemas.commands import Allocate
from schemas.reading import Unreadable, read_as
from store.database import Transaction
from store.views import managers_board
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.reading import Visit, Visiting
from web.pages.refused import done_since, errors_of, version_of
from web.pages.rendering import page
from web.pages.terms import full_name, sentence
from web.state import Here, State

router = APIRouter(include_in_schema=False)
AT_MOST = 100
"""Rows of one page: a form has no more than a thousand fields."""


TOP = "allocate"
"""Where an error stands that is about no one row."""
Tick = Literal["", "none"]


@dataclass(slots=True)
class Outcome:
    """What came of a form: how many were given, and why others were not, by interview."""

    given: int = 0
    refused: dict[UUID, str] = field(default_factory=dict)


@router.get("/allocate")
async def shown(
    visit: Visiting, at: Annotated[datetime | None, Query()] = None, tick: Tick = ""
) -> HTMLResponse:
    """Show what nobody has, with the suggestion; `at` is when this person gave some out just now."""
    return await _show(visit, {}, Told(), at if at and at.tzinfo else None, tick)


@router.post("/allocate")
async def sent(request: Request, here: Here, who: Signed, form: Form) -> Response:
    """Give out what is ticked, each for itself: what is refused does not hold up the others."""
    now = here.clock()
    outcome = await _give(here, who, form, now)
    if outcome.given and not outcome.refused:
        return RedirectResponse(f"/allocate?{urlencode({'at': now.isoformat()})}", HTTPStatus.SEE_OTHER)
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, now)
        if not outcome.refused:
            nothing = {TOP: "Tick the interviews that you give out."}
            return await _show(visit, form, Told(summary=nothing), None)
        told = await _told(tx, outcome.refused)
        return await _show(visit, form, told, now if outcome.given else None)


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
            outcome.refused[id_] = _wrong(error, {who.by: who.name})
    return outcome


def _wrong(error: Refusal | Unreadable, names: Mapping[str, str]) -> str:
    if isinstance(error, Stale):
        who = "somebody else changed it" if error.since else "it changed"
        return Markup("since you opened this list {}{}. Nothing was changed.").format(who, done_since(error))
    try:
        return Markup(" ").join(errors_of(error, {"interviewer": TOP}, TOP, names).values())
    except Refusal:  # it went out of sight meanwhile; the others are given all the same
        return "it may not be seen any more. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Told:
    """Why interviews were not given: at the top, a line each with the child's name, and at the rows.

    `places` are the addresses that lines lead to, of interviews whose row may be gone.
    """

    summary: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


async def _told(tx: Transaction, refused: Mapping[UUID, str]) -> Told:
    about = await managers_board.waiting(tx, list(refused))
    names = {id_: full_name(about[id_].child_facts) if id_ in about else "One interview" for id_ in refused}
    return Told(
        {
            _field(id_) if id_ in about else TOP: Markup("<bdi>{}</bdi>: {}").format(names[id_], why)
            for id_, why in refused.items()
        },
        {_field(id_): sentence(why) for id_, why in refused.items()},
        {_field(id_): f"/children/{one.child_id}" for id_, one in about.items()},
    )


def _field(id_: UUID) -> str:
    return f"who-{id_}"


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
    visit: Visit, form: Typed, told: Told, given_at: datetime | None, tick: Tick = ""
) -> HTMLResponse:
    found = await giving(visit.tx, await visit.here.policy(visit.tx), visit.now, AT_MOST)
    return page(
        visit.request,
        "manager/allocate_all.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if told.summary else HTTPStatus.OK,
        now=visit.now,
        giving=found,
        rows=sorted(found.about, key=lambda id_: (found.about[id_].due_at, id_)),
        placed={each.need.interview_id: each for each in found.placements},
        unplaced={each.need.interview_id: each.why for each in found.unplaced},
        given=await managers_board.given(visit.tx, given_at) if given_at else [],
        errors=told.rows,
        summary=told.summary,
        places={at: to for at, to in told.places.items() if at not in {_field(id_) for id_ in found.about}},
        shares=Counter(each.candidate.member.id for each in found.placements),
        typed=lambda name: form.get(name, ""),
        ticked=lambda id_, usual: form.get(f"take-{id_}") == "yes" if form else usual and not tick,
        choices=[(each.id, each.name) for each in found.interviewers],
        left_of=lambda id_: (found.about[id_].due_at - visit.now).total_seconds() / 3600,
    )
