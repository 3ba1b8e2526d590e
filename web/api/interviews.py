"""Return home interviews, for other systems."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from casework.views.deadlines import hours_left
from schemas.words import Stage
from store.views import interviews
from store.views.interviews import Interview as Row
from store.views.interviews import Value, Wanted
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import At, ListQuery, Text
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, child_of, id_of
from web.problems import not_found
from web.state import Here

router = APIRouter(prefix="/api/v1/interviews", tags=["interviews"], responses=REFUSALS)


class ValueOut(BaseModel):
    """What the interview was from `at` on; `event` says what happened to it then."""

    at: Instant
    event: str
    status: Stage
    due_at: Instant
    provisional_due: bool
    reason: str | None
    by: str | None = None
    """Who did it; null where the facts did."""


class InterviewOut(BaseModel):
    """One return home interview, with all that it ever was. `version` is what commands are given to."""

    id: UUID
    authority: str
    episode_id: UUID
    child_id: UUID
    status: Stage
    due_at: Instant
    provisional_due: bool
    hours_left: float | None
    version: int
    voided_reason: str | None
    offered_at: Instant | None
    accepted: bool | None
    held_at: Instant | None
    interviewer: str | None
    chosen_by_child: bool
    allocated_at: Instant | None
    attempts: int
    attempted_at: Instant | None
    arranged_for: Instant | None
    arranged_until: Instant | None
    place: str | None
    submitted_at: Instant | None
    sent_back_at: Instant | None
    approved_at: Instant | None
    declined_at: Instant | None
    closed_reason: str | None
    covered_by: UUID | None
    quality: dict[str, Any]
    covers: list[UUID]
    responsible: str
    history: list[ValueOut]


class InterviewQuery(ListQuery):
    """Which interviews."""

    status: tuple[Stage, ...] = ()
    due_before: At | None = None
    interviewer: Text | None = None
    child: Annotated[Text | None, Field(description="Our id, or the authority's own id of the child")] = None
    episode: UUID | None = None


@router.get("", summary="List return home interviews, the soonest deadline first")
async def listed(tx: Reading, here: Here, query: Annotated[InterviewQuery, Query()]) -> Page[InterviewOut]:
    """Give voided ones too, unless `status` says which are wanted."""
    after = after_moment(query.cursor)
    child_id, nobody = await child_of(tx, query.child)
    statuses = [status.value for status in query.status] or None
    wanted = Wanted(child_id, query.episode, statuses, query.due_before, query.interviewer)
    rows = [] if nobody else await interviews.listed(tx, wanted, after, query.limit + 1)
    told = await interviews.histories(tx, [row.id for row in rows])
    now = here.clock()
    return page(
        rows, query.limit, lambda row: _out(row, told.get(row.id, []), now), lambda r: [r.due_at, r.id]
    )


@router.get("/{id}", summary="One return home interview, also one that was voided", responses=NOT_FOUND)
async def one(tx: Reading, here: Here, id: Key) -> InterviewOut:  # noqa: A002 - its name in the address
    """Give it with every deadline that it had."""
    interview = await interviews.find(tx, id_of(id, "interview"))
    if interview is None:
        raise not_found("interview")
    told = await interviews.histories(tx, [interview.id])
    return _out(interview, told.get(interview.id, []), here.clock())


def _out(row: Row, history: Sequence[Value], now: datetime) -> InterviewOut:
    left = hours_left(row.due_at, row.status, now)
    facts = {name: getattr(row, name) for name in Row.__slots__}
    return InterviewOut(
        **facts,
        hours_left=None if left is None else round(left, 2),
        history=[
            ValueOut(
                at=value.at,
                event=value.event,
                status=Stage(value.status),
                due_at=value.due_at,
                provisional_due=value.provisional_due,
                reason=value.reason,
                by=value.by,
            )
            for value in history
        ],
    )
