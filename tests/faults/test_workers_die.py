"""A worker is killed in the middle of the work: the others finish it, and nothing is lost or doubled."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.policy import Policy
from tests import topics
from tests.expected import expected_episodes
from tests.faults.distributed import distributed
from tests.faults.log import write
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.messages import many
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
COUNT, CHILDREN = 100_000, 20_000


async def test_a_worker_killed_between_a_fifth_and_four_fifths_loses_nothing_of_100_000_notifications(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    messages = many(COUNT, CHILDREN, datetime.now(UTC), seed=27)
    async with distributed(tmp_path, database, topics.fresh(broker.address, 6)) as running:
        first, second = await asyncio.gather(running.started("worker"), running.started("worker"))
        await asyncio.to_thread(write, running.broker, messages)
        await running.wait_until_applied(COUNT // 4)

        first.kill()
        assert COUNT // 5 < running.applied() < COUNT * 4 // 5
        at_the_kill = await taken_in(second)
        third = await running.started("worker")
        await running.wait_until_applied(COUNT)

        assert await taken_in(second) > at_the_kill
        assert await taken_in(third) > 0
        assert running.episodes() == await asyncio.to_thread(
            expected_episodes, messages, datetime.now(UTC), Policy()
        )
        assert [second.stop(), third.stop()] == [0, 0]
        verified = running.verify()
    assert (verified.code, verified.err) == (0, ""), verified.out


async def taken_in(worker: Service) -> float:
    return await worker.measured("homeward_notifications_received_total", via="kafka")
