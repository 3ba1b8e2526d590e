"""Missing episodes as they are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as stored, with what stands beside it: its interview, and whether the child is provisional.

    `interview_id` is the live interview, else the voided one with the latest deadline. `superseded_by` is
    the episode that answers for this one now, at the end of however many steps.
    """

    id: UUID
    number: int
    authority: str
    child_id: UUID
    provisional_child: bool
    status: str
    category: str | None
    risk_level: str | None
    risk_factors: Sequence[str]
    started_at: datetime | None
    located_at: datetime | None
    returned_at: datetime | None
    conflict_reasons: Sequence[str]
    marks: Sequence[str]
    incidents: Sequence[Sequence[str]]
    notifications: Sequence[Sequence[str]]
    interview_id: UUID | None
    superseded: bool
    superseded_by: UUID | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which episodes are asked for; None asks nothing. `to_at` itself is still wanted."""

    child_id: UUID | None = None
    statuses: Sequence[str] | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None


async def listed(tx: Transaction, wanted: Wanted, after: int, limit: int) -> list[Episode]:
    """Return live episodes in the order in which they were first told of, from the number after `after`."""
    rows = await tx.all(
        f"""
        {_SELECT} WHERE e.authority = :authority AND NOT e.superseded AND e.number > :after
        AND (CAST(:child_id AS uuid) IS NULL OR e.child_id = :child_id)
        AND (CAST(:statuses AS text[]) IS NULL OR e.status = ANY(:statuses))
        AND ((CAST(:from_at AS timestamptz) IS NULL AND CAST(:to_at AS timestamptz) IS NULL)
             OR {_TIME} && tstzrange(:from_at, :to_at, '[]'))
        ORDER BY e.number LIMIT :limit
        """,
        authority=tx.authority,
        after=after,
        child_id=wanted.child_id,
        statuses=wanted.statuses,
        from_at=wanted.from_at,
        to_at=wanted.to_at,
        limit=limit,
    )
    return [_episode(row) for row in rows]


async def find(tx: Transaction, episode_id: UUID) -> Episode | None:
    """Return one episode, also one that is superseded."""
    row = await tx.first(
        f"{_SELECT} WHERE e.authority = :authority AND e.id = :id",
        authority=tx.authority,
        id=episode_id,
    )
    return _episode(row) if row else None


async def of_child(tx: Transaction, child_id: UUID) -> list[Episode]:
    """Return a child's live episodes, the latest first."""
    rows = await tx.all(
        f"{_SELECT} WHERE e.authority = :authority AND NOT e.superseded AND e.child_id = :child_id"
        " ORDER BY coalesce(e.started_at, e.located_at, e.returned_at) DESC NULLS FIRST, e.number DESC",
        authority=tx.authority,
        child_id=child_id,
    )
    return [_episode(row) for row in rows]


async def of_message(tx: Transaction, source: str, message_id: str) -> Episode | None:
    """Return the live episode that one notification is in."""
    row = await tx.first(
        f"{_SELECT} WHERE e.authority = :authority AND NOT e.superseded"  # noqa: S608 - constants only
        " AND e.child_id = (SELECT child_id FROM inbox WHERE source = :source AND id = :id)"
        " AND e.notifications @> jsonb_build_array("
        "     jsonb_build_array(CAST(:source AS text), CAST(:id AS text)))",
        authority=tx.authority,
        source=source,
        id=message_id,
    )
    return _episode(row) if row else None


_SELECT = """
SELECT e.*, c.provisional,
    (SELECT i.id FROM interviews i WHERE i.episode_id = e.id
     ORDER BY i.status = 'voided', i.due_at DESC, i.id LIMIT 1) AS interview_id,
    (WITH RECURSIVE line(id, superseded, next) AS (
         SELECT s.id, s.superseded, s.superseded_by FROM episodes s WHERE s.id = e.superseded_by
         UNION SELECT s.id, s.superseded, s.superseded_by FROM episodes s JOIN line ON s.id = line.next)
     SELECT line.id FROM line ORDER BY line.next IS NOT NULL LIMIT 1) AS answers_now
FROM episodes e JOIN children c ON c.id = e.child_id
"""
_TIME = """
CASE WHEN e.period IS NOT NULL THEN e.period
     WHEN e.started_at IS NOT NULL THEN tstzrange(e.started_at, e.started_at, '[]') END
"""
"""When an episode was: a cancelled one has no period, only the start that was told."""


def _episode(row: Any) -> Episode:
    return Episode(
        id=row.id,
        number=row.number,
        authority=row.authority,
        child_id=row.child_id,
        provisional_child=row.provisional,
        status=row.status,
        category=row.category,
        risk_level=row.risk_level,
        risk_factors=row.risk_factors,
        started_at=row.started_at,
        located_at=row.located_at,
        returned_at=row.returned_at,
        conflict_reasons=row.conflict_reasons,
        marks=row.marks,
        incidents=row.incidents,
        notifications=row.notifications,
        interview_id=row.interview_id,
        superseded=row.superseded,
        superseded_by=row.answers_now,
    )
