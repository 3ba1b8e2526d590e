"""Dead letters as they are listed: without their bytes, which may be many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Envelope:
    """A dead letter from the outside. `outcome` is None while it waits for somebody."""

    id: UUID
    authority: str | None
    via: str
    sender: str
    reasons: Sequence[dict[str, str]]
    received_at: datetime
    arrivals: int
    size_bytes: int
    outcome: str | None


async def listed(
    tx: Transaction, *, waiting: bool | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Envelope]:
    """Return letters, the latest first; with `waiting` None those that wait and those that are settled."""
    received_at, last = after or (None, None)
    rows = await tx.all(
        """
        SELECT id, authority, via, sender, reasons, received_at, arrivals, length(content), outcome
        FROM letters
        WHERE (CAST(:waiting AS boolean) IS NULL OR (outcome IS NULL) = :waiting)
        AND (CAST(:last AS uuid) IS NULL OR (received_at, id) < (CAST(:received_at AS timestamptz), :last))
        ORDER BY received_at DESC, id DESC LIMIT :limit
        """,
        waiting=waiting,
        last=last,
        received_at=received_at,
        limit=limit,
    )
    return read(Envelope, rows)
