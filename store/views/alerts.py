"""Alerts as they are read, and whether they changed anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert as stored. `held_within_24h` is null where that was not the question, or is not known yet."""

    id: UUID
    authority: str
    child_id: UUID | None
    interview_id: UUID | None
    episode_id: UUID | None
    step: str
    due_at: datetime
    raised_at: datetime
    expected: str
    expected_by: datetime
    level: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    decision: str | None
    closed_at: datetime | None
    closed_why: str | None
    held_within_24h: bool | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts are asked for; None asks nothing. `about_holding` are the steps that ask for an interview
    to be held, arranged or allocated: of these alone it is known what came of them.
    """

    about_holding: Sequence[str]
    now: datetime
    interview_id: UUID | None = None
    episode_id: UUID | None = None
    child_id: UUID | None = None
    step: str | None = None
    open: bool | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class OfStep:
    """What came of a step's alerts. `held` and `not_held`: within 24 hours of the alert."""

    step: str
    raised: int
    open: int
    acknowledged: int
    climbed: int
    held: int
    not_held: int


async def listed(
    tx: Transaction, wanted: Wanted, after: tuple[datetime, UUID] | None, limit: int
) -> list[Alert]:
    """Return alerts, the latest first; `after` are raised_at and id of the last one of the page before."""
    raised_at, last = after or (None, None)
    rows = await tx.all(
        f"""
        {_SELECT}
        AND (CAST(:last AS uuid) IS NULL OR (a.raised_at, a.id) < (CAST(:raised_at AS timestamptz), :last))
        AND (CAST(:interview_id AS uuid) IS NULL OR a.interview_id = :interview_id)
        AND (CAST(:episode_id AS uuid) IS NULL OR a.episode_id = :episode_id)
        AND (CAST(:child_id AS uuid) IS NULL OR coalesce(i.child_id, e.child_id) = :child_id)
        AND (CAST(:step AS text) IS NULL OR a.step = :step)
        AND (CAST(:open AS boolean) IS NULL OR (a.closed_at IS NULL) = :open)
        AND (CAST(:recipient AS text) IS NULL OR EXISTS (
            SELECT FROM deliveries d WHERE d.alert_id = a.id AND d.recipient = :recipient))
        ORDER BY a.raised_at DESC, a.id DESC LIMIT :limit
        """,
        authority=tx.authority,
        last=last,
        raised_at=raised_at,
        interview_id=wanted.interview_id,
        episode_id=wanted.episode_id,
        child_id=wanted.child_id,
        step=wanted.step,
        open=wanted.open,
        recipient=wanted.recipient,
        limit=limit,
        holding=list(wanted.about_holding),
        now=wanted.now,
    )
    return read(Alert, rows)


async def find(
    tx: Transaction, alert_id: UUID, about_holding: Collection[str], now: datetime
) -> Alert | None:
    """Return one alert."""
    row = await tx.first(
        f"{_SELECT} AND a.id = :id",
        authority=tx.authority,
        id=alert_id,
        holding=list(about_holding),
        now=now,
    )
    return read_one(Alert, row)


async def by_step(tx: Transaction, about_holding: Collection[str], now: datetime) -> list[OfStep]:
    """Return what came of each step's alerts, by step."""
    rows = await tx.all(
        f"WITH alert AS ({_SELECT}) {_COUNT}",
        authority=tx.authority,
        holding=list(about_holding),
        now=now,
    )
    return read(OfStep, rows)


_COUNT = """
SELECT step, count(*), count(*) FILTER (WHERE closed_at IS NULL),
    count(*) FILTER (WHERE acknowledged_at IS NOT NULL), count(*) FILTER (WHERE level > 0),
    count(*) FILTER (WHERE held_within_24h), count(*) FILTER (WHERE NOT held_within_24h)
FROM alert GROUP BY step ORDER BY step
"""
_SELECT = """
SELECT a.id, a.authority, coalesce(i.child_id, e.child_id) AS child_id, a.interview_id, a.episode_id, a.step,
    a.due_at, a.raised_at, a.expected, a.expected_by, a.level, a.acknowledged_at, a.acknowledged_by,
    a.decision, a.closed_at, a.closed_why,
    CASE WHEN a.step <> ALL (CAST(:holding AS text[])) OR i.held_at < a.raised_at THEN NULL
         WHEN i.held_at <= a.raised_at + interval '24 hours' THEN true
         WHEN i.held_at IS NOT NULL OR :now > a.raised_at + interval '24 hours' THEN false
    END AS held_within_24h
FROM alerts a LEFT JOIN interviews i ON i.id = a.interview_id LEFT JOIN episodes e ON e.id = a.episode_id
WHERE a.authority = :authority
"""
