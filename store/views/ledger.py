"""The audit trail as it is read, with its place in the chain of hashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.ledger import GENESIS


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the ledger. `position` and the hashes are None until the sealer has been.

    `previous_hash` is None too where the line before is about a child whom the person asking may not see.
    """

    no: int
    at: datetime
    actor: str
    action: str
    subject: str
    child_id: UUID | None
    payload: Any
    payload_digest: str
    position: int | None
    hash: str | None
    previous_hash: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are asked for; None asks nothing. `to_at` itself is still wanted."""

    subject: str | None = None
    child_id: UUID | None = None
    action: str | None = None
    actor: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None


async def listed(tx: Transaction, wanted: Wanted, after: int, limit: int) -> Sequence[Line]:
    """Return lines in the order in which they were written, from the one after number `after`."""
    rows = await tx.all(
        """
        SELECT l.no, l.at, l.actor, l.action, l.subject, l.child_id, l.payload, l.payload_digest,
            l.position, l.hash, (SELECT p.hash FROM ledger p
                WHERE p.authority = :authority AND p.position = l.position - 1) AS previous
        FROM ledger l
        WHERE l.authority = :authority AND l.no > :after
        AND (CAST(:subject AS text) IS NULL OR l.subject = :subject)
        AND (CAST(:child_id AS uuid) IS NULL OR l.child_id = :child_id)
        AND (CAST(:action AS text) IS NULL OR l.action = :action)
        AND (CAST(:actor AS text) IS NULL OR l.actor = :actor)
        AND (CAST(:from_at AS timestamptz) IS NULL OR l.at >= :from_at)
        AND (CAST(:to_at AS timestamptz) IS NULL OR l.at <= :to_at)
        ORDER BY l.no LIMIT :limit
        """,
        authority=tx.authority,
        after=after,
        subject=wanted.subject,
        child_id=wanted.child_id,
        action=wanted.action,
        actor=wanted.actor,
        from_at=wanted.from_at,
        to_at=wanted.to_at,
        limit=limit,
    )
    return [_line(row) for row in rows]


def _line(row: Any) -> Line:
    sealed = row.position is not None
    return Line(
        no=row.no,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        child_id=row.child_id,
        payload=row.payload,
        payload_digest=bytes(row.payload_digest).hex(),
        position=row.position,
        hash=bytes(row.hash).hex() if sealed else None,
        previous_hash=_before(row),
    )


def _before(row: Any) -> str | None:
    """Return the hash before a line's own; never another in place of one that may not be seen."""
    previous = GENESIS if row.position == 1 else row.previous
    return None if previous is None else bytes(previous).hex()
