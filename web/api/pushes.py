"""Approved outcomes on their way into other systems: what arrived, and what hinders what did not."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from schemas.connector_policy import Target
from store import pushes
from store.pushes import Push, Wanted
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import ListQuery
from web.api.reading import REFUSALS, Reading

router = APIRouter(prefix="/api/v1/pushes", tags=["pushes"], responses=REFUSALS)
State = Literal["waiting", "delivered", "confirmed", "stuck"]


class PushOut(BaseModel):
    """One approved interview on its way to one target, tried again at `next_at` unless it is confirmed.

    `delivered`: the other system said that it has it; `confirmed`: it was read back and is there as it was
    sent; `stuck`: somebody has to act, and `why` says on what.
    """

    interview_id: UUID
    target: str
    key: UUID
    state: str
    attempts: int
    next_at: Instant | None
    why: str | None
    remote_id: str | None
    remote_version: str | None
    queued_at: Instant
    delivered_at: Instant | None
    confirmed_at: Instant | None


class PushQuery(ListQuery):
    """Which pushes."""

    state: tuple[State, ...] = ()
    target: Target | None = None
    interview: UUID | None = None
    open: Annotated[bool | None, Field(description="true: what is not confirmed; false: what is")] = None


@router.get("", summary="List approved outcomes on their way into other systems, the longest queued first")
async def listed(tx: Reading, query: Annotated[PushQuery, Query()]) -> Page[PushOut]:
    """Give every one, also those that arrived long ago, unless `state` or `open` says which are wanted."""
    after = after_moment(query.cursor)
    wanted = Wanted(_states(query), query.target, query.interview)
    rows = await pushes.listed(tx, wanted, after, query.limit + 1)
    return page(rows, query.limit, _out, lambda row: [row.queued_at, row.key])


def _states(query: PushQuery) -> list[str] | None:
    every: tuple[State, ...] = ("waiting", "delivered", "confirmed", "stuck")
    if not query.state and query.open is None:
        return None
    return [
        state for state in query.state or every if query.open is None or query.open is (state != "confirmed")
    ]


def _out(row: Push) -> PushOut:
    facts = {name: getattr(row, name) for name in Push.__slots__}
    facts["next_at"] = None if row.state == "confirmed" else row.next_at
    return PushOut(**facts)
