"""A flow as Prefect has it: waited for, run, and asked what it told."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx

LIMIT_SECONDS = 180.0
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Deployed:
    """One flow that `homeward flows` serves."""

    def __init__(self, prefect: httpx.AsyncClient, flow: str) -> None:
        self._prefect = prefect
        self.flow = flow

    async def schedules(self) -> list[Any]:
        """Return when it runs by the clock, once it is served."""
        return [each["schedule"] for each in (await self._served())["schedules"]]

    async def run_now(self) -> str:
        """Run it once, and return how the run ended; one that gave way to another one is asked for again."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while (ended := await self._ended()) == "CANCELLED":
                await asyncio.sleep(0.2)
        return ended

    async def _ended(self) -> str:
        asked = {"state": {"type": "SCHEDULED"}, "idempotency_key": str(uuid4())}
        path = f"/deployments/{(await self._served())['id']}/create_flow_run"
        run = (await self._ask(path, **asked))["id"]
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                (found,) = await self._ask("/flow_runs/filter", flow_runs={"id": {"any_": [run]}})
                if found["state_type"] in ENDED:
                    return str(found["state_type"])
                await asyncio.sleep(0.2)

    async def table(self) -> tuple[list[dict[str, Any]], str]:
        """Return the table that its latest run left, and the sentence above it."""
        (latest,) = await self._ask("/artifacts/latest/filter", artifacts={"key": {"any_": [self.flow]}})
        return json.loads(latest["data"]), latest["description"]

    async def _served(self) -> Any:
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                try:
                    answer = await self._prefect.get(f"/deployments/name/{self.flow}/by-the-clock")
                    answer.raise_for_status()
                    return answer.json()
                except httpx.HTTPError:
                    await asyncio.sleep(0.2)

    async def _ask(self, path: str, **body: Any) -> Any:
        """Ask, and again while Prefect's SQLite is busy."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                try:
                    answer = await self._prefect.post(path, json=body)
                except httpx.TimeoutException:
                    continue
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    break
                await asyncio.sleep(0.1)
        answer.raise_for_status()
        return answer.json()
