"""The worker on a real broker, whatever becomes of its agent."""

import asyncio
import gc
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from schemas.topics import NOTIFICATIONS, notifications_of
from streams.broker import Broker
from streams.delivery import Record
from streams.log import administering
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


async def group_of(broker: Broker, name: str) -> Any:
    def ask() -> Any:
        with administering(broker) as client:
            return client.describe_groups([name])[name]

    return await asyncio.to_thread(ask)


async def until_shared_out(broker: Broker, group: str, state: str, members: int) -> None:
    """Wait until this is the group's state, and how many it has."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            told = await group_of(broker, group)
            if (told["group_state"], len(told["members"])) == (state, members):
                return
            await asyncio.sleep(0.02)


async def test_it_leaves_at_once_though_its_group_is_shared_out_while_it_stops(broker: Kafka) -> None:
    reachable, group = topics.fresh(broker.address), f"test-{uuid4()}"
    stops = asyncio.Event()

    async def deliver(records: Sequence[Record]) -> None:
        """Keep nothing."""

    async def go_on_once_the_other_stops(*_: Any, **__: Any) -> None:
        await stops.wait()

    async def stop_once_all_is_shared_out(*_: Any, **__: Any) -> None:
        stops.set()
        await until_shared_out(reachable, group, "Stable", members=2)

    staying, leaving = (Worker(reachable, [NOTIFICATIONS], group, deliver) for _ in range(2))
    running = [asyncio.create_task(staying.run())]
    async with asyncio.timeout(LIMIT_SECONDS):
        while not staying.at_work:
            await asyncio.sleep(0.02)
    assert staying._app
    staying._app.on_partitions_revoked.connect(go_on_once_the_other_stops)
    running.append(asyncio.create_task(leaving.run()))
    await until_shared_out(reachable, group, "PreparingRebalance", members=2)
    assert leaving._app
    leaving._app.on_before_shutdown.connect(stop_once_all_is_shared_out)
    running[1].cancel()
    await asyncio.wait(running[1:])
    left_in_group = len((await group_of(reachable, group))["members"])
    running[0].cancel()
    await asyncio.wait(running)
    assert (leaving.left, left_in_group) == (False, 1)
    gc.collect()  # which tells of connections that are left open
