"""Domain events that wait for the relay, written in the transaction that made them true."""

import json
from collections.abc import Sequence
from datetime import datetime

from schemas.events import Event
from store.database import Transaction


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
