"""Domain events that wait for the relay, written in the transaction that made them true."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.events import Event
from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that was not published yet, as far as is known. `no` is its place in the outbox."""

    no: int
    event_id: UUID
    topic: str
    type: str
    child_id: UUID
    payload: Any
    created_at: datetime


async def add(tx: Transaction, events: Sequence[Event], now: datetime) -> None:
    """Store events, each with an id under which it is published, however often."""
    await tx.run(
        """
        INSERT INTO outbox (authority, created_at, event_id, topic, type, child_id, payload)
        SELECT :authority, :now, gen_random_uuid(), topic, type, child_id, payload
        FROM json_to_recordset(CAST(:rows AS json))
            AS event(topic text, type text, child_id uuid, payload jsonb)
        """,
        authority=tx.authority,
        now=now,
        rows=json.dumps(
            [
                {
                    "topic": event.topic,
                    "type": event.type,
                    "child_id": str(event.child_id),
                    "payload": event.model_dump(mode="json"),
                }
                for event in events
            ]
        ),
    )


async def waiting(tx: Transaction, limit: int, besides: Collection[int] = ()) -> list[Waiting]:
    """Return the oldest events of the authority that are not known to be published, `besides` these."""
    rows = await tx.all(
        "SELECT no, event_id, topic, type, child_id, payload, created_at FROM outbox"
        " WHERE authority = :authority AND published_at IS NULL AND no <> ALL(CAST(:besides AS bigint[]))"
        " ORDER BY no LIMIT :limit",
        authority=tx.authority,
        besides=list(besides),
        limit=limit,
    )
    return read(Waiting, rows)


async def mark_published(tx: Transaction, numbers: Collection[int], now: datetime) -> None:
    """Record that the broker has these events."""
    await tx.run(
        "UPDATE outbox SET published_at = :now WHERE no = ANY(:numbers)", now=now, numbers=list(numbers)
    )
