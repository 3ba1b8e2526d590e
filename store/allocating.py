"""What has to be known to choose who holds an interview."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read

IN_HAND = ("allocated", "offered", "arranged", "held")
"""Where an interview stands while its interviewer still has work with it."""


@dataclass(frozen=True, slots=True)
class Unallocated:
    """An interview that can be given to somebody."""

    id: UUID
    child_id: UUID
    due_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class InHand:
    """An interview that somebody has to hold, or to write the record of."""

    id: UUID
    interviewer: str
    status: str
    arranged_for: datetime | None
    arranged_until: datetime | None


@dataclass(frozen=True, slots=True)
class CareNow:
    """A child by the authority's own id, with the care that holds on a day, if any does."""

    child_id: UUID
    own_id: str | None
    legal_status: str | None
    social_worker: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An interview that was held with a child and whose record is approved.

    `communication` is what its record says of how the child wants to be spoken to.
    """

    child_id: UUID
    interviewer: str
    communication: str


async def unallocated(tx: Transaction) -> list[Unallocated]:
    """Return the interviews that nobody has yet, the soonest deadline first."""
    rows = await tx.all(
        "SELECT id, child_id, due_at, version FROM interviews"
        " WHERE authority = :authority AND status = 'due' AND covered_by IS NULL ORDER BY due_at, id",
        authority=tx.authority,
    )
    return read(Unallocated, rows)


async def in_hand(tx: Transaction) -> list[InHand]:
    """Return what every interviewer has to do; what is held in another one's conversation is no work more."""
    rows = await tx.all(
        "SELECT id, interviewer, status, arranged_for, arranged_until FROM interviews"
        " WHERE authority = :authority AND status = ANY(CAST(:statuses AS text[]))"
        " AND interviewer IS NOT NULL AND covered_by IS NULL ORDER BY id",
        authority=tx.authority,
        statuses=list(IN_HAND),
    )
    return read(InHand, rows)


async def arranged(tx: Transaction, interviewer: str, starts_at: datetime, ends_at: datetime) -> list[InHand]:
    """Return the slots that an interviewer has agreed on and that overlap a time, the earliest first."""
    rows = await tx.all(
        "SELECT id, interviewer, status, arranged_for, arranged_until FROM interviews"
        " WHERE authority = :authority AND interviewer = :interviewer AND status = 'arranged'"
        " AND covered_by IS NULL AND arranged_for < :ends_at AND arranged_until > :starts_at"
        " ORDER BY arranged_for, id",
        authority=tx.authority,
        interviewer=interviewer,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return read(InHand, rows)


async def care_on(tx: Transaction, child_ids: Collection[UUID], day: date) -> dict[UUID, CareNow]:
    """Return these children with the care that holds on a day: of two periods that overlap, the later."""
    rows = await tx.all(
        """
        SELECT DISTINCT ON (c.id) c.id, c.authority_child_id, k.legal_status, k.social_worker
        FROM children c LEFT JOIN care k ON k.child_id = c.id AND k.from_on <= :day
            AND (k.to_on IS NULL OR k.to_on >= :day)
        WHERE c.authority = :authority AND c.id = ANY(CAST(:ids AS uuid[]))
        ORDER BY c.id, k.from_on DESC NULLS LAST
        """,
        authority=tx.authority,
        ids=list(child_ids),
        day=day,
    )
    return {row.id: CareNow(*row) for row in rows}


async def earlier(tx: Transaction, child_ids: Collection[UUID]) -> Sequence[Earlier]:
    """Return what was held with these children and approved, the latest first."""
    rows: Sequence[Any] = await tx.all(
        """
        SELECT i.child_id, i.interviewer,
            coalesce(d.record #>> '{offer,communication}', '') AS communication
        FROM interviews i LEFT JOIN drafts d ON d.interview_id = i.id AND d.no = i.record_no
        WHERE i.authority = :authority AND i.child_id = ANY(CAST(:ids AS uuid[]))
            AND i.status = 'approved' AND i.interviewer IS NOT NULL AND i.covered_by IS NULL
        ORDER BY i.held_at DESC, i.id
        """,
        authority=tx.authority,
        ids=list(child_ids),
    )
    return read(Earlier, rows)
