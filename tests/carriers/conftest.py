"""The carriers that the suite runs on. Each takes messages to `casework.apply` in its own way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from casework import carry
from casework.intake import Receipt, Sender, receive
from schemas.policy import Policy
from schemas.topics import NOTIFICATIONS
from store.database import Store
from streams.broker import Broker
from streams.delivery import Delivery
from streams.relay import Relay
from streams.runner import Runner
from streams.worker import Worker
from tests import topics
from tests.kafka import Broker as Kafka
from tests.messages import DERBY, NOTTINGHAM
from tests.postgres import Database

AUTHORITIES = (NOTTINGHAM, DERBY)
LIMIT_SECONDS = 30.0


class Carrier:
    """The embedded carrier: a runner feeds what is in the inbox."""

    def __init__(self, store: Store, heads: Path, policy: Policy) -> None:
        self.store = store
        self.heads = heads
        self.policy = policy
        self.hands = carry.Carrier(store, policy)
        self.runner = Runner(self.hands, AUTHORITIES, heads)

    async def send(
        self, *messages: dict[str, Any] | bytes, at: datetime | None = None, source: str | None = None
    ) -> list[Receipt]:
        """Take messages in, as received `at`, and wait until they are applied."""
        receipts = await self.take_in(messages, at, source)
        await self.bring()
        return receipts

    async def bring(self) -> None:
        """Have all that waits applied, and sealed."""
        await self.runner.drain()

    async def take_in(
        self,
        messages: Sequence[dict[str, Any] | bytes],
        at: datetime | None = None,
        source: str | None = None,
    ) -> list[Receipt]:
        sender = Sender("http", "test", AUTHORITIES, source=source)
        return await receive(self.store, sender, messages, at or datetime.now(UTC))

    async def rows(self, sql: str, authority: str = NOTTINGHAM, **values: Any) -> Sequence[Any]:
        async with self.store.transaction(authority) as tx:
            return await tx.all(sql, **values)


class ByKafka(Carrier):
    """The distributed carrier: the relay publishes what is in the inbox, and a Faust worker applies it."""

    def __init__(self, store: Store, heads: Path, policy: Policy, broker: Broker) -> None:
        super().__init__(store, heads, policy)
        # what comes in is long ago in these tests: a runner that only seals
        self.runner = Runner(self.hands, AUTHORITIES, heads, leave_to_kafka=timedelta(days=10_000))
        self.relay = Relay(store, AUTHORITIES, broker, self.hands.measures)
        delivery = Delivery(self.hands, AUTHORITIES)
        self.worker = Worker(broker, [NOTIFICATIONS], f"test-{uuid4()}", delivery.deliver)

    async def bring(self) -> None:
        await self.relay.drain()
        async with asyncio.timeout(LIMIT_SECONDS):
            while await self._waits():
                await asyncio.sleep(0.02)
        await self.runner.drain()

    async def _waits(self) -> bool:
        sql = "SELECT FROM inbox WHERE applied_at IS NULL AND set_aside_at IS NULL LIMIT 1"
        return any([await self.rows(sql, authority) for authority in AUTHORITIES])

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.xdist_group("kafka"))])
async def carrier(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Carrier]:
    store = Store(database.app_url)
    if request.param == "embedded":
        yield Carrier(store, tmp_path / "heads", Policy())
    else:
        kafka: Kafka = request.getfixturevalue("broker")
        by_kafka = ByKafka(store, tmp_path / "heads", Policy(), topics.fresh(kafka.address))
        async with by_kafka.at_work():
            yield by_kafka
    await store.close()
