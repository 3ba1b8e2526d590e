"""What the ladder is judged from: what was known of interviews and episodes at each moment (the ledger).

The ledger is only ever added to, so that whoever asks later finds the same history.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.ladder.standing import EpisodeAt, InterviewAt, PushAt, carried
from schemas.words import EpisodeStatus, Stage
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class ChasedInterview:
    """An interview with everything that was ever known of it, the oldest first."""

    id: UUID
    child_id: UUID
    interviewer: str | None
    values: tuple[InterviewAt, ...]


async def interviews(
    tx: Transaction, since: datetime | None, besides: Collection[UUID]
) -> list[ChasedInterview]:
    """Return the interviews with something left to do, those changed after `since`, and `besides`."""
    rows = await tx.all(
        """
        SELECT id, child_id, interviewer, status, due_at, held_at, submitted_at, updated_at FROM interviews
        WHERE authority = :authority AND (
            status IN ('due', 'allocated', 'offered', 'arranged', 'held', 'submitted')
            OR CAST(:since AS timestamptz) IS NULL OR updated_at > :since
            OR id = ANY(CAST(:besides AS uuid[])))
        ORDER BY id
        """,
        authority=tx.authority,
        since=since,
        besides=list(besides),
    )
    told = await _ledger(tx, "interview", [row.id for row in rows])
    return [
        ChasedInterview(row.id, row.child_id, row.interviewer, tuple(carried(_values(row, told[row.id]))))
        for row in rows
    ]


async def children(
    tx: Transaction, since: datetime | None, besides: Collection[UUID]
) -> dict[UUID, dict[UUID, list[EpisodeAt]]]:
    """Return, by child and episode, what was known of the episodes of children who are away, of whom
    something changed after `since`, or who have one of the episodes `besides`.
    """
    rows = await tx.all(
        """
        SELECT id, child_id, status, superseded, started_at, located_at, returned_at, updated_at FROM episodes
        WHERE authority = :authority AND child_id IN (
            SELECT child_id FROM episodes
            WHERE authority = :authority AND ((NOT superseded AND status IN ('open', 'located'))
                OR CAST(:since AS timestamptz) IS NULL OR updated_at > :since
                OR id = ANY(CAST(:besides AS uuid[]))))
        ORDER BY number
        """,
        authority=tx.authority,
        since=since,
        besides=list(besides),
    )
    told = await _ledger(tx, "episode", [row.id for row in rows])
    found: dict[UUID, dict[UUID, list[EpisodeAt]]] = defaultdict(dict)
    for row in rows:
        found[row.child_id][row.id] = _episode_values(row, told[row.id])
    return found


async def pushes(tx: Transaction, since: datetime | None, besides: Collection[UUID]) -> list[PushAt]:
    """Return the outcomes on their way, those confirmed after `since`, and those of interviews `besides`."""
    rows = await tx.all(
        """
        SELECT p.interview_id, i.child_id, p.queued_at, p.confirmed_at, p.state = 'stuck' AS stuck
        FROM pushes p JOIN interviews i ON i.id = p.interview_id
        WHERE p.authority = :authority AND (p.state <> 'confirmed' OR CAST(:since AS timestamptz) IS NULL
            OR p.confirmed_at > :since OR p.interview_id = ANY(CAST(:besides AS uuid[])))
        ORDER BY p.interview_id, p.target
        """,
        authority=tx.authority,
        since=since,
        besides=list(besides),
    )
    return [PushAt(*row) for row in rows]


async def _ledger(tx: Transaction, kind: str, ids: Sequence[UUID]) -> Mapping[UUID, list[Any]]:
    rows = await tx.all(
        """
        SELECT CAST(split_part(subject, '/', 2) AS uuid) AS id, action, at, payload FROM ledger
        WHERE authority = :authority AND subject = ANY(CAST(:subjects AS text[])) AND payload IS NOT NULL
        ORDER BY no
        """,
        authority=tx.authority,
        subjects=[f"{kind}/{id_}" for id_ in ids],
    )
    told: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        told[row.id].append(row)
    return told


def _values(row: Any, told: Iterable[Any]) -> list[InterviewAt]:
    values = [
        _interview_at(one.at, one.payload) for one in told if {"status", "due_at"} <= one.payload.keys()
    ]
    stands = InterviewAt(row.updated_at, Stage(row.status), row.due_at, row.held_at, row.submitted_at)
    if not values or (values[-1].stage, values[-1].due_at) != (stands.stage, stands.due_at):
        values.append(stands)  # a payload that was lawfully erased tells nothing: what is stored does
    return values


def _interview_at(at: datetime, told: Mapping[str, Any]) -> InterviewAt:
    moments = (_moment(told.get(name)) for name in ("held_at", "submitted_at"))
    return InterviewAt(at, Stage(told["status"]), datetime.fromisoformat(told["due_at"]), *moments)


def _episode_values(row: Any, told: Iterable[Any]) -> list[EpisodeAt]:
    values: list[EpisodeAt] = []
    for one in told:
        since = max(one.at, values[-1].since) if values else one.at
        values.append(_episode_at(since, one.payload))
    status = None if row.superseded else EpisodeStatus(row.status)
    if not values or values[-1].status is not status:
        values.append(EpisodeAt(row.updated_at, status, row.started_at, row.located_at, row.returned_at))
    return values


def _episode_at(since: datetime, told: Mapping[str, Any]) -> EpisodeAt:
    status = EpisodeStatus(told["status"]) if told.get("status") else None
    started_at, located_at, returned_at = (
        _moment(told.get(name)) for name in ("started_at", "located_at", "returned_at")
    )
    return EpisodeAt(since, status, started_at, located_at, returned_at)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
