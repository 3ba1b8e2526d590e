"""Who saw which child, and why, as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Access:
    """One view of a child. `person` is `person:ID`; `name` is null where it is nobody who signs in."""

    no: int
    at: datetime
    person: str
    name: str | None
    child_id: UUID
    page: str
    purpose: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which views are asked for; None asks nothing. `to_at` itself is not wanted any more."""

    child_id: UUID | None = None
    person: str | None = None
    purpose: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None


async def listed(tx: Transaction, wanted: Wanted, before: int | None, limit: int) -> Sequence[Access]:
    """Return views, the latest first, from the one before number `before`."""
    rows = await tx.all(
        """
        SELECT a.no, a.at, a.person, p.name, a.child_id, a.page, a.purpose, a.reason
        FROM accesses a LEFT JOIN people p
            ON p.authority = a.authority AND a.person = 'person:' || p.id
        WHERE a.authority = :authority
        AND (CAST(:before AS bigint) IS NULL OR a.no < :before)
        AND (CAST(:child_id AS uuid) IS NULL OR a.child_id = :child_id)
        AND (CAST(:person AS text) IS NULL OR a.person = :person)
        AND (CAST(:purpose AS text) IS NULL OR a.purpose = :purpose)
        AND (CAST(:from_at AS timestamptz) IS NULL OR a.at >= :from_at)
        AND (CAST(:to_at AS timestamptz) IS NULL OR a.at < :to_at)
        ORDER BY a.no DESC LIMIT :limit
        """,
        authority=tx.authority,
        before=before,
        child_id=wanted.child_id,
        person=wanted.person,
        purpose=wanted.purpose,
        from_at=wanted.from_at,
        to_at=wanted.to_at,
        limit=limit,
    )
    return read(Access, rows)
