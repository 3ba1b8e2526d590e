"""What people decided, as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Made:
    """One decision with who, when and why, and what undid it. `no` counts them in order."""

    no: int
    id: UUID
    kind: str
    child_ids: Sequence[UUID]
    body: dict[str, Any]
    undoes: UUID | None
    reason: str
    by: str
    at: datetime
    undone_by: UUID | None
    undone_at: datetime | None


async def listed(tx: Transaction, *, before: int | None = None, limit: int) -> list[Made]:
    """Return decisions, the latest first; of children whom the reader may see."""
    rows = await tx.all(
        f"{_SELECT} AND (CAST(:before AS bigint) IS NULL OR d.no < :before) ORDER BY d.no DESC LIMIT :limit",
        authority=tx.authority,
        before=before,
        limit=limit,
    )
    return read(Made, rows)


async def find(tx: Transaction, decision_id: UUID) -> Made | None:
    """Return one decision; None for one that is not there or may not be seen."""
    row = await tx.first(f"{_SELECT} AND d.id = :id", authority=tx.authority, id=decision_id)
    return read_one(Made, row)


_SELECT = """
SELECT d.no, d.id, d.kind, d.child_ids, d.body, d.undoes, d.reason, d.by, d.at, u.id, u.at
FROM decisions d LEFT JOIN decisions u ON u.undoes = d.id
WHERE d.authority = :authority
"""
