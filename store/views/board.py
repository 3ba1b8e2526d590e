"""What the first page shows: who is missing, which interviews are awaited, and how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.interviews import AWAITED
from store.views.rows import read


class Deadline(StrEnum):
    """Which of the awaited interviews."""

    ALL = "all"
    IN_TIME = "in-time"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Away:
    """A child who is missing, or found and not home yet. `since_at` is None where nobody told a start."""

    episode_id: UUID
    child_id: UUID
    child_facts: dict[str, Any]
    provisional_child: bool
    since_at: datetime | None
    located_at: datetime | None
    category: str | None
    risk_level: str | None
    marks: Sequence[str]
    conflict_reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Awaited:
    """An interview that somebody still has to hold."""

    id: UUID
    child_id: UUID
    child_facts: dict[str, Any]
    status: str
    due_at: datetime
    provisional_due: bool
    clock_started_at: datetime
    interviewer: str | None
    interviewer_name: str | None
    """Null where the directory does not know the person."""
    conflict_reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """The summary."""

    missing: int
    located: int
    in_time: int
    overdue: int
    questions: int
    letters: int


async def counts(tx: Transaction, now: datetime) -> Counts:
    """Return how many there are of each."""
    row = await tx.first(
        """
        SELECT e.missing, e.located, i.in_time, i.overdue,
            (SELECT count(*) FROM questions WHERE authority = :authority AND closed_at IS NULL),
            (SELECT count(*) FROM letters WHERE outcome IS NULL)
        FROM (SELECT count(*) FILTER (WHERE status = 'open') AS missing,
                     count(*) FILTER (WHERE status = 'located') AS located
              FROM episodes WHERE authority = :authority AND NOT superseded
              AND status IN ('open', 'located')) AS e,
             (SELECT count(*) FILTER (WHERE due_at >= :now) AS in_time,
                     count(*) FILTER (WHERE due_at < :now) AS overdue
              FROM interviews WHERE authority = :authority AND status = ANY(:awaited)) AS i
        """,
        authority=tx.authority,
        now=now,
        awaited=list(AWAITED),
    )
    return read(Counts, [row])[0]


async def away(tx: Transaction, status: str, limit: int) -> list[Away]:
    """Return the children of open episodes of this status: highest risk first, then longest away."""
    rows = await tx.all(
        """
        SELECT e.id, e.child_id, c.facts, c.provisional, e.started_at, e.located_at, e.category, e.risk_level,
            e.marks, e.conflict_reasons
        FROM episodes e JOIN children c ON c.id = e.child_id
        WHERE e.authority = :authority AND NOT e.superseded AND e.status = :status
        ORDER BY array_position(ARRAY['high', 'medium', 'low', 'no_apparent_risk'], e.risk_level) NULLS FIRST,
            e.started_at NULLS FIRST, e.number
        LIMIT :limit
        """,
        authority=tx.authority,
        status=status,
        limit=limit,
    )
    return read(Away, rows)


async def awaited(tx: Transaction, which: Deadline, now: datetime, offset: int, limit: int) -> list[Awaited]:
    """Return the interviews that are awaited, by deadline."""
    rows = await tx.all(
        """
        SELECT i.id, i.child_id, c.facts, i.status, i.due_at, i.provisional_due, i.clock_started_at,
            i.interviewer, s.name, e.conflict_reasons
        FROM interviews i JOIN children c ON c.id = i.child_id JOIN episodes e ON e.id = i.episode_id
            LEFT JOIN staff s ON s.authority = i.authority AND s.id = i.interviewer
        WHERE i.authority = :authority AND i.status = ANY(:awaited)
        AND (:which = 'all' OR (i.due_at < :now) = (:which = 'overdue'))
        ORDER BY i.due_at, i.id OFFSET :offset LIMIT :limit
        """,
        authority=tx.authority,
        awaited=list(AWAITED),
        which=which.value,
        now=now,
        offset=offset,
        limit=limit,
    )
    return read(Awaited, rows)
