"""Everything of a distributed installation on one machine: a database, a broker, commands that can die."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg

from streams.broker import Broker
from tests.cli.console import Console, Said
from tests.expected import STORED_EPISODES, in_order
from tests.faults.services import Service
from tests.postgres import Database, connect

LIMIT_SECONDS = 400.0


class Distributed:
    """What runs, and what is asked of it."""

    def __init__(self, directory: Path, database: Database, broker: Broker, **more: str) -> None:
        self.broker = broker
        self.database = database
        self.environment = {
            "HOMEWARD_HOME": str(directory / "home"),
            "HOMEWARD_DATABASE_URL": database.app_url.replace("+psycopg", "", 1),
            "HOMEWARD_KAFKA": ",".join(broker.addresses),
            "HOMEWARD_FLOWS": "false",
            **more,
        }
        self.console = Console(directory, self.environment)
        self.directory = directory
        self.services: list[Service] = []

    def service(self, *command: str, **more: str) -> Service:
        """Return a service that is not started yet; it is killed at the end, whatever happens."""
        made = Service(self.directory, {**self.environment, **more}, *command)
        self.services.append(made)
        return made

    async def started(self, *command: str) -> Service:
        return await self.service(*command).start()

    def make_token(self, source: str) -> str:
        made = self.console.run(
            "tokens", "create", source.rpartition(":")[2], "--scope", "notify", "--source", source
        )
        assert made.code == 0, made.err
        return made.out.strip()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database as its superuser."""
        with connect(self.database.superuser_url) as database:
            return database.execute(sql.encode()).fetchall()

    def applied(self) -> int:
        return int(self.ask("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL")[0][0])

    async def wait_until_applied(self, count: int) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                try:
                    if await asyncio.to_thread(self.applied) >= count:
                        return
                except psycopg.OperationalError:
                    pass  # restarting, in those tests that restart it
                await asyncio.sleep(0.2)

    def episodes(self) -> list[tuple[Any, ...]]:
        return in_order(self.ask(STORED_EPISODES))

    def verify(self) -> Said:
        return self.console.run("verify")


@asynccontextmanager
async def distributed(
    directory: Path, database: Database, broker: Broker, **more: str
) -> AsyncIterator[Distributed]:
    """Yield an installation; whatever of it still runs is killed afterwards."""
    made = Distributed(directory, database, broker, **more)
    try:
        yield made
    finally:
        for service in made.services:
            service.kill()


async def post(client: httpx.AsyncClient, url: str, batch: Sequence[Mapping[str, Any]]) -> httpx.Response:
    """Send a batch as a force does."""
    headers = {"Content-Type": "application/cloudevents-batch+json"}
    return await client.post(f"{url}/api/v1/notifications", json=batch, headers=headers)
