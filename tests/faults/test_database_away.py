"""PostgreSQL is restarted under load: workers wait and go on; no offset is committed for what is not."""

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from schemas.policy import Policy
from store.embedded import Server, running
from store.migrate import upgrade
from tests import topics
from tests.expected import expected_episodes
from tests.faults.database import restart
from tests.faults.distributed import Distributed, distributed
from tests.faults.log import committed, write
from tests.kafka import Broker as Kafka
from tests.messages import many
from tests.postgres import Database, open_directory

pytestmark = pytest.mark.xdist_group("faults")
COUNT, CHILDREN = 12_000, 2_400
RESTARTS = 4
UNSEEN = """
    SELECT unnest(int8multirange(int8range(0, %s)) - coalesce(
        (SELECT seen FROM positions WHERE topic = %s AND partition = %s), '{}'))
"""


@pytest.fixture
def own_server() -> Iterator[tuple[Path, Server]]:
    """A PostgreSQL of the test's own, to be restarted."""
    with open_directory() as directory, running(directory / "home") as server:
        yield directory / "home", server


async def test_a_database_restarted_under_load_loses_nothing_and_no_offset_runs_ahead_of_it(
    own_server: tuple[Path, Server], broker: Kafka, tmp_path: Path
) -> None:
    home, server = own_server
    dice = random.Random(12)
    messages = many(COUNT, CHILDREN, datetime.now(UTC), seed=12)
    database = Database("homeward", *map(server.url, ("postgres", "homeward_owner", "homeward_app")))
    upgrade(database.owner_url)
    async with distributed(tmp_path, database, topics.fresh(broker.address, 4)) as installed:
        workers = await asyncio.gather(*map(installed.started, ("worker", "worker")))
        await asyncio.to_thread(write, installed.broker, messages)
        for nth in range(RESTARTS):
            await installed.wait_until_applied(COUNT * (nth + 1) // (RESTARTS + 2))
            await asyncio.sleep(dice.random())  # anywhere in a batch
            await asyncio.to_thread(restart, home)
            assert await asyncio.to_thread(ran_ahead, installed, database) == []
        await installed.wait_until_applied(COUNT)
        assert await asyncio.to_thread(ran_ahead, installed, database) == []
        episodes = installed.episodes()
        assert [worker.stop() for worker in workers] == [0, 0]
        verified = installed.verify()
    assert episodes == expected_episodes(messages, datetime.now(UTC), Policy())
    assert (verified.code, verified.err) == (0, ""), verified.out


def ran_ahead(installed: Distributed, database: Database) -> list[tuple[str, int]]:
    """Return the partitions of which the group committed what nobody saw."""
    claimed = committed(installed.broker, "homeward")
    with psycopg.connect(database.superuser_url.replace("+psycopg", "", 1)) as connection:
        return [
            place
            for place, offset in claimed.items()
            if connection.execute(UNSEEN, (offset, *place)).fetchall()
        ]
