"""Interviews offered to the authority in whose area the child lives. Owner and host see the same row."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.handover import Handover
from schemas.handover import HandoverAnswer
from schemas.words import Stage
from store.database import Transaction

HANDOVER: Final = "system:handover"
"""Who acts when an offer lapses, and who writes in the owner's name what the host did."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as it is kept, with the words of both sides."""

    handover: Handover
    reason: str
    offered_by: str
    answered_by: str | None = None
    answer_why: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which offers are asked for; None asks nothing. `open_at`: those that can be answered at that moment."""

    interview_id: UUID | None = None
    open_at: datetime | None = None


async def add(tx: Transaction, offered: Offered) -> None:
    """Keep an offer."""
    handover = offered.handover
    await tx.run(
        """
        INSERT INTO handovers (id, authority, host, interview_id, reason, offered_at, offered_by, accept_by)
        VALUES (:id, :owner, :host, :interview_id, :reason, :offered_at, :offered_by, :accept_by)
        """,
        id=handover.id,
        owner=handover.owner,
        host=handover.host,
        interview_id=handover.interview_id,
        reason=offered.reason,
        offered_at=handover.offered_at,
        offered_by=offered.offered_by,
        accept_by=handover.accept_by,
    )


async def find(tx: Transaction, handover_id: UUID) -> Offered | None:
    """Return one offer; None for one that is not there, or is no business of this authority."""
    row = await tx.first(f"{_SELECT} WHERE id = :id AND {_OURS}", id=handover_id, authority=tx.authority)
    return _read(row) if row else None


async def of_interview(tx: Transaction, interview_id: UUID) -> list[Offered]:
    """Return every offer of an interview, the oldest first."""
    rows = await tx.all(
        f"{_SELECT} WHERE authority = :authority AND interview_id = :id ORDER BY offered_at, id",
        authority=tx.authority,
        id=interview_id,
    )
    return [_read(row) for row in rows]


async def listed(
    tx: Transaction, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> list[Offered]:
    """Return offers by this authority and to it, the latest first."""
    at, last = after or (None, None)
    rows = await tx.all(
        f"""
        {_SELECT} WHERE {_OURS}
        AND (CAST(:last AS uuid) IS NULL OR (offered_at, id) < (CAST(:at AS timestamptz), :last))
        AND (CAST(:interview_id AS uuid) IS NULL OR interview_id = :interview_id)
        AND (CAST(:open_at AS timestamptz) IS NULL OR (answer IS NULL AND accept_by >= :open_at))
        ORDER BY offered_at DESC, id DESC LIMIT :limit
        """,
        authority=tx.authority,
        last=last,
        at=at,
        interview_id=wanted.interview_id,
        open_at=wanted.open_at,
        limit=limit,
    )
    return [_read(row) for row in rows]


async def answer(tx: Transaction, answered: Offered) -> bool:
    """Write down what became of an offer; False where somebody did before."""
    handover = answered.handover
    return bool(
        await tx.run(
            """
            UPDATE handovers SET answer = :answer, answered_at = :at, answered_by = :by, answer_why = :why
            WHERE id = :id AND answer IS NULL
            """,
            id=handover.id,
            answer=str(handover.answer),
            at=handover.answered_at,
            by=answered.answered_by,
            why=answered.answer_why,
        )
    )


async def lapse(tx: Transaction, now: datetime, interview_id: UUID | None = None) -> list[Offered]:
    """Write down which of this authority's offers were not answered in time, and return these."""
    rows = await tx.all(
        """
        UPDATE handovers SET answer = 'lapsed', answered_at = accept_by, answered_by = :by
        WHERE authority = :authority AND answer IS NULL AND accept_by < :now
        AND (CAST(:interview_id AS uuid) IS NULL OR interview_id = :interview_id)
        RETURNING *
        """,
        authority=tx.authority,
        now=now,
        by=HANDOVER,
        interview_id=interview_id,
    )
    return [_read(row) for row in rows]


async def children_of(tx: Transaction, offers: Iterable[Offered]) -> dict[UUID, UUID]:
    """Return whose interviews these are, by interview; `tx` is of their owner."""
    rows = await tx.all(
        "SELECT id, child_id FROM interviews WHERE id = ANY(CAST(:ids AS uuid[]))",
        ids=[each.handover.interview_id for each in offers],
    )
    return {row.id: row.child_id for row in rows}


async def stage_of(tx: Transaction, interview_id: UUID) -> Stage:
    """Return where an interview stands; `tx` is of its owner."""
    return Stage(await tx.scalar("SELECT status FROM interviews WHERE id = :id", id=interview_id))


async def deadlines(tx: Transaction, offers: Iterable[Offered]) -> dict[UUID, datetime]:
    """Return the interviews' deadlines as they are now, also for the host: that is all it sees of them."""
    by_owner: dict[str, list[UUID]] = defaultdict(list)
    for each in offers:
        by_owner[each.handover.owner].append(each.handover.interview_id)
    found: dict[UUID, datetime] = {}
    for owner, ids in by_owner.items():
        async with in_name_of(tx, owner) as theirs:
            rows = await theirs.all(
                "SELECT id, due_at FROM interviews WHERE id = ANY(CAST(:ids AS uuid[]))", ids=ids
            )
        found |= {row.id: row.due_at for row in rows}
    return found


@asynccontextmanager
async def in_name_of(tx: Transaction, authority: str) -> AsyncIterator[Transaction]:
    """Yield the same transaction as the machinery of another authority sees it, for what concerns both.

    The ledger still names the person who acts. An error ends the whole transaction.
    """
    await tx.run(_AS, authority=authority, person=HANDOVER)
    yield Transaction(tx.connection, authority, tx.person)
    await tx.run(_AS, authority=tx.authority, person=tx.person)


_AS = (
    "SELECT set_config('homeward.authority', :authority, true), set_config('homeward.person', :person, true)"
)
_OURS = "(authority = :authority OR host = :authority)"
_SELECT = "SELECT * FROM handovers"


def _read(row: Any) -> Offered:
    handover = Handover(
        id=row.id,
        owner=row.authority,
        host=row.host,
        interview_id=row.interview_id,
        offered_at=row.offered_at,
        accept_by=row.accept_by,
        answer=HandoverAnswer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
    )
    return Offered(handover, row.reason, row.offered_by, row.answered_by, row.answer_why)
