"""What a morning brief is made of: moments and ids, never a child's details."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from schemas.notices import DayOfWeek
from store.database import Transaction
from store.views.interviews import AWAITED
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Awaited:
    """An interview that somebody still has to hold."""

    child_id: UUID
    status: str
    due_at: datetime
    interviewer: str | None


@dataclass(frozen=True, slots=True)
class Away:
    """A child who is missing, or found and not home; `since_at` is null where nobody told a start."""

    child_id: UUID
    status: str
    since_at: datetime | None
    risk_level: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A child who came back, and when the interview is due; null where it has none."""

    child_id: UUID
    returned_at: datetime
    due_at: datetime | None


async def awaited(tx: Transaction, until: datetime) -> list[Awaited]:
    """Return the interviews that are due before `until` and not held, by deadline."""
    rows = await tx.all(
        "SELECT child_id, status, due_at, interviewer FROM interviews WHERE authority = :authority"
        " AND status = ANY(:awaited) AND due_at < :until ORDER BY due_at, id",
        authority=tx.authority,
        awaited=list(AWAITED),
        until=until,
    )
    return read(Awaited, rows)


async def away(tx: Transaction) -> list[Away]:
    """Return the children who are not home, the longest away first."""
    rows = await tx.all(
        "SELECT child_id, status, started_at, risk_level FROM episodes WHERE authority = :authority"
        " AND NOT superseded AND status IN ('open', 'located') ORDER BY started_at NULLS FIRST, id",
        authority=tx.authority,
    )
    return read(Away, rows)


async def returned(tx: Transaction, since: datetime, until: datetime) -> list[Returned]:
    """Return the children who came back in a time, the earliest first."""
    rows = await tx.all(
        """
        SELECT e.child_id, e.returned_at, i.due_at
        FROM episodes e LEFT JOIN interviews i ON i.episode_id = e.id AND i.status <> 'voided'
        WHERE e.authority = :authority AND NOT e.superseded AND e.status = 'returned'
            AND e.returned_at > :since AND e.returned_at <= :until
        ORDER BY e.returned_at, e.id
        """,
        authority=tx.authority,
        since=since,
        until=until,
    )
    return read(Returned, rows)


async def week(tx: Transaction, days: Sequence[date]) -> tuple[DayOfWeek, ...]:
    """Return, for each of these days in London, how many went missing, returned, and were interviewed."""
    rows = await tx.all(
        """
        SELECT day, kind, count(*) AS told FROM (
            SELECT (started_at AT TIME ZONE 'Europe/London')::date AS day, 'missing' AS kind FROM episodes
            WHERE authority = :authority AND NOT superseded AND status <> 'cancelled'
            UNION ALL
            SELECT (returned_at AT TIME ZONE 'Europe/London')::date, 'returned' FROM episodes
            WHERE authority = :authority AND NOT superseded AND status = 'returned'
            UNION ALL
            SELECT (held_at AT TIME ZONE 'Europe/London')::date, 'held' FROM interviews
            WHERE authority = :authority AND held_at IS NOT NULL AND status <> 'voided'
        ) AS happened WHERE day = ANY(CAST(:days AS date[])) GROUP BY day, kind
        """,
        authority=tx.authority,
        days=list(days),
    )
    told = {(row.day, row.kind): row.told for row in rows}
    kinds = ("missing", "returned", "held")
    return tuple(DayOfWeek(day, *(told.get((day, kind), 0) for kind in kinds)) for day in days)
