"""`reconcile-log` on a real Prefect: served by `homeward flows`, scheduled, run, and told of in a table."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from casework.intake import Sender, receive
from store.database import Store
from tests import topics
from tests.faults.distributed import distributed
from tests.faults.log import move_past, write
from tests.kafka import Broker as Kafka
from tests.messages import NOTTINGHAM, many
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("kafka")
DEPLOYMENT = "reconcile-log/by-the-clock"
LIMIT_SECONDS = 90.0
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Prefect:
    """What a person would ask Prefect's API."""

    def __init__(self, api: str) -> None:
        self._http = httpx.AsyncClient(base_url=api, timeout=10)

    async def ask(self, path: str, **body: Any) -> Any:
        """Ask, and ask again while its SQLite is busy, as its own clients do."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                try:
                    answer = await self._http.post(path, json=body)
                except httpx.TimeoutException:
                    continue
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    break
                await asyncio.sleep(0.1)
        answer.raise_for_status()
        return answer.json()

    async def deployment(self) -> Any:
        answer = await self._http.get(f"/deployments/name/{DEPLOYMENT}")
        answer.raise_for_status()
        return answer.json()

    async def run_now(self, count: int = 1) -> list[Any]:
        """Ask for runs, and return them once they have ended."""
        id_ = (await self.deployment())["id"]
        path = f"/deployments/{id_}/create_flow_run"
        state = {"type": "SCHEDULED"}
        keys = [str(uuid4()) for _ in range(count)]  # asked again, it is the same run
        asked = [(await self.ask(path, state=state, idempotency_key=key))["id"] for key in keys]
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                runs = await self.ask("/flow_runs/filter", flow_runs={"id": {"any_": asked}})
                if all(run["state_type"] in ENDED for run in runs):
                    return list(runs)
                await asyncio.sleep(0.2)

    async def table(self) -> list[dict[str, Any]]:
        (latest,) = await self.ask("/artifacts/latest/filter", artifacts={"key": {"any_": ["reconcile-log"]}})
        return list(json.loads(latest["data"]))

    async def close(self) -> None:
        await self._http.aclose()


@pytest.fixture
async def prefect(prefect_api: str) -> AsyncIterator[Prefect]:
    made = Prefect(prefect_api)
    yield made
    await made.close()


async def test_a_hole_is_filled_by_the_flow_that_prefect_runs_by_the_clock(
    database: Database, broker: Kafka, prefect: Prefect, prefect_api: str, tmp_path: Path
) -> None:
    reachable = topics.fresh(broker.address, 4)
    write(reachable, many(200, 30, datetime.now(UTC), seed=21))
    move_past(reachable, "homeward", 10)
    async with distributed(tmp_path, database, reachable, HOMEWARD_PREFECT=prefect_api) as running:
        await running.started("flows")
        deployed = await is_deployed(prefect)
        scheduled = await scheduled_runs(prefect, deployed["id"])
        runs = await prefect.run_now()
        told = await prefect.table()
        assert running.applied() == 40
    assert [schedule["schedule"]["interval"] for schedule in deployed["schedules"]] == [300.0]
    assert scheduled
    assert [run["state_type"] for run in runs] == ["COMPLETED"]
    assert sum(row["filled"] or 0 for row in told) == 40
    assert [row["holes"] for row in told if row["filled"]] == ["0 to 9"] * 4


async def test_run_twice_at_once_it_does_no_harm_and_without_kafka_it_measures_what_waits(
    database: Database, prefect: Prefect, prefect_api: str, tmp_path: Path
) -> None:
    store = Store(database.app_url)
    await receive(store, Sender("http", "t", [NOTTINGHAM]), many(9, 3, datetime.now(UTC)), datetime.now(UTC))
    await store.close()
    nowhere = topics.reach("127.0.0.1:1")
    async with distributed(
        tmp_path, database, nowhere, HOMEWARD_PREFECT=prefect_api, HOMEWARD_KAFKA=""
    ) as running:
        flows = await running.started("flows")
        await is_deployed(prefect)
        runs = await prefect.run_now(2)
        told = await prefect.table()
        assert flows.stop() == 0
    ends = sorted(run["state_type"] for run in runs)
    assert ends in (["COMPLETED", "COMPLETED"], ["CANCELLED", "COMPLETED"])
    assert [(row["what"], row["waiting"]) for row in told] == [(f"inbox of {NOTTINGHAM}", 9)]


async def is_deployed(prefect: Prefect) -> Any:
    """Wait until the flow is served, and return how."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            try:
                return await prefect.deployment()
            except httpx.HTTPError:
                await asyncio.sleep(0.2)


async def scheduled_runs(prefect: Prefect, deployment: str) -> list[Any]:
    """Wait until Prefect's scheduler has planned runs, and return them."""
    asked = {"deployment_id": {"any_": [deployment]}, "state": {"type": {"any_": ["SCHEDULED"]}}}
    async with asyncio.timeout(LIMIT_SECONDS):
        while not (runs := await prefect.ask("/flow_runs/filter", flow_runs=asked)):
            await asyncio.sleep(0.2)
    return list(runs)
