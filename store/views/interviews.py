"""Return home interviews as they are read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one

AWAITED = ("due", "allocated", "offered", "arranged")
"""Where an interview stands while somebody still has to hold it before its deadline."""


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as stored."""

    id: UUID
    authority: str
    child_id: UUID
    episode_id: UUID
    status: str
    clock_started_at: datetime
    due_at: datetime
    provisional_due: bool
    voided_reason: str | None
    offered_at: datetime | None
    accepted: bool | None
    held_at: datetime | None
    interviewer: str | None
    version: int
    allocated_at: datetime | None
    chosen_by_child: bool
    attempts: int
    attempted_at: datetime | None
    arranged_for: datetime | None
    arranged_until: datetime | None
    place: str | None
    submitted_at: datetime | None
    sent_back_at: datetime | None
    approved_at: datetime | None
    declined_at: datetime | None
    closed_reason: str | None
    quality: Mapping[str, Any]
    covered_by: UUID | None
    covers: Sequence[UUID]
    """Further episodes held in the same conversation."""
    responsible: str
    """The host that accepted it when it was handed over, else its own authority."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an interview was from one moment on; `event` says what happened to it then, and `by` whom.

    What people did not do to it yet is None.
    """

    at: datetime
    event: str
    status: str
    due_at: datetime
    provisional_due: bool
    reason: str | None
    by: str | None
    interviewer: str | None = None
    accepted: bool | None = None
    arranged_for: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which interviews are asked for; None asks nothing. One due at `due_before` itself is not wanted."""

    child_id: UUID | None = None
    episode_id: UUID | None = None
    statuses: Sequence[str] | None = None
    due_before: datetime | None = None
    interviewer: str | None = None


async def listed(
    tx: Transaction, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> list[Interview]:
    """Return interviews by deadline, then id; `after` are both of the last one of the page before."""
    due_at, last = after or (None, None)
    rows = await tx.all(
        f"""
        {_SELECT} WHERE authority = :authority
        AND (CAST(:last AS uuid) IS NULL OR (due_at, id) > (CAST(:due_at AS timestamptz), :last))
        AND (CAST(:child_id AS uuid) IS NULL OR child_id = :child_id)
        AND (CAST(:episode_id AS uuid) IS NULL OR episode_id = :episode_id)
        AND (CAST(:statuses AS text[]) IS NULL OR status = ANY(:statuses))
        AND (CAST(:due_before AS timestamptz) IS NULL OR due_at < :due_before)
        AND (CAST(:interviewer AS text) IS NULL OR interviewer = :interviewer)
        ORDER BY due_at, id LIMIT :limit
        """,
        authority=tx.authority,
        last=last,
        due_at=due_at,
        child_id=wanted.child_id,
        episode_id=wanted.episode_id,
        statuses=wanted.statuses,
        due_before=wanted.due_before,
        interviewer=wanted.interviewer,
        limit=limit,
    )
    return read(Interview, rows)


async def find(tx: Transaction, interview_id: UUID) -> Interview | None:
    """Return one interview, also one that is voided."""
    row = await tx.first(
        f"{_SELECT} WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=interview_id,
    )
    return read_one(Interview, row)


async def deadlines(tx: Transaction, child_id: UUID) -> list[datetime]:
    """Return when a child's interviews are due that are not voided, the earliest first."""
    rows = await tx.all(
        "SELECT due_at FROM interviews WHERE authority = :authority AND child_id = :child_id"
        " AND status <> 'voided' ORDER BY due_at",
        authority=tx.authority,
        child_id=child_id,
    )
    return [row.due_at for row in rows]


async def histories(tx: Transaction, interview_ids: Collection[UUID]) -> dict[UUID, list[Value]]:
    """Return every value that each of these interviews ever had, the oldest first, as the ledger has it."""
    rows = await tx.all(
        "SELECT at, action, payload FROM ledger WHERE authority = :authority"
        " AND subject = ANY(CAST(:subjects AS text[])) AND starts_with(action, 'interview.')"
        " AND payload IS NOT NULL ORDER BY no",
        authority=tx.authority,
        subjects=[f"interview/{id_}" for id_ in interview_ids],
    )
    told: dict[UUID, list[Value]] = defaultdict(list)
    for row in rows:
        told[UUID(row.payload["interview_id"])].append(_value(row))
    return told


_SELECT = """
SELECT id, authority, child_id, episode_id, status, clock_started_at, due_at, provisional_due, voided_reason,
    offered_at, accepted, held_at, interviewer, version, allocated_at, chosen_by_child, attempts,
    attempted_at, arranged_for, arranged_until, place, submitted_at, sent_back_at, approved_at, declined_at,
    closed_reason, quality, covered_by,
    ARRAY(SELECT o.episode_id FROM interviews o WHERE o.covered_by = interviews.id ORDER BY o.due_at, o.id),
    coalesce((SELECT h.host FROM handovers h WHERE h.interview_id = interviews.id AND h.answer = 'accepted'),
        authority)
FROM interviews
"""


def _value(row: Any) -> Value:
    arranged = row.payload.get("arranged_for")
    return Value(
        at=row.at,
        event=row.action.removeprefix("interview."),
        status=row.payload["status"],
        due_at=datetime.fromisoformat(row.payload["due_at"]),
        provisional_due=row.payload["provisional_due"],
        reason=row.payload.get("reason"),
        by=row.payload.get("by"),
        interviewer=row.payload.get("interviewer"),
        accepted=row.payload.get("accepted"),
        arranged_for=datetime.fromisoformat(arranged) if arranged else None,
    )
