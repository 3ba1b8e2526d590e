"""Domain events that wait for the relay, written in the transaction that made them true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from store import tables
from store.database import Transaction


async def add(
    tx: Transaction, rows: Sequence[tuple[UUID, str, str, UUID, dict[str, Any]]], now: datetime
) -> None:
    """Store events, each as (event id, topic, type, child id, payload)."""
    await tx.write(
        insert(tables.outbox),
        [
            {
                "authority": tx.authority,
                "event_id": event_id,
                "topic": topic,
                "type": type_,
                "child_id": child_id,
                "payload": payload,
                "created_at": now,
            }
            for event_id, topic, type_, child_id, payload in rows
        ],
    )
