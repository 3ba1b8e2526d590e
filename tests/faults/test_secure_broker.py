"""Every client of ours on a broker that asks for TLS and a password, with the settings of an operator."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cli.served import gap_reader
from cli.settings import read_settings
from flows.reconcile_log import reconcile
from flows.surroundings import Surroundings
from schemas.topics import INTERVIEWS, NOTIFICATIONS
from store.database import Store
from streams.broker import Broker
from streams.log import Shape, administering, create_topics
from tests import topics
from tests.cli.console import Console
from tests.cli.test_doctor import findings
from tests.faults.distributed import Distributed, distributed, post
from tests.faults.log import move_past, read, write
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.kafka import wait_until
from tests.messages import NOTTINGHAM, NOTTINGHAMSHIRE, many, message
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
MECHANISMS = ("SCRAM-SHA-256", "SCRAM-SHA-512")
SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
REPORTED = message("reported", SATURDAY, id="reported")
RETURNED = message("returned", SATURDAY + timedelta(hours=9), id="returned")
LOCATED = message("located", SATURDAY + timedelta(hours=8), id="located")
WRONG = "Grand Union, lock 43"
LIMIT_SECONDS = 60.0


def reach(kafka: Kafka, mechanism: str = MECHANISMS[0]) -> Broker:
    """Return how to reach the broker, with topics made anew where there are any."""
    assert kafka.sign_in
    user, password, ca = kafka.sign_in.user, kafka.sign_in.password, kafka.sign_in.ca
    broker = Broker((kafka.address,), tls=True, ca=ca, user=user, password=password, mechanism=mechanism)
    with administering(broker) as client:
        if there := [name for name in client.list_topics() if name in topics.NAMES]:
            client.delete_topics(there)
        wait_until(lambda: not set(client.list_topics()) & set(topics.NAMES), LIMIT_SECONDS)
    return broker


def settings_of(broker: Broker, directory: Path, password: str | None = None) -> dict[str, str]:
    """Return the settings of an operator, who keeps the password in a file."""
    file = directory / "kafka-password"
    file.write_text(f"{password or broker.password}\n")
    return {
        "HOMEWARD_KAFKA": ",".join(broker.addresses),
        "HOMEWARD_KAFKA_TLS": "true",
        "HOMEWARD_KAFKA_CA": str(broker.ca),
        "HOMEWARD_KAFKA_USER": str(broker.user),
        "HOMEWARD_KAFKA_PASSWORD_FILE": str(file),
        "HOMEWARD_KAFKA_MECHANISM": broker.mechanism,
    }


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("mechanism", MECHANISMS)
async def test_a_notification_goes_through_a_broker_that_asks_for_tls_and_a_password(
    mechanism: str, database: Database, secure_broker: Kafka, tmp_path: Path
) -> None:
    broker = reach(secure_broker, mechanism)
    async with distributed(tmp_path, database, broker, **settings_of(broker, tmp_path)) as running:
        made = running.console.run("topics", "create")
        assert (made.code, made.err, made.out.count(" made\n")) == (0, "", 5)
        services = await asyncio.gather(*map(running.started, ("web", "relay", "worker")))

        await take_in(running, services[0])
        await asyncio.to_thread(write, broker, [LOCATED])
        await running.wait_until_applied(3)
        await all_is_published(running)
        await until(lambda: came_round(running) == 3)

        events = await asyncio.to_thread(read, broker, INTERVIEWS)
        told = running.ask(f"SELECT event_id::text FROM outbox WHERE topic = '{INTERVIEWS}'")
        doctor = running.console.run("doctor")
        assert [service.stop() for service in services] == [0, 0, 0]
    assert {(each["id"],) for each in events} == set(told) != set()
    assert (doctor.code, doctor.err, findings(doctor, "FAIL")) == (0, "", {})
    assert findings(doctor, "ok").keys() >= {"kafka", "topics", "workers"}
    assert [service.said for service in services[1:]] == ["", ""]


async def take_in(running: Distributed, web: Service) -> None:
    headers = {"Authorization": f"Bearer {running.make_token(NOTTINGHAMSHIRE)}"}
    async with httpx.AsyncClient(timeout=30, headers=headers) as client:
        answer = await post(client, web.url, [REPORTED, RETURNED])
    assert answer.status_code == 202


async def all_is_published(running: Distributed) -> None:
    sql = (
        "SELECT (SELECT count(*) FROM inbox WHERE published_at IS NULL)"
        " + (SELECT count(*) FROM outbox WHERE published_at IS NULL)"
    )
    await until(lambda: running.ask(sql) == [(0,)])


def came_round(running: Distributed) -> int:
    """Return how many messages of the log were seen."""
    rows = running.ask("SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM positions, unnest(seen) AS r")
    return int(rows[0][0])


async def test_the_gap_reader_fills_a_hole_there(
    database: Database, secure_broker: Kafka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker = reach(secure_broker)
    create_topics(broker, [NOTIFICATIONS], Shape(1, -1, topics.DAY_MS))
    for name, value in settings_of(broker, tmp_path).items():
        monkeypatch.setenv(name, value)
    settings = read_settings(home=tmp_path, kafka_group="gaps")
    write(broker, many(60, 9, datetime.now(UTC), seed=15))
    move_past(broker, settings.kafka_group, 40)
    store = Store(database.app_url)

    here = Surroundings(store, settings.authorities, gap_reader(settings, store))
    found = await reconcile(here, datetime.now(UTC))

    async with store.transaction(NOTTINGHAM) as tx:
        applied = await tx.scalar("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL")
    await store.close()
    assert (found.trouble, applied) == (None, 40)
    assert [(state.filled, state.behind) for state in found.log] == [(40, 20)]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({}, "_PASSWORD"),
        ({"HOMEWARD_KAFKA_CA": "nowhere.pem"}, "HOMEWARD_KAFKA_CA"),
        ({"HOMEWARD_KAFKA_CA": "kafka-password"}, "HOMEWARD_KAFKA_CA"),
        ({"HOMEWARD_KAFKA_TLS": "false"}, "HOMEWARD_KAFKA_TLS"),
        ({"HOMEWARD_KAFKA_PASSWORD_FILE": "nowhere"}, "HOMEWARD_KAFKA_PASSWORD_FILE"),
    ],
)
def test_what_is_wrong_with_the_sign_in_is_told_in_one_line_without_the_password(
    wrong: Mapping[str, str], named: str, secure_broker: Kafka, tmp_path: Path
) -> None:
    settings = settings_of(reach(secure_broker, MECHANISMS[1]), tmp_path, WRONG)
    said = Console(tmp_path, {"HOMEWARD_HOME": str(tmp_path / "home"), **settings, **wrong}).run(
        "topics", "create"
    )
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert named in said.err
    assert WRONG not in said.err


async def test_a_relay_and_a_worker_with_a_wrong_password_wait_and_do_not_tell_it(
    database: Database, secure_broker: Kafka, tmp_path: Path
) -> None:
    broker = replace(reach(secure_broker), password=WRONG)
    async with distributed(tmp_path, database, broker, **settings_of(broker, tmp_path)) as running:
        services = [running.service(each) for each in ("relay", "worker")]
        await asyncio.gather(*(service.start("degraded") for service in services))
        await until(lambda: all(" waits" in service.said for service in services))
        assert [service.stop() for service in services] == [0, 0]
    assert not [service.said for service in services if WRONG in service.said]
    assert not [service.said for service in services if "Traceback" in service.said]
