"""What becomes of records of Kafka's log once they are here: on a real PostgreSQL, at places made up."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework import apply, intake
from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from schemas.reading import read_notification
from schemas.topics import NOTIFICATIONS, notifications_of
from store import inbox, outbox, positions
from store.database import DatabaseUnavailable, Store
from store.positions import Partition, Position, Span
from streams import delivery
from streams.delivery import Delivery, Record
from tests.messages import DERBY, NOTTINGHAM, message
from tests.postgres import Database

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
LOG = Partition("cluster", NOTIFICATIONS, "topic", 0)
REPORTED = message("reported", SATURDAY, id="1", missing={"risk_level": "medium"})
RETURNED = message("returned", SATURDAY + timedelta(hours=9), id="2")


class Bench:
    """A database, and what delivers records to it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        carrier = Carrier(store, Policy(), clock=lambda: RECEIVED)
        self.delivery = Delivery(carrier, [NOTTINGHAM, DERBY])

    async def deliver(self, *records: Record) -> None:
        await self.delivery.deliver(records)

    async def rows(self, sql: str, authority: str = NOTTINGHAM) -> Sequence[Any]:
        async with self.store.transaction(authority) as tx:
            return await tx.all(sql)

    async def applied(self, authority: str = NOTTINGHAM) -> set[str]:
        return {row.id for row in await self.rows("SELECT id FROM inbox WHERE applied_at = now()", authority)}

    async def unseen(self, end: int, of: Partition = LOG) -> list[Span]:
        """Return which of the first offsets were not seen."""
        async with self.store.transaction("") as tx:
            return await positions.unseen(tx, of, Span(0, end))


@pytest.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    store = Store(database.app_url)
    yield Bench(store)
    await store.close()


def record(told: dict[str, Any] | bytes | None, offset: int, of: Partition = LOG) -> Record:
    value = json.dumps(told).encode() if isinstance(told, dict) else told
    return Record(value, Position(of, offset))


def records(*told: dict[str, Any] | bytes | None) -> Iterable[Record]:
    """Return records that stand one after the other, from the log's beginning."""
    return (record(one, offset) for offset, one in enumerate(told))
