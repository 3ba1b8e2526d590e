"""The relay on a real broker: what it sends, what it marks, and what it leaves."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.measures import Measures
from schemas.policy import Policy
from schemas.topics import INTERVIEWS, NOTIFICATIONS
from store.database import Store
from streams.relay import ProducerSpent, Relay
from streams.runner import Runner
from tests import topics
from tests.faults.log import read
from tests.kafka import Broker as Kafka
from tests.kafka import held
from tests.messages import AMARA, DERBY, NOTTINGHAM, message
from tests.postgres import Database, connect

pytestmark = pytest.mark.xdist_group("kafka")
AT = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
LARGE = message("reported", AT, id="large", missing={"circumstances": "x" * 200_000})
AUTHORITIES = (NOTTINGHAM, DERBY)
LIMIT_SECONDS = 30.0


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url)
    yield made
    await made.close()


def unpublished(database: Database) -> list[str]:
    with connect(database.superuser_url) as asked:
        return [row[0] for row in asked.execute("SELECT id FROM inbox WHERE published_at IS NULL")]


async def test_what_its_topic_never_takes_holds_up_nobody_and_goes_once_it_does(
    database: Database, store: Store, broker: Kafka
) -> None:
    small = topics.fresh(broker.address, max_message_bytes=10_000)
    told = [message("returned", AT, id="small"), message("reported", AT, id="derby", authority=DERBY)]
    await receive(store, Sender("http", "t", AUTHORITIES), [LARGE, *told], AT)
    relay = asyncio.create_task(Relay(store, AUTHORITIES, small, Measures()).run())
    async with asyncio.timeout(LIMIT_SECONDS):
        while unpublished(database) != ["large"]:
            await asyncio.sleep(0.05)
    relay.cancel()
    await asyncio.gather(relay, return_exceptions=True)
    assert {one["id"] for one in read(small, NOTIFICATIONS)} == {"small", "derby"}

    await Relay(store, AUTHORITIES, topics.fresh(broker.address), Measures()).drain()
    assert unpublished(database) == []


async def test_a_published_event_names_the_child_by_our_id_alone(
    store: Store, broker: Kafka, tmp_path: Path
) -> None:
    reachable = topics.fresh(broker.address)
    await receive(store, Sender("http", "t", AUTHORITIES), [message("returned", AT, id="1")], AT)
    await Runner(Carrier(store, Policy()), AUTHORITIES, tmp_path).drain()
    await Relay(store, AUTHORITIES, reachable, Measures()).drain()
    (event,) = read(reachable, INTERVIEWS)
    assert event["type"] == "homeward.interview.due.v1"
    assert event["data"]["due_at"] == "2026-03-31T22:10:00Z"
    assert [fact for fact in AMARA.values() if fact in str(event)] == []


async def test_a_producer_that_never_says_what_it_sent_is_not_waited_for_and_nothing_is_lost(
    database: Database, store: Store, own_broker: Kafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    reachable = topics.fresh(own_broker.address)
    await receive(store, Sender("http", "t", AUTHORITIES), [message("returned", AT, id="1")], AT)
    relay = Relay(store, AUTHORITIES, reachable, Measures())
    monkeypatch.setattr("streams.relay.FLUSH_SECONDS", 0.5)
    async with relay._producer() as producer:
        await asyncio.to_thread(producer.partitions_for, NOTIFICATIONS)
        with held(own_broker.java_pid) as java:
            signal.pidfd_send_signal(java, signal.SIGSTOP)
            try:
                with pytest.raises(ProducerSpent, match="does not say"):
                    await relay._publish_all(producer)
            finally:
                signal.pidfd_send_signal(java, signal.SIGCONT)
    assert unpublished(database) == ["1"]

    monkeypatch.undo()
    await relay.drain()
    assert unpublished(database) == []
    assert {one["id"] for one in read(reachable, NOTIFICATIONS)} == {"1"}
