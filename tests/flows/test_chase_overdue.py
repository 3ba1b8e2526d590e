"""`chase-overdue`: its rule without Prefect, and the flow on a real one, served by `homeward flows`."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows import surroundings
from flows.chase_overdue import chase_all, chase_overdue, description, table
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings
from schemas.policy import Policy
from store import beats
from store.database import DatabaseUnavailable, Store
from tests import topics
from tests.chasing import DUE, HOUR, World, world
from tests.faults.distributed import distributed
from tests.messages import DERBY, NOTTINGHAM
from tests.postgres import Database, connect

LIMIT_SECONDS = 90.0
DEPLOYMENT = "chase-overdue/by-the-clock"
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@pytest.fixture
async def nottingham(database: Database) -> AsyncIterator[World]:
    async with world(database) as made:
        yield made


def around(nottingham: World, *authorities: str) -> Surroundings:
    return Surroundings(nottingham.store, authorities or (NOTTINGHAM,), None, Policy())


async def test_a_chase_tells_what_it_raised_with_a_link_to_each_alert(nottingham: World) -> None:
    await nottingham.returned()
    report = await chase_all(around(nottingham), DUE + HOUR)
    rows = table(report)
    assert [(row["what"], row["step"]) for row in rows] == [
        ("raised", "not_allocated_48h_before"),
        ("raised", "not_arranged_24h_before"),
        ("raised", "not_held_at_deadline"),
    ]
    (alert,) = await nottingham.rows("SELECT id FROM alerts WHERE step = 'not_held_at_deadline'")
    assert rows[-1]["alert"] == f"[{alert[0]}](/api/v1/alerts/{alert[0]})"
    assert description(report).startswith("3 steps came due; 0 alerts went up a role")


async def test_a_chase_leaves_a_beat(nottingham: World) -> None:
    await chase_all(around(nottingham), DUE)
    beat = await beats.last(nottingham.store, "chase-overdue")
    assert beat is not None
    assert (beat.started_at, beat.ended_at, beat.failed_why) == (DUE, DUE, None)


async def test_an_authority_that_cannot_be_chased_does_not_stop_the_others(
    nottingham: World, database: Database
) -> None:
    await nottingham.returned()
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "INSERT INTO staff SELECT 'E06000015', id, name, email, phone, '{mayor}', teams, languages,"
            " gender, training, employer, involved_with, working, leave, capacity, gone_on, imported_at"
            " FROM staff"
        )
    report = await chase_all(around(nottingham, DERBY, NOTTINGHAM), DUE)
    assert [each.authority for each in report.done] == [NOTTINGHAM]
    assert report.trouble is not None
    beat = await beats.last(nottingham.store, "chase-overdue")
    assert beat is not None
    assert (beat.failed_why or "").startswith("it broke off (")


async def test_a_flow_that_failed_for_good_is_an_alert_itself(nottingham: World) -> None:
    @asynccontextmanager
    async def here() -> AsyncIterator[Surroundings]:
        yield around(nottingham)

    before = list(surroundings._provided)
    surroundings.provide(here)
    try:
        for _ in range(2):
            await tell_of_failure(chase_overdue, None, None)  # type: ignore[arg-type]  # as Prefect calls it
    finally:
        surroundings._provided[:] = before
    assert await nottingham.rows("SELECT step, expected LIKE '%(chase-overdue)' FROM alerts") == [
        ("flow_failed", True)
    ]


async def test_without_a_database_the_chase_fails_and_says_so(nottingham: World) -> None:
    nowhere = Store("postgresql+psycopg://homeward_app@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnavailable):
        await chase_all(Surroundings(nowhere, (NOTTINGHAM,), None), DUE)
    await nowhere.close()


@pytest.mark.xdist_group("kafka")
async def test_prefect_runs_it_every_five_minutes_and_twice_at_once_it_does_no_harm(
    database: Database, prefect_api: str, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    async with world(database) as nottingham:
        nottingham.now = now - timedelta(hours=2)
        await nottingham.returned(at=now - timedelta(hours=73))
    nowhere = topics.reach("127.0.0.1:1")
    async with (
        distributed(tmp_path, database, nowhere, HOMEWARD_PREFECT=prefect_api, HOMEWARD_KAFKA="") as running,
        httpx.AsyncClient(base_url=prefect_api, timeout=10) as prefect,
    ):
        flows = await running.started("flows")
        deployed = await until_deployed(prefect)
        runs = [await ask(prefect, f"/deployments/{deployed['id']}/create_flow_run") for _ in range(2)]
        states = await ended(prefect, [run["id"] for run in runs])
        (latest,) = await ask(
            prefect, "/artifacts/latest/filter", artifacts={"key": {"any_": ["chase-overdue"]}}
        )
        raised = running.ask("SELECT step FROM alerts ORDER BY due_at")
        assert flows.stop() == 0
    assert [schedule["schedule"]["interval"] for schedule in deployed["schedules"]] == [300.0]
    assert sorted(states) in (["COMPLETED", "COMPLETED"], ["CANCELLED", "COMPLETED"])
    assert raised == [("not_allocated_48h_before",), ("not_arranged_24h_before",), ("not_held_at_deadline",)]
    assert isinstance(json.loads(latest["data"]), list)


async def ask(prefect: httpx.AsyncClient, path: str, **body: Any) -> Any:
    """Ask Prefect, and again while its SQLite is busy."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            try:
                answer = await prefect.post(path, json=body)
            except httpx.TimeoutException:
                continue
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(0.1)
    answer.raise_for_status()
    return answer.json()


async def until_deployed(prefect: httpx.AsyncClient) -> Any:
    """Wait until the flow is served, and return how."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            try:
                answer = await prefect.get(f"/deployments/name/{DEPLOYMENT}")
                answer.raise_for_status()
                return answer.json()
            except httpx.HTTPError:
                await asyncio.sleep(0.2)


async def ended(prefect: httpx.AsyncClient, asked: list[str]) -> list[str]:
    """Wait until these runs have ended, and return how."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            runs = await ask(prefect, "/flow_runs/filter", flow_runs={"id": {"any_": asked}})
            if all(run["state_type"] in ENDED for run in runs):
                return [run["state_type"] for run in runs]
            await asyncio.sleep(0.2)
