"""What the quality gate is told beside a record: the child, the episodes, the records before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Submitted:
    """A record as it was submitted, of an interview with a child; `serial` grows with time."""

    serial: int
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


async def submitted_since(tx: Transaction, serial: int, limit: int) -> list[Submitted]:
    """Return the next records that were submitted after one, the oldest first."""
    rows = await tx.all(
        """
        SELECT c.serial, i.id, i.child_id, children.facts, d.record
        FROM interview_commands c
        JOIN interviews i ON i.id = c.interview_id
        JOIN children ON children.id = i.child_id
        JOIN drafts d ON d.interview_id = i.id AND d.no = CAST(c.body->>'draft' AS integer)
        WHERE c.authority = :authority AND c.name = 'submit' AND i.covered_by IS NULL AND c.serial > :serial
        ORDER BY c.serial LIMIT :limit
        """,
        authority=tx.authority,
        serial=serial,
        limit=limit,
    )
    return read(Submitted, rows)


async def joined_children(tx: Transaction) -> int:
    """Return how many children were absorbed by others: when it grows, records have other children."""
    return int(
        await tx.scalar(
            "SELECT count(*) FROM children WHERE authority = :authority AND absorbed_by IS NOT NULL",
            authority=tx.authority,
        )
    )


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
