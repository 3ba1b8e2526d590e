"""Each view of a child: who, which page, and for which purpose. Only ever added to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Given:
    """Why somebody looks at a child in this session."""

    purpose: str
    reason: str | None


async def write(
    tx: Transaction, child_id: UUID, given: Given, *, page: str, session: bytes | None, at: datetime
) -> None:
    """Write down that the person of this transaction saw a child."""
    await tx.run(
        "INSERT INTO accesses (authority, at, person, session, child_id, page, purpose, reason)"
        " VALUES (:authority, :at, :person, :session, :child_id, :page, :purpose, :reason)",
        authority=tx.authority,
        at=at,
        person=tx.person,
        session=session,
        child_id=child_id,
        page=page,
        purpose=given.purpose,
        reason=given.reason,
    )


async def given_in(tx: Transaction, session: bytes, child_id: UUID) -> Given | None:
    """Return the purpose that was given last for a child in a session."""
    row = await tx.first(
        "SELECT purpose, reason FROM accesses WHERE authority = :authority AND session = :session"
        " AND child_id = :child_id ORDER BY no DESC LIMIT 1",
        authority=tx.authority,
        session=session,
        child_id=child_id,
    )
    return Given(row.purpose, row.reason) if row else None


async def seen_on(tx: Transaction, session: bytes, child_id: UUID, page: str) -> bool:
    """Whether it is written down that a child was seen on this page in a session."""
    return bool(
        await tx.scalar(
            "SELECT EXISTS (SELECT FROM accesses WHERE authority = :authority AND session = :session"
            " AND child_id = :child_id AND page = :page)",
            authority=tx.authority,
            session=session,
            child_id=child_id,
            page=page,
        )
    )


async def holds_interview(tx: Transaction, child_id: UUID, staff_id: str) -> bool:
    """Whether an interview of the child was given to this member of staff."""
    return bool(
        await tx.scalar(
            "SELECT EXISTS (SELECT FROM interviews WHERE authority = :authority AND child_id = :child_id"
            " AND interviewer = :staff_id AND status <> 'voided')",
            authority=tx.authority,
            child_id=child_id,
            staff_id=staff_id,
        )
    )
