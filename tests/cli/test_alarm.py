"""When nothing is chased any more, whoever serves or works says so, and managers are told once."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import structlog

from casework.chase import chase
from cli.alarm import NOT_WATCHED, PATIENCE, Alarm
from cli.settings import Settings
from flows import chase_overdue
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import beats, silence, staff
from store.database import Store
from tests.cli.console import Console
from tests.cli.test_up import wait_for
from tests.connectors.mouth import Peer, running
from tests.messages import DERBY, NOTTINGHAM
from tests.postgres import Database, connect

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GRACE = StaffMember(
    id="M-1", name="Grace Bell", email="grace@nottingham.example", roles=frozenset({Role.TEAM_MANAGER})
)


@pytest.fixture(scope="module")
def server() -> Iterator[Peer]:
    with running("smtp_peer", "none") as peer:
        yield peer


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def watch(store: Store, server: Peer, clock: Hands) -> AsyncIterator[list[Alarm]]:
    """Five processes that all have looked for an hour, and in each authority a manager."""
    server.script()
    settings = Settings(
        authorities=(NOTTINGHAM, DERBY),
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security="none",
        smtp_from="homeward@nottingham.example",
    )
    for authority in settings.authorities:
        async with store.transaction(authority) as tx:
            await staff.save(tx, [GRACE], NOW)
    alarms = [Alarm(settings, Policy(), store, clock) for _ in range(5)]
    with structlog.testing.capture_logs():
        yield alarms


async def all_look(alarms: list[Alarm], clock: Hands, at: datetime) -> None:
    clock.now = at
    await asyncio.gather(*(alarm.look() for alarm in alarms))


async def told(store: Store) -> list[str]:
    """Return the steps of all alerts, authority by authority."""
    steps: list[str] = []
    for authority in (NOTTINGHAM, DERBY):
        async with store.transaction(authority) as tx:
            rows = await tx.all("SELECT step FROM alerts WHERE closed_at IS NULL ORDER BY no")
            steps += [f"{authority} {row.step}" for row in rows]
    return steps


def test_it_watches_the_beat_of_the_flow_that_chases() -> None:
    assert silence.CHASING == chase_overdue.NAME


async def test_a_fresh_installation_has_a_quarter_of_an_hour_to_begin(
    watch: list[Alarm], store: Store, server: Peer, clock: Hands
) -> None:
    await all_look(watch, clock, NOW)
    await all_look(watch, clock, NOW + 15 * MINUTE)
    assert await told(store) == []
    await all_look(watch, clock, NOW + 16 * MINUTE)
    assert await told(store) == [f"{NOTTINGHAM} scheduler_silent", f"{DERBY} scheduler_silent"]


async def test_many_processes_tell_each_manager_once_for_each_outage(
    watch: list[Alarm], store: Store, server: Peer, clock: Hands
) -> None:
    await beats.end(store, silence.CHASING, NOW)
    await all_look(watch, clock, NOW + MINUTE)
    for minute in range(16, 60, 4):
        await all_look(watch, clock, NOW + minute * MINUTE)
    mails = server.received()
    assert [mail["to"] for mail in mails] == [[GRACE.email]] * 2
    assert mails[0]["subject"].startswith(
        "Homeward: Nothing is done by the clock, and nothing is chased: noticed"
    )
    assert len(await told(store)) == 2


async def test_once_it_has_chased_again_the_alarm_is_over_and_the_next_outage_is_another(
    watch: list[Alarm], store: Store, server: Peer, clock: Hands
) -> None:
    await beats.end(store, silence.CHASING, NOW)
    await all_look(watch, clock, NOW + MINUTE)
    await all_look(watch, clock, NOW + 20 * MINUTE)
    await beats.end(store, silence.CHASING, NOW + 30 * MINUTE)
    for authority in (NOTTINGHAM, DERBY):
        await chase(store, authority, Policy(), NOW + 35 * MINUTE)
    assert await told(store) == []
    await all_look(watch, clock, NOW + 31 * MINUTE)
    await all_look(watch, clock, NOW + 50 * MINUTE)
    assert len(await told(store)) == 2
    assert len(server.received()) == 4


async def test_a_process_that_has_just_begun_says_so_but_wakes_nobody_yet(
    watch: list[Alarm], store: Store, server: Peer, clock: Hands
) -> None:
    await beats.end(store, silence.CHASING, NOW)
    await all_look(watch[:1], clock, NOW)
    clock.now = NOW + timedelta(hours=10)
    fresh = Alarm(Settings(authorities=(NOTTINGHAM,)), Policy(), store, clock)
    with structlog.testing.capture_logs() as said:
        await fresh.look()
    assert [line["event"] for line in said] == ["nothing is chased"]
    assert await fresh.standing() == "nothing was chased for 600 minutes: start homeward flows"
    assert await told(store) == []
    await all_look([fresh], clock, clock.now + PATIENCE)
    assert await told(store) == [f"{NOTTINGHAM} scheduler_silent"]


async def test_where_nobody_is_to_chase_nothing_is_watched(store: Store) -> None:
    off = Alarm(Settings(flows=False, prefect=None), Policy(), store)
    assert await off.standing() == NOT_WATCHED
    async with store.transaction("") as tx:
        assert await silence.last(tx) is None


async def test_a_database_that_is_away_is_no_crash(clock: Hands) -> None:
    away = Store("postgresql+psycopg://homeward_app@127.0.0.1:1/none")
    alarm = Alarm(Settings(), Policy(), away, clock)
    assert await alarm.standing() == "not known: the database does not answer"
    looking = asyncio.create_task(alarm.run())
    with structlog.testing.capture_logs() as said:
        while not said:
            await asyncio.sleep(0.01)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    await away.close()


def test_web_is_degraded_measures_and_complains_while_nothing_is_chased(
    console: Console, database: Database
) -> None:
    with connect(database.superuser_url) as looking:
        looking.execute(
            "INSERT INTO beats (name, started_at, ended_at) SELECT name, now() - interval '1 h',"
            " now() - interval '1 h' FROM unnest(ARRAY['chase-overdue', 'chase-watched']) AS name"
        )
    web = Console(console.directory, {**console.settings, "HOMEWARD_FLOWS": "true"})
    process = web.start("web", "--port", "0")
    try:
        said: Any = web.directory / "out"
        wait_for(lambda: "ready" in said.read_text(), "web")
        url = re.findall(r"http://\S+", said.read_text())[0]
        wait_for(lambda: "nothing is chased" in (web.directory / "err").read_text(), "the complaint")
        ready = httpx.get(f"{url}/readyz")
        measured = httpx.get(f"{url}/metrics").text
    finally:
        process.terminate()
        process.wait(30)
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert ready.json()["flows"] == "nothing was chased for 60 minutes: start homeward flows"
    (age,) = re.findall(r'^homeward_chase_age_seconds\{authority="E06000018"\} (\S+)', measured, re.MULTILINE)
    assert 3600 <= float(age) < 3700
