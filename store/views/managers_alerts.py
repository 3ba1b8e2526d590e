"""Alerts as a manager works through them: what is not decided on first, each with the child it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


class State(StrEnum):
    """Which alerts."""

    WAITING = "waiting"
    """Open, and nobody decided yet."""
    DECIDED = "decided"
    """Open, and somebody decided what is done."""
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """An alert, with the child that it is about, if it is about one, and where its interview stands."""

    id: UUID
    interview_id: UUID | None
    episode_id: UUID | None
    child_id: UUID | None
    child_facts: Mapping[str, Any] | None
    step: str
    due_at: datetime
    raised_at: datetime
    expected: str
    expected_by: datetime
    level: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    decision: str | None
    closed_at: datetime | None
    closed_why: str | None
    status: str | None
    interview_due_at: datetime | None
    interviewer: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the alerts of a state, of one step or of all."""

    state: State
    step: str | None
    offset: int
    limit: int


async def counts(tx: Transaction, step: str | None) -> dict[State, int]:
    """Return how many alerts are in each state."""
    wanted = ", ".join(f"count(*) FILTER (WHERE {_STATES[state]}) AS {state.value}" for state in State)
    row = await tx.first(
        f"SELECT {wanted} FROM alerts a WHERE a.authority = :authority AND {_STEP}",  # noqa: S608 - constants
        authority=tx.authority,
        step=step,
    )
    assert row is not None
    return {state: getattr(row, state.value) for state in State}


async def page(tx: Transaction, part: Part) -> list[Row]:
    """Return one page: first what nobody decided on, the soonest answer first; then the latest."""
    rows = await tx.all(
        f"""
        {_SELECT} AND {_STATES[part.state]} AND {_STEP}
        ORDER BY (a.closed_at IS NOT NULL), (a.acknowledged_at IS NOT NULL),
            CASE WHEN a.closed_at IS NULL AND a.acknowledged_at IS NULL THEN a.expected_by END,
            a.raised_at DESC, a.id OFFSET :offset LIMIT :limit
        """,
        authority=tx.authority,
        step=part.step,
        offset=part.offset,
        limit=part.limit,
    )
    return read(Row, rows)


async def of_interview(tx: Transaction, interview_id: UUID) -> list[Row]:
    """Return every alert about an interview, in the order in which they were raised."""
    rows = await tx.all(
        f"{_SELECT} AND a.interview_id = :id ORDER BY a.raised_at, a.due_at, a.id",
        authority=tx.authority,
        id=interview_id,
    )
    return read(Row, rows)


async def find(tx: Transaction, alert_id: UUID) -> Row | None:
    """Return one alert."""
    rows = await tx.all(f"{_SELECT} AND a.id = :id", authority=tx.authority, id=alert_id)
    return next(iter(read(Row, rows)), None)


_STATES: Final[Mapping[State, str]] = {
    State.WAITING: "a.closed_at IS NULL AND a.acknowledged_at IS NULL",
    State.DECIDED: "a.closed_at IS NULL AND a.acknowledged_at IS NOT NULL",
    State.OVER: "a.closed_at IS NOT NULL",
    State.ALL: "true",
}
_STEP = "(CAST(:step AS text) IS NULL OR a.step = :step)"
_SELECT = """
SELECT a.id, a.interview_id, a.episode_id, c.id, c.facts, a.step, a.due_at, a.raised_at, a.expected,
    a.expected_by, a.level, a.acknowledged_at, a.acknowledged_by, a.decision, a.closed_at, a.closed_why,
    i.status, i.due_at, i.interviewer
FROM alerts a LEFT JOIN interviews i ON i.id = a.interview_id LEFT JOIN episodes e ON e.id = a.episode_id
LEFT JOIN children c ON c.id = coalesce(i.child_id, e.child_id)
WHERE a.authority = :authority
"""
