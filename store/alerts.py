"""Alerts of the ladder, and whom each was told to by which way."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Alert:
    """A step that came due. `level` is how many roles above the step's own it went."""

    id: UUID
    subject_id: UUID
    interview_id: UUID | None
    episode_id: UUID | None
    step: str
    due_at: datetime
    raised_at: datetime
    expected: str
    expected_by: datetime
    level: int = 0
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    decision: str | None = None
    closed_at: datetime | None = None
    closed_why: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One person, one way, one level. `state`: queued, sent, failed for good, or undeliverable."""

    id: UUID
    alert_id: UUID
    recipient: str
    role: str
    level: int
    channel: str
    state: str
    why: str | None
    queued_at: datetime
    not_before: datetime
    attempts: int = 0
    sent_at: datetime | None = None
    reference: str | None = None


async def known(tx: Transaction, ids: Collection[UUID]) -> set[UUID]:
    """Return which of these alerts were raised already."""
    rows = await tx.all("SELECT id FROM alerts WHERE id = ANY(CAST(:ids AS uuid[]))", ids=list(ids))
    return {row.id for row in rows}


async def still_open(tx: Transaction) -> list[Alert]:
    """Return the alerts that are not over, the oldest first."""
    rows = await tx.all(
        f"{_ALERTS} WHERE authority = :authority AND closed_at IS NULL ORDER BY no",
        authority=tx.authority,
    )
    return read(Alert, rows)


async def find(tx: Transaction, alert_id: UUID) -> Alert | None:
    """Return one alert."""
    row = await tx.first(
        f"{_ALERTS} WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=alert_id,
    )
    return read_one(Alert, row)


async def children_of(tx: Transaction, alert_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the child whom each of these alerts is about; those about no child are left out."""
    rows = await tx.all(
        "SELECT a.id, coalesce(i.child_id, e.child_id) AS child_id FROM alerts a"
        " LEFT JOIN interviews i ON i.id = a.interview_id LEFT JOIN episodes e ON e.id = a.episode_id"
        " WHERE a.id = ANY(CAST(:ids AS uuid[])) AND num_nonnulls(i.child_id, e.child_id) > 0",
        ids=list(alert_ids),
    )
    return {row.id: row.child_id for row in rows}


async def raise_(tx: Transaction, alerts: Sequence[Alert]) -> set[UUID]:
    """Store alerts, and return those that were not there: each is raised once, whoever raises it."""
    rows = await tx.all(
        _RAISE,
        authority=tx.authority,
        rows=_json(alerts),
    )
    return {row.id for row in rows}


async def tell(tx: Transaction, deliveries: Sequence[Delivery]) -> None:
    """Store to whom an alert goes; what is stored already stays."""
    await tx.run(
        _TELL,
        authority=tx.authority,
        rows=_json(deliveries),
    )


async def told(tx: Transaction, alert_ids: Collection[UUID]) -> dict[UUID, list[Delivery]]:
    """Return to whom these alerts went, by alert, from the lowest level upwards."""
    rows = await tx.all(
        f"{_DELIVERIES} WHERE alert_id = ANY(CAST(:ids AS uuid[])) ORDER BY level, role, recipient, channel",
        ids=list(alert_ids),
    )
    found: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in read(Delivery, rows):
        found[delivery.alert_id].append(delivery)
    return found


async def close(tx: Transaction, alert_id: UUID, why: str, now: datetime) -> bool:
    """Write down that an alert is over, and why; return whether it was open."""
    return bool(await close_all(tx, {alert_id: why}, now))


async def close_all(tx: Transaction, whys: Mapping[UUID, str], now: datetime) -> set[UUID]:
    """Write down that alerts are over, each with why; return those that were open."""
    rows = await tx.all(
        """
        UPDATE alerts SET closed_at = :now, closed_why = over.why
        FROM unnest(CAST(:ids AS uuid[]), CAST(:whys AS text[])) AS over(id, why)
        WHERE alerts.id = over.id AND closed_at IS NULL RETURNING alerts.id
        """,
        now=now,
        ids=list(whys),
        whys=list(whys.values()),
    )
    return {row.id for row in rows}


async def climb(tx: Transaction, alerts: Sequence[Alert]) -> None:
    """Write down how far up alerts went."""
    await tx.run(
        """
        UPDATE alerts SET level = up.level
        FROM unnest(CAST(:ids AS uuid[]), CAST(:levels AS integer[])) AS up(id, level)
        WHERE alerts.id = up.id
        """,
        ids=[alert.id for alert in alerts],
        levels=[alert.level for alert in alerts],
    )


async def acknowledge(tx: Transaction, alert_id: UUID, by: str, decision: str, now: datetime) -> bool:
    """Write down who decided what; return whether nobody had before."""
    return bool(
        await tx.run(
            "UPDATE alerts SET acknowledged_at = :now, acknowledged_by = :by, decision = :decision"
            " WHERE id = :id AND acknowledged_at IS NULL",
            id=alert_id,
            by=by,
            decision=decision,
            now=now,
        )
    )


async def queued(tx: Transaction, now: datetime, limit: int) -> list[Delivery]:
    """Take the oldest deliveries that may be sent now, from everybody else's sight until the commit."""
    rows = await tx.all(
        f"""
        {_DELIVERIES}
        WHERE authority = :authority AND state = 'queued' AND not_before <= :now
        ORDER BY not_before, id LIMIT :limit FOR UPDATE SKIP LOCKED
        """,
        authority=tx.authority,
        now=now,
        limit=limit,
    )
    return read(Delivery, rows)


async def mark_sent(
    tx: Transaction, ids: Collection[UUID], now: datetime, reference: str | None = None
) -> None:
    """Write down that these went out, with the other side's reference."""
    await tx.run(
        "UPDATE deliveries SET state = 'sent', sent_at = :now, reference = :reference, why = NULL,"
        " attempts = attempts + 1 WHERE id = ANY(CAST(:ids AS uuid[]))",
        ids=list(ids),
        now=now,
        reference=reference,
    )


async def mark_failed(
    tx: Transaction, ids: Collection[UUID], why: str, again_at: datetime | None = None
) -> None:
    """Write down that these did not go out: to be tried `again_at`, or else failed for good."""
    await tx.run(
        "UPDATE deliveries SET state = CASE WHEN CAST(:again_at AS timestamptz) IS NULL THEN 'failed'"
        " ELSE 'queued' END, not_before = coalesce(:again_at, not_before), why = :why,"
        " attempts = attempts + 1 WHERE id = ANY(CAST(:ids AS uuid[]))",
        ids=list(ids),
        why=why,
        again_at=again_at,
    )


_ALERTS = """
SELECT id, subject_id, interview_id, episode_id, step, due_at, raised_at, expected, expected_by, level,
    acknowledged_at, acknowledged_by, decision, closed_at, closed_why FROM alerts
"""
_RAISE = """
INSERT INTO alerts
    (authority, id, subject_id, interview_id, episode_id, step, due_at, raised_at, expected, expected_by,
    level)
SELECT :authority, id, subject_id, interview_id, episode_id, step, due_at, raised_at, expected, expected_by,
    level
FROM json_populate_recordset(NULL::alerts, CAST(:rows AS json))
ON CONFLICT DO NOTHING RETURNING id
"""
_DELIVERIES = """
SELECT id, alert_id, recipient, role, level, channel, state, why, queued_at, not_before, attempts, sent_at,
    reference FROM deliveries
"""
_TELL = """
INSERT INTO deliveries
    (authority, id, alert_id, recipient, role, level, channel, state, why, queued_at, not_before, sent_at)
SELECT :authority, id, alert_id, recipient, role, level, channel, state, why, queued_at, not_before, sent_at
FROM json_populate_recordset(NULL::deliveries, CAST(:rows AS json))
ON CONFLICT DO NOTHING
"""


def _json(rows: Sequence[Any]) -> str:
    return json.dumps(
        [{field.name: getattr(row, field.name) for field in fields(row)} for row in rows], default=str
    )
