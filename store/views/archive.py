"""What the quality gate is told beside a record: the child, the episodes, the records before it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Submitted:
    """The record of an interview with a child, as it was submitted last.

    `mark` is another one whenever the record, the child or what the child is called is another.
    """

    mark: int
    interview_id: UUID
    child_id: UUID
    child_facts: Mapping[str, Any]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The child and the episode of an interview, and when the child's earlier episodes started."""

    child_facts: Mapping[str, Any]
    started_at: datetime | None
    returned_at: datetime | None
    earlier_episodes: Sequence[datetime]


async def marks(tx: Transaction) -> dict[UUID, int]:
    """Return the mark of every record that was submitted; one held in another's conversation has none."""
    rows = await tx.all(
        f"SELECT i.id, {_MARK} FROM {_INTERVIEWS} WHERE {_SUBMITTED}",  # noqa: S608 - constants only
        authority=tx.authority,
    )
    return {row[0]: row[1] for row in rows}


async def submitted(tx: Transaction, interview_ids: Collection[UUID]) -> list[Submitted]:
    """Return the records of those of these interviews that have one."""
    rows = await tx.all(
        f"SELECT {_MARK}, i.id, i.child_id, c.facts, coalesce(d.record, '{{}}') FROM {_INTERVIEWS}"  # noqa: S608
        " LEFT JOIN drafts d ON d.interview_id = i.id AND d.no = i.record_no"
        f" WHERE {_SUBMITTED} AND i.id = ANY(CAST(:ids AS uuid[]))",
        authority=tx.authority,
        ids=list(interview_ids),
    )
    return read(Submitted, rows)


_INTERVIEWS = "interviews i JOIN children c ON c.id = i.child_id"
_SUBMITTED = """
i.authority = :authority AND i.record_no IS NOT NULL AND i.covered_by IS NULL AND i.status <> 'voided'
"""
_MARK = """
hashtextextended(jsonb_build_array(i.record_no, i.child_id, c.facts->'given_names', c.facts->'family_name',
    c.facts->'also_known_as', c.facts->'sex')::text, 0)
"""


async def surroundings(tx: Transaction, interview_id: UUID) -> Surroundings:
    """Return what surrounds an interview that is there."""
    row = await tx.first(
        """
        SELECT c.facts, e.started_at, coalesce(e.returned_at, i.clock_started_at),
            ARRAY(SELECT o.started_at FROM episodes o
                  WHERE o.child_id = i.child_id AND NOT o.superseded AND o.status <> 'cancelled'
                  AND o.started_at < coalesce(e.started_at, i.clock_started_at) AND o.id <> e.id
                  ORDER BY o.started_at)
        FROM interviews i JOIN children c ON c.id = i.child_id JOIN episodes e ON e.id = i.episode_id
        WHERE i.authority = :authority AND i.id = :id
        """,
        authority=tx.authority,
        id=interview_id,
    )
    return read(Surroundings, [row])[0]
