"""Seconds from a death until all goes on as before, each fault three times.

`python -m bench.recovery` starts a Kafka and a PostgreSQL of its own, a web, two relays and two workers. It
kills a worker, the broker (and starts it again at once), the relay that publishes, and restarts PostgreSQL.
After each it writes a message to every partition of Kafka (for the relay: sends one by HTTP) and waits until
all of them are applied (for the relay: in Kafka's log). It prints the median seconds from the death to that.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx

from store.embedded import running
from store.migrate import upgrade
from tests import topics
from tests.faults.database import restart
from tests.faults.distributed import Distributed, distributed, post
from tests.faults.log import write
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.kafka import running as running_kafka
from tests.messages import NOTTINGHAMSHIRE, message
from tests.postgres import Database

RUNS, SPREAD = 3, 60
"""So many messages of references of their own reach every one of six partitions."""
Recovery = Callable[[], Awaitable[float]]
"""Something dies; returns the seconds until all goes on, and leaves everything as it was."""


class Installation:
    """What is killed, and how it is told to go on."""

    def __init__(self, installed: Distributed, kafka: Kafka, home: Path, token: str) -> None:
        self._installed = installed
        self._kafka = kafka
        self._home = home
        self._token = token
        self._sent = 0
        self.web: Service
        self.relays: list[Service] = []
        self.workers: list[Service] = []

    async def start(self) -> None:
        started = self._installed.started
        self.web = await started("web")
        self.relays = [await started("relay"), await self._installed.service("relay").start("degraded")]
        self.workers = list(await asyncio.gather(started("worker"), started("worker")))
        await self._brought_round()

    async def a_worker(self) -> float:
        begun = time.perf_counter()
        self.workers.pop(0).kill()
        await self._brought_round()
        took = time.perf_counter() - begun
        self.workers.append(await self._installed.started("worker"))
        return took

    async def the_broker(self) -> float:
        begun = time.perf_counter()
        await asyncio.to_thread(self._kafka.kill)
        await asyncio.to_thread(self._kafka.start)
        await self._brought_round()
        return time.perf_counter() - begun

    async def postgresql(self) -> float:
        begun = time.perf_counter()
        await asyncio.to_thread(restart, self._home)
        await self._brought_round()
        return time.perf_counter() - begun

    async def the_relay(self) -> float:
        begun = time.perf_counter()
        self.relays.pop(0).kill()
        await self._published()
        took = time.perf_counter() - begun
        self.relays.append(await self._installed.service("relay").start("degraded"))
        return took

    async def _brought_round(self) -> None:
        """Write messages straight to Kafka and wait until all of them are applied."""
        told = [self._message() for _ in range(SPREAD)]
        await asyncio.to_thread(write, self._installed.broker, told)
        await self._installed.wait_until_applied(self._sent)

    async def _published(self) -> None:
        """Send one message by HTTP and wait until it is in Kafka's log."""
        headers = {"Authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(headers=headers) as client:
            (await post(client, self.web.url, [self._message()])).raise_for_status()
        sql = "SELECT count(*) FROM inbox WHERE published_at IS NULL"
        while self._installed.ask(sql)[0][0]:  # noqa: ASYNC110  # the mark is in the database
            await asyncio.sleep(0.02)

    def _message(self) -> dict[str, object]:
        self._sent += 1
        at, number = datetime.now(UTC), str(self._sent)
        return message("reported", at, id=number, subject=number, child={"authority_child_id": number})


async def measure(database: Database, kafka: Kafka, home: Path, directory: Path) -> None:
    """Kill each thing in turn and print how long it took."""
    broker = topics.fresh(kafka.address, 6)
    async with distributed(directory, database, broker) as installed:
        all_of_it = Installation(installed, kafka, home, installed.make_token(NOTTINGHAMSHIRE))
        await all_of_it.start()
        print("seconds from a death until all goes on as before")
        faults: dict[str, Recovery] = {
            "a worker of two": all_of_it.a_worker,
            "the broker": all_of_it.the_broker,
            "PostgreSQL": all_of_it.postgresql,
            "the relay, one standing by": all_of_it.the_relay,
        }
        for name, fault in faults.items():
            figures = [await fault() for _ in range(RUNS)]
            runs = ", ".join(f"{figure:.1f}" for figure in figures)
            print(f"{name + ':':28} {statistics.median(figures):.1f} (median of {runs})", flush=True)


def main() -> None:
    """Measure on a database and a broker of its own."""
    with tempfile.TemporaryDirectory() as made, running_kafka() as kafka:
        directory = Path(made)
        directory.chmod(0o755)
        with running(directory / "home") as server:
            urls = map(server.url, ("postgres", "homeward_owner", "homeward_app"))
            database = Database("homeward", *urls)
            upgrade(database.owner_url)
            asyncio.run(measure(database, kafka, directory / "home", directory))


if __name__ == "__main__":
    main()
