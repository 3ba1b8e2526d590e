"""Restricted children who were looked at by somebody not named for them: for a while, and reviewed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Broken:
    """One time: who, why, from when until when, and what a manager found when looking at it afterwards."""

    id: UUID
    child_id: UUID
    person: str
    reason: str
    from_at: datetime
    until_at: datetime
    ended_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by: str | None
    review: str | None


_SELECT = """
SELECT id, child_id, person, reason, from_at, until_at, ended_at, reviewed_at, reviewed_by, review
FROM break_glass WHERE authority = :authority
"""


async def add(tx: Transaction, broken: Broken) -> None:
    """Store that somebody looks; from this statement on the database shows them the child."""
    await tx.run(
        "INSERT INTO break_glass (id, authority, child_id, person, reason, from_at, until_at)"
        " VALUES (:id, :authority, :child_id, :person, :reason, :from_at, :until_at)",
        id=broken.id,
        authority=tx.authority,
        child_id=broken.child_id,
        person=broken.person,
        reason=broken.reason,
        from_at=broken.from_at,
        until_at=broken.until_at,
    )


async def find(tx: Transaction, id_: UUID) -> Broken | None:
    """Return one time."""
    return read_one(Broken, await tx.first(f"{_SELECT} AND id = :id", authority=tx.authority, id=id_))


async def listed(tx: Transaction, limit: int) -> list[Broken]:
    """Return the times, those not reviewed first, the latest of each first."""
    rows = await tx.all(
        f"{_SELECT} ORDER BY reviewed_at IS NOT NULL, from_at DESC LIMIT :limit",
        authority=tx.authority,
        limit=limit,
    )
    return read(Broken, rows)


async def not_reviewed(tx: Transaction) -> int:
    """Return how many times wait for a manager to look."""
    count: int = await tx.scalar(
        "SELECT count(*) FROM break_glass WHERE authority = :authority AND reviewed_at IS NULL",
        authority=tx.authority,
    )
    return count


async def end(tx: Transaction, id_: UUID, at: datetime) -> int:
    """End it before its time; 0 if it has ended."""
    return await tx.run(
        "UPDATE break_glass SET ended_at = :at"
        " WHERE authority = :authority AND id = :id AND ended_at IS NULL",
        authority=tx.authority,
        id=id_,
        at=at,
    )


async def review(tx: Transaction, id_: UUID, by: str, found: str, at: datetime) -> int:
    """Write down what a manager found; 0 if somebody did so before."""
    return await tx.run(
        "UPDATE break_glass SET reviewed_at = :at, reviewed_by = :by, review = :found"
        " WHERE authority = :authority AND id = :id AND reviewed_at IS NULL",
        authority=tx.authority,
        id=id_,
        by=by,
        found=found,
        at=at,
    )
