"""The commands that have to do with Kafka, on a real one, as an operator runs them."""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from kafka import KafkaProducer
from kafka.admin import ConfigResource

from casework.intake import Sender, receive
from schemas.topics import EPISODES, EVENTS, NOTIFICATIONS
from store.database import Store
from streams.broker import Broker
from streams.log import administering, partitions
from tests import topics
from tests.cli.console import WARNINGS, Console, Said
from tests.cli.test_doctor import findings
from tests.faults.distributed import Distributed, distributed
from tests.faults.log import read, write
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.kafka import wait_until
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("kafka")
SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
OF_A_FORCE = f"{NOTIFICATIONS}.nottinghamshire"
AWAY = {"HOMEWARD_KAFKA": "127.0.0.1:1", "PYTHONWARNINGS": f"{WARNINGS},ignore:unclosed <socket"}
"""A broker that is away; kafka-python leaves the sockets open with which it tried."""
STOP_WITHIN_SECONDS = 10.0
WITHOUT_A_BROKER_SECONDS = 30.0
"""Clients wait for a broker for 10 seconds, and Faust is given 20 to leave its group."""
LIMIT_SECONDS = 30.0


@pytest.fixture
def bare(broker: Kafka) -> Broker:
    """A broker without a topic of ours."""
    reachable = topics.reach(broker.address)
    with administering(reachable) as client:

        def ours() -> list[str]:
            return [name for name in client.list_topics() if name.startswith("homeward.")]

        if there := ours():
            client.delete_topics(there)
        wait_until(lambda: not ours(), LIMIT_SECONDS)
    return reachable


@pytest.fixture
def by_kafka(console: Console, broker: Kafka) -> Console:
    """A shell whose commands know the broker."""
    return beside(console, {"HOMEWARD_KAFKA": broker.address})


def beside(console: Console, settings: Mapping[str, str]) -> Console:
    """Return a shell with these settings beside those that it has."""
    return Console(console.directory, {**console.settings, **settings})


def configs(broker: Broker, name: str) -> Mapping[str, str]:
    """Return how a topic was made."""
    with administering(broker) as client:
        found = client.describe_configs([ConfigResource("topic", name)])["topic"][name]
    return {setting: told["value"] for setting, told in found.items()}


def test_topics_are_made_once_and_as_the_settings_say(by_kafka: Console, bare: Broker) -> None:
    chosen = {
        "HOMEWARD_FORCES": "nottinghamshire",
        "HOMEWARD_KAFKA_PARTITIONS": "3",
        "HOMEWARD_KAFKA_RETENTION_DAYS": "7",
    }
    names = [NOTIFICATIONS, OF_A_FORCE, *EVENTS]
    made = beside(by_kafka, chosen).run("topics", "create")
    assert made == Said(0, "".join(f"{name} made\n" for name in names), "")
    assert len(partitions(bare, names)) == 3 * len(names)
    assert {configs(bare, name)["retention.ms"] for name in names} == {str(7 * topics.DAY_MS)}


def test_a_topic_of_notifications_is_timed_by_the_broker(by_kafka: Console, bare: Broker) -> None:
    by_kafka.run("topics", "create", HOMEWARD_FORCES="nottinghamshire")
    names = (NOTIFICATIONS, OF_A_FORCE, EPISODES)
    stamped = [configs(bare, name).get("message.timestamp.type") for name in names]
    assert stamped == ["LogAppendTime", "LogAppendTime", None]


def test_what_a_force_compresses_is_kept_so_that_every_client_can_read_it(
    by_kafka: Console, bare: Broker, broker: Kafka
) -> None:
    by_kafka.run("topics", "create", HOMEWARD_KAFKA_PARTITIONS="1", HOMEWARD_FORCES="nottinghamshire")
    producer = KafkaProducer(**bare.for_kafka_python(), compression_type="gzip")
    for name in (NOTIFICATIONS, OF_A_FORCE):
        producer.send(name, b"to be seen " * 100).get(LIMIT_SECONDS)
        (segment,) = (broker.directory / "data" / f"{name}-0").glob("*.log")
        assert b"to be seen to be seen" in segment.read_bytes()
    producer.close()


def test_topics_that_are_there_stay_as_they_are(by_kafka: Console, bare: Broker) -> None:
    by_kafka.run("topics", "create", HOMEWARD_KAFKA_PARTITIONS="2")
    before = configs(bare, EPISODES)
    again = by_kafka.run("topics", "create", HOMEWARD_FORCES="nottinghamshire")
    lines = [f"{NOTIFICATIONS} is there", f"{OF_A_FORCE} made", *(f"{name} is there" for name in EVENTS)]
    assert again == Said(0, "".join(f"{line}\n" for line in lines), "")
    assert (len(partitions(bare, [EPISODES])), configs(bare, EPISODES)) == (2, before)


def test_more_copies_than_there_are_brokers_are_refused_in_one_line(by_kafka: Console, bare: Broker) -> None:
    said = by_kafka.run("topics", "create", HOMEWARD_KAFKA_REPLICATION="3")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "lower HOMEWARD_KAFKA_REPLICATION" in said.err
    assert partitions(bare, [NOTIFICATIONS]) == []


@pytest.mark.parametrize("command", ["worker", "relay", "topics create"])
def test_without_an_address_of_kafka_a_command_ends_with_one_line(command: str, console: Console) -> None:
    said = console.run(*command.split())
    told = "homeward: there is no Kafka: set HOMEWARD_KAFKA to its addresses, such as 127.0.0.1:9092\n"
    assert said == Said(2, "", told)


def test_the_doctor_names_the_command_that_makes_the_topics_that_are_lacking(
    by_kafka: Console, bare: Broker
) -> None:
    said = by_kafka.run("doctor")
    assert bare.addresses[0] in findings(said, "ok")["kafka"]
    assert findings(said, "FAIL") == {
        "topics": f"lacking: {', '.join((NOTIFICATIONS, *EVENTS))} → run homeward topics create"
    }
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert said.err.startswith("homeward: 1 of ")


def test_the_doctor_finds_nothing_wrong_with_a_broker_that_nobody_has_used_yet(
    console: Console, own_broker: Kafka
) -> None:
    new = beside(console, {"HOMEWARD_KAFKA": own_broker.address})
    assert new.run("topics", "create").code == 0
    said = new.run("doctor")
    assert (said.code, said.err, findings(said, "FAIL")) == (0, "", {})


async def test_the_doctor_notes_that_nobody_reads_until_a_worker_does(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    reachable = topics.fresh(broker.address)
    async with distributed(tmp_path, database, reachable, HOMEWARD_KAFKA_GROUP="of-the-doctor") as running:
        before = await asyncio.to_thread(running.console.run, "doctor")
        worker = await running.started("worker")
        then = await asyncio.to_thread(running.console.run, "doctor")
        assert worker.stop() == 0
    assert (before.code, then.code) == (0, 0)
    assert (
        "nobody reads as group of-the-doctor → start homeward worker" in findings(before, "note")["workers"]
    )
    assert findings(then, "ok")["workers"] == "1 read as group of-the-doctor"


def test_the_doctor_says_in_one_line_that_the_broker_is_away(by_kafka: Console) -> None:
    said = beside(by_kafka, AWAY).run("doctor")
    (line,) = findings(said, "FAIL").items()
    assert (said.code, said.err.count("\n"), line[0]) == (1, 1, "kafka")
    assert line[1].startswith("Kafka at 127.0.0.1:1 cannot be used")
    assert " → start it, or correct HOMEWARD_KAFKA" in line[1]


class Answering(BaseHTTPRequestHandler):
    """A Prefect that is well, or one that is not."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@pytest.fixture
def web_address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_doctor_asks_prefect_how_it_is(console: Console, web_address: str) -> None:
    well = console.run("doctor", HOMEWARD_PREFECT=f"{web_address}/api")
    assert (well.code, findings(well, "ok")["prefect"]) == (0, f"answers at {web_address}/api")


@pytest.mark.parametrize(
    ("address", "why"),
    [("http://127.0.0.1:1/api", "refused"), ("http://[::1", "Invalid"), ("{}/elsewhere", "404 Not Found")],
)
def test_the_doctor_says_in_one_line_that_prefect_is_away(
    address: str, why: str, console: Console, web_address: str
) -> None:
    address = address.format(web_address)
    said = console.run("doctor", HOMEWARD_PREFECT=address)
    (line,) = findings(said, "FAIL").items()
    assert (said.code, said.err.count("\n"), line[0]) == (1, 1, "prefect")
    assert line[1].startswith(f"{address} does not answer (")
    assert why in line[1].partition(" → ")[0]
    assert line[1].endswith("start it, or correct HOMEWARD_PREFECT: nothing is chased meanwhile")


async def take_in(database: Database, number: int) -> None:
    """Take a notification in as a site would, and leave it to whoever applies and publishes it."""
    store = Store(database.app_url)
    one = message("reported", SATURDAY, id=str(number), subject=f"NP-{number}")
    await receive(store, Sender("http", "test", [NOTTINGHAM]), [one], datetime.now(UTC))
    await store.close()


async def published(running: Distributed, count: int) -> None:
    sql = "SELECT count(*) FROM inbox WHERE published_at IS NOT NULL"
    async with asyncio.timeout(LIMIT_SECONDS):
        while running.ask(sql) != [(count,)]:
            await asyncio.sleep(0.05)


def stopped(service: Service, within_seconds: float = STOP_WITHIN_SECONDS) -> tuple[int, str]:
    """End it as an operator does; return how it ended, and all that it ever said."""
    began = time.monotonic()
    code = service.stop()
    assert time.monotonic() - began < within_seconds
    return code, service.said


async def test_of_two_relays_one_publishes_and_when_it_is_killed_the_other_does(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    async with distributed(tmp_path, database, topics.fresh(broker.address)) as running:
        first = await running.started("relay")
        second = await running.service("relay").start("degraded")
        await take_in(database, 1)
        await published(running, 1)
        assert [await relay.measured("homeward_published_total") for relay in (first, second)] == [1, 0]

        first.kill()
        await second.until("ok")
        await take_in(database, 2)
        await published(running, 2)
        assert stopped(second) == (0, "")
        told = await asyncio.to_thread(read, running.broker, NOTIFICATIONS)
    assert sorted(each["id"] for each in told) == ["1", "2"]


async def test_a_relay_that_stands_by_says_so_and_ends_at_once_and_so_does_the_one_at_work(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    async with distributed(tmp_path, database, topics.fresh(broker.address)) as running:
        at_work = await running.started("relay")
        stands_by = await running.service("relay").start("degraded")
        assert "stands by" in json.dumps(await ready(stands_by))
        assert stopped(stands_by) == (0, "")
        assert stopped(at_work) == (0, "")


async def test_a_worker_ends_in_good_order_and_the_next_one_has_nothing_to_do_again(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    messages = [message("reported", SATURDAY, id=str(number), subject=f"NP-{number}") for number in range(50)]
    async with distributed(tmp_path, database, topics.fresh(broker.address)) as running:
        first = await running.started("worker")
        await asyncio.to_thread(write, running.broker, messages)
        await running.wait_until_applied(50)
        assert stopped(first) == (0, "")

        second = await running.started("worker")
        await asyncio.to_thread(write, running.broker, [message("reported", SATURDAY, id="the last")])
        await running.wait_until_applied(51)
        assert await second.measured("homeward_notifications_received_total", via="kafka") == 1
        assert stopped(second) == (0, "")


async def test_a_worker_and_a_relay_end_well_that_have_never_found_a_broker(
    database: Database, tmp_path: Path
) -> None:
    async with distributed(tmp_path, database, Broker(("127.0.0.1:1",))) as running:
        services = [running.service(each) for each in ("worker", "relay")]
        await asyncio.gather(*(service.start("degraded") for service in services))
        told = [(await ready(service))["kafka"] for service in services]
        assert all(each.startswith("degraded: does not answer") for each in told)
        assert [stopped(service, WITHOUT_A_BROKER_SECONDS)[0] for service in services] == [0, 0]


async def test_a_worker_and_a_relay_end_well_whose_broker_was_killed(
    database: Database, own_broker: Kafka, tmp_path: Path
) -> None:
    async with distributed(tmp_path, database, topics.fresh(own_broker.address)) as running:
        services = await asyncio.gather(*map(running.started, ("worker", "relay")))
        await asyncio.to_thread(write, running.broker, [message("reported", SATURDAY, id="1")])
        await running.wait_until_applied(1)
        own_broker.kill()
        assert [stopped(service, WITHOUT_A_BROKER_SECONDS)[0] for service in services] == [0, 0]


async def ready(service: Service) -> Any:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{service.url}/readyz")
    assert answer.status_code == 200
    return answer.json()
