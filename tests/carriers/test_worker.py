"""The worker on a real broker, whatever becomes of its agent."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from schemas.topics import NOTIFICATIONS, notifications_of
from streams.delivery import Record
from streams.worker import Worker
from tests import topics
from tests.faults.log import write
from tests.kafka import Broker as Kafka
from tests.messages import many

pytestmark = pytest.mark.xdist_group("kafka")
COUNT = 300
LIMIT_SECONDS = 60.0


async def test_an_agent_that_fails_is_begun_again_where_its_group_stands(broker: Kafka) -> None:
    reachable = topics.fresh(broker.address)
    write(reachable, many(COUNT, 30, datetime.now(UTC), seed=31))
    seen: set[tuple[int, int]] = set()
    failures = iter([RuntimeError("a bug of ours"), KeyError("another")])

    async def deliver(records: Sequence[Record]) -> None:
        for failure in failures:
            raise failure
        seen.update((record.position.of.partition, record.position.offset) for record in records)

    worker = asyncio.create_task(Worker(reachable, [NOTIFICATIONS], f"test-{uuid4()}", deliver).run())
    async with asyncio.timeout(LIMIT_SECONDS):
        while len(seen) < COUNT:
            await asyncio.sleep(0.05)
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


async def test_a_topic_that_is_lacking_keeps_nobody_from_reading_the_others(broker: Kafka) -> None:
    reachable = topics.fresh(broker.address)
    write(reachable, many(COUNT, 30, datetime.now(UTC), seed=32))
    seen: list[Record] = []

    async def deliver(records: Sequence[Record]) -> None:
        seen.extend(records)

    asked = [NOTIFICATIONS, notifications_of("nowhere")]
    worker = asyncio.create_task(Worker(reachable, asked, f"test-{uuid4()}", deliver).run())
    async with asyncio.timeout(LIMIT_SECONDS):
        while len(seen) < COUNT:
            await asyncio.sleep(0.05)
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
