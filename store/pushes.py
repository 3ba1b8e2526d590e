"""Approved interviews on their way into other systems, one row per interview and target."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Push:
    """One interview on its way to one target, tried again from `next_at` on; `why` says what hinders."""

    interview_id: UUID
    target: str
    key: UUID
    state: str
    attempts: int
    next_at: datetime
    why: str | None
    remote_id: str | None
    remote_version: str | None
    queued_at: datetime
    delivered_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of an approved interview. `body` is the plan's entry; `child` the authority's own id."""

    interview_id: UUID
    episode_id: UUID
    child_id: UUID
    child: str | None
    approved_at: datetime
    body: Any
    decision: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many pushes to a target are in a state, and since when the oldest of them waits."""

    target: str
    state: str
    pushes: int
    oldest_queued_at: datetime


async def add(tx: Transaction, rows: Sequence[tuple[UUID, str, UUID]], now: datetime) -> int:
    """Queue interviews, given as (interview, target, key), and return how many were not queued before."""
    return await tx.run(
        """
        INSERT INTO pushes (interview_id, target, authority, key, state, attempts, next_at, queued_at)
        SELECT interview_id, target, :authority, key, 'waiting', 0, :now, :now
        FROM json_to_recordset(CAST(:rows AS json)) AS row(interview_id uuid, target text, key uuid)
        ON CONFLICT (interview_id, target) DO NOTHING
        """,
        authority=tx.authority,
        now=now,
        rows=json.dumps(
            [dict(zip(("interview_id", "target", "key"), row, strict=True)) for row in rows], default=str
        ),
    )


async def has_outcomes(tx: Transaction, interview_id: UUID) -> bool:
    """Return whether an interview's outcomes are in the child's plan."""
    found = await tx.scalar(
        "SELECT EXISTS (SELECT FROM plan_entries WHERE authority = :authority AND interview_id = :id"
        " AND kind = 'outcomes')",
        authority=tx.authority,
        id=interview_id,
    )
    return bool(found)


async def not_queued(tx: Transaction, target: str, limit: int) -> list[UUID]:
    """Return interviews whose outcomes are in a plan, but not on their way to a target."""
    rows = await tx.all(
        """
        SELECT interview_id FROM plan_entries AS entry
        WHERE authority = :authority AND kind = 'outcomes' AND NOT EXISTS (
            SELECT FROM pushes WHERE pushes.interview_id = entry.interview_id AND target = :target)
        ORDER BY no LIMIT :limit
        """,
        authority=tx.authority,
        target=target,
        limit=limit,
    )
    return [row.interview_id for row in rows]


async def not_in_a_plan(tx: Transaction, limit: int) -> list[UUID]:
    """Return approved interviews whose record has outcomes that never entered a plan."""
    rows = await tx.all(
        """
        SELECT i.id FROM interviews AS i
        JOIN drafts AS d ON d.interview_id = i.id AND d.no = i.record_no
        WHERE i.authority = :authority AND i.status = 'approved' AND i.covered_by IS NULL
            AND jsonb_array_length(d.record -> 'outcomes') > 0
            AND NOT EXISTS (SELECT FROM plan_entries AS e WHERE e.interview_id = i.id AND e.kind = 'outcomes')
        ORDER BY i.id LIMIT :limit
        """,
        authority=tx.authority,
        limit=limit,
    )
    return [row.id for row in rows]


async def claim(tx: Transaction, target: str, as_of: datetime, until: datetime, limit: int) -> list[Push]:
    """Take pushes that are due, so that nobody else does before `until`; the longest due come first."""
    rows = await tx.all(
        f"""
        WITH due AS MATERIALIZED (
            SELECT key FROM pushes
            WHERE authority = :authority AND target = :target AND state <> 'confirmed' AND next_at <= :as_of
            ORDER BY next_at, key LIMIT :limit FOR UPDATE SKIP LOCKED)
        UPDATE pushes SET attempts = attempts + 1, next_at = :until FROM due WHERE pushes.key = due.key
        RETURNING {_COLUMNS}
        """,  # noqa: S608 - constants
        authority=tx.authority,
        target=target,
        as_of=as_of,
        until=until,
        limit=limit,
    )
    return read(Push, rows)


async def facts(tx: Transaction, interview_ids: Collection[UUID]) -> dict[UUID, Facts]:
    """Return what is told of interviews, by id."""
    rows = await tx.all(
        """
        SELECT i.id, i.episode_id, i.child_id, c.authority_child_id, coalesce(i.approved_at, e.at), e.body,
            coalesce((SELECT a.body ->> 'decision' FROM interview_commands AS a
                      WHERE a.interview_id = i.id AND a.name = 'approve' ORDER BY a.no DESC LIMIT 1), '')
        FROM interviews AS i
        JOIN children AS c ON c.id = i.child_id
        JOIN plan_entries AS e ON e.interview_id = i.id AND e.kind = 'outcomes'
        WHERE i.authority = :authority AND i.id = ANY(CAST(:ids AS uuid[]))
        """,
        authority=tx.authority,
        ids=list(interview_ids),
    )
    return {told.interview_id: told for told in read(Facts, rows)}


async def settle(tx: Transaction, pushes: Sequence[Push]) -> None:
    """Write down what became of pushes; one that is confirmed stays so."""
    await tx.run(
        """
        UPDATE pushes SET state = now.state, next_at = now.next_at, why = now.why, remote_id = now.remote_id,
            remote_version = now.remote_version, delivered_at = now.delivered_at,
            confirmed_at = now.confirmed_at
        FROM json_to_recordset(CAST(:rows AS json)) AS now(key uuid, state text, next_at timestamptz,
            why text, remote_id text, remote_version text, delivered_at timestamptz, confirmed_at timestamptz)
        WHERE pushes.authority = :authority AND pushes.key = now.key AND pushes.state <> 'confirmed'
        """,
        authority=tx.authority,
        rows=json.dumps([asdict(push) for push in pushes], default=str),
    )


async def put_off(tx: Transaction, target: str, why: str, as_of: datetime, until: datetime) -> int:
    """Say why nothing goes to a target, of all that is due, and return how many that are."""
    return await tx.run(
        "UPDATE pushes SET why = :why, next_at = :until WHERE authority = :authority AND target = :target"
        " AND state <> 'confirmed' AND next_at <= :as_of",
        authority=tx.authority,
        target=target,
        why=why,
        as_of=as_of,
        until=until,
    )


async def make_due(tx: Transaction, interview_id: UUID | None, now: datetime) -> int:
    """Let an interview, or all that is not confirmed, be tried at once; return how many pushes that are."""
    return await tx.run(
        "UPDATE pushes SET next_at = :now WHERE authority = :authority AND state <> 'confirmed'"
        " AND (CAST(:id AS uuid) IS NULL OR interview_id = :id)",
        authority=tx.authority,
        id=interview_id,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pushes; None: any."""

    states: Sequence[str] | None = None
    target: str | None = None
    interview_id: UUID | None = None


async def listed(
    tx: Transaction, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> list[Push]:
    """Return pushes, the longest queued first, after that of an instant and key."""
    at, key = after or (None, None)
    rows = await tx.all(
        f"""
        SELECT {_COLUMNS} FROM pushes WHERE authority = :authority
            AND (CAST(:states AS text[]) IS NULL OR state = ANY(CAST(:states AS text[])))
            AND (CAST(:target AS text) IS NULL OR target = :target)
            AND (CAST(:interview_id AS uuid) IS NULL OR interview_id = :interview_id)
            AND (CAST(:at AS timestamptz) IS NULL OR (queued_at, key) > (:at, CAST(:key AS uuid)))
        ORDER BY queued_at, key LIMIT :limit
        """,  # noqa: S608 - constants
        authority=tx.authority,
        states=list(wanted.states) if wanted.states is not None else None,
        target=wanted.target,
        interview_id=wanted.interview_id,
        at=at,
        key=key,
        limit=limit,
    )
    return read(Push, rows)


async def counts(tx: Transaction) -> list[Count]:
    """Return how many pushes are in which state, by target."""
    rows = await tx.all(
        "SELECT target, state, count(*), min(queued_at) FROM pushes WHERE authority = :authority"
        " GROUP BY target, state ORDER BY target, state",
        authority=tx.authority,
    )
    return read(Count, rows)


_COLUMNS: Final = (
    "pushes.interview_id, pushes.target, pushes.key, pushes.state, pushes.attempts, pushes.next_at,"
    " pushes.why, pushes.remote_id, pushes.remote_version, pushes.queued_at, pushes.delivered_at,"
    " pushes.confirmed_at"
)
