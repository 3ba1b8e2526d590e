"""Domain events that wait for the relay, written in the transaction that made them true."""

from collections.abc import Sequence
from datetime import datetime

from schemas.events import Event
from store.database import Transaction


async def add(tx: Transaction, events: Sequence[Event], now: datetime) -> None:
    """Store events, each with an id under which it is published, however often."""
    await tx.run(
        """
        INSERT INTO outbox (authority, created_at, event_id, topic, type, child_id, payload)
        SELECT :authority, :now, gen_random_uuid(), * FROM unnest(
            CAST(:topics AS text[]), CAST(:types AS text[]), CAST(:children AS uuid[]),
            CAST(:payloads AS jsonb[]))
        """,
        authority=tx.authority,
        now=now,
        topics=[event.topic for event in events],
        types=[event.type for event in events],
        children=[event.child_id for event in events],
        payloads=[event.model_dump_json() for event in events],
    )
