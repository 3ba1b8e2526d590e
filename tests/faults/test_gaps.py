"""What the workers' client never brought is found in the database's own record, and read again."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kafka import KafkaProducer, TopicPartition

from casework.carry import Carrier
from casework.intake import Sender, receive
from flows.reconcile_log import reconcile, table
from flows.surroundings import Surroundings
from schemas.policy import Policy
from schemas.topics import NOTIFICATIONS
from store.database import Store
from streams.broker import Broker
from streams.delivery import Delivery
from streams.gaps import GapReader
from streams.log import administering
from streams.watch import LogWatch
from streams.worker import Worker
from tests import topics
from tests.expected import STORED_EPISODES, expected_episodes, in_order
from tests.faults.log import move_past, write
from tests.kafka import Broker as Kafka
from tests.messages import DERBY, NOTTINGHAM, many
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
GROUP = "homeward"
PARTITIONS = 4
LIMIT_SECONDS = 60.0


class Bench:
    """A database, a log, and the two that bring messages from one to the other."""

    def __init__(self, store: Store, broker: Broker) -> None:
        self.store = store
        self.broker = broker
        self.carrier = Carrier(store, Policy())
        self.delivery = Delivery(self.carrier, [NOTTINGHAM, DERBY])
        self.worker = Worker(broker, [NOTIFICATIONS], GROUP, self.delivery.deliver)
        self.watch = LogWatch(broker, [NOTIFICATIONS], GROUP, store)
        log = GapReader(self.watch, self.delivery)
        self.surroundings = Surroundings(store, [NOTTINGHAM, DERBY], log)

    async def applied(self) -> int:
        async with self.store.transaction(NOTTINGHAM) as tx:
            return int(await tx.scalar("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL"))

    async def work_until(self, count: int) -> None:
        task = asyncio.create_task(self.worker.run())
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                while await self.applied() < count:
                    await asyncio.sleep(0.05)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def episodes(self) -> list[tuple[Any, ...]]:
        async with self.store.transaction(NOTTINGHAM) as tx:
            return in_order(map(tuple, await tx.all(STORED_EPISODES)))


@pytest.fixture
async def bench(database: Database, broker: Kafka) -> AsyncIterator[Bench]:
    store = Store(database.app_url)
    yield Bench(store, topics.fresh(broker.address, PARTITIONS))
    await store.close()


async def test_offsets_moved_past_500_unread_messages_lose_none_of_them(bench: Bench) -> None:
    messages = many(2000, 200, datetime.now(UTC), seed=3)
    write(bench.broker, messages)
    move_past(bench.broker, GROUP, 500 // PARTITIONS)
    await bench.work_until(1500)
    assert await bench.applied() == 1500

    found = await reconcile(bench.surroundings, datetime.now(UTC))

    assert sum(state.filled for state in found.log) == 500
    assert all(hole.start == 0 for state in found.log for hole in state.holes)
    assert await bench.applied() == 2000
    assert await bench.episodes() == expected_episodes(messages, datetime.now(UTC), Policy())
    again = await reconcile(bench.surroundings, datetime.now(UTC))
    assert [(state.holes, state.behind) for state in again.log] == [((), 0)] * PARTITIONS
    assert {row["filled"] for row in table(again) if row["what"].startswith(NOTIFICATIONS)} == {0}


async def test_what_no_worker_reads_for_minutes_is_read_by_the_flow(bench: Bench) -> None:
    write(bench.broker, many(200, 20, datetime.now(UTC), seed=4))
    young = await bench.watch.look(datetime.now(UTC))
    assert [state.holes for state in young] == [()] * PARTITIONS
    assert sum(state.behind for state in young) == 200

    await reconcile(bench.surroundings, datetime.now(UTC) + timedelta(minutes=6))

    assert await bench.applied() == 200


async def test_markers_that_hold_no_message_leave_no_hole(bench: Bench) -> None:
    producer = KafkaProducer(**bench.broker.for_kafka_python(), transactional_id="force", acks="all")
    producer.init_transactions()
    for message in many(40, 9, datetime.now(UTC), seed=5):
        producer.begin_transaction()
        producer.send(NOTIFICATIONS, json.dumps(message).encode(), message["subject"].encode())
        producer.commit_transaction()
    producer.close()

    await reconcile(bench.surroundings, datetime.now(UTC) + timedelta(minutes=6))

    states = await bench.watch.look(datetime.now(UTC) + timedelta(minutes=6))
    assert await bench.applied() == 40
    assert [(state.holes, state.behind) for state in states] == [((), 0)] * PARTITIONS


async def test_what_the_broker_deleted_before_it_was_read_is_told_for_good(bench: Bench) -> None:
    write(bench.broker, many(400, 20, datetime.now(UTC), seed=6))
    with administering(bench.broker) as client:
        client.delete_records({TopicPartition(NOTIFICATIONS, 0): 10})
    first = await bench.watch.look(datetime.now(UTC))
    second = await bench.watch.look(datetime.now(UTC))
    assert [state.lost for state in first] == [state.lost for state in second] == [10, 0, 0, 0]


async def test_a_topic_that_is_made_anew_is_read_from_its_beginning(bench: Bench, broker: Kafka) -> None:
    write(bench.broker, many(50, 9, datetime.now(UTC), seed=7))
    await reconcile(bench.surroundings, datetime.now(UTC) + timedelta(minutes=6))
    topics.fresh(broker.address, PARTITIONS)
    again = many(120, 9, datetime.now(UTC), seed=8)
    write(bench.broker, [{**message, "id": f"anew {message['id']}"} for message in again])
    await reconcile(bench.surroundings, datetime.now(UTC) + timedelta(minutes=6))
    assert await bench.applied() == 170


async def test_a_broker_that_is_away_does_not_hide_what_waits_in_the_inbox(bench: Bench) -> None:
    away = Broker(("127.0.0.1:1",))
    gaps = GapReader(LogWatch(away, [NOTIFICATIONS], GROUP, bench.store), bench.delivery)
    sender = Sender("http", "test", [NOTTINGHAM])
    received_at = datetime.now(UTC) - timedelta(minutes=3)
    await receive(bench.store, sender, many(7, 3, received_at, seed=9), received_at)
    found = await reconcile(Surroundings(bench.store, [NOTTINGHAM], gaps), datetime.now(UTC))
    assert found.trouble is not None
    assert "127.0.0.1:1" in str(found.trouble)
    assert [(each.waiting, each.oldest_received_at) for each in found.backlogs] == [(7, received_at)]
    assert table(found)[0]["oldest, seconds"] >= 180
