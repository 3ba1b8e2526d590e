"""The records of a child's interviews that were handed in, for whoever reads one beside another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An interview whose record was handed in, and the record as it was handed in last."""

    interview_id: UUID
    status: str
    held_at: datetime | None
    submitted_at: datetime | None
    interviewer: str | None
    record: Mapping[str, Any]


async def others(tx: Transaction, child_id: UUID, besides: UUID) -> list[HandedIn]:
    """Return the other records of a child, the latest conversation first; each conversation once."""
    rows = await tx.all(
        """
        SELECT i.id, i.status, i.held_at, i.submitted_at, coalesce(s.name, i.interviewer), d.record
        FROM interviews i JOIN drafts d ON d.interview_id = i.id AND d.no = i.record_no
        LEFT JOIN staff s ON s.authority = i.authority AND s.id = i.interviewer
        WHERE i.authority = :authority AND i.child_id = :child_id AND i.id <> :besides
            AND i.covered_by IS NULL AND i.status <> 'voided' AND d.record IS NOT NULL
        ORDER BY i.held_at DESC NULLS LAST, i.due_at DESC, i.id
        """,
        authority=tx.authority,
        child_id=child_id,
        besides=besides,
    )
    return read(HandedIn, rows)
