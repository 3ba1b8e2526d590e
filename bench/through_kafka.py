"""Notifications per second through Kafka, with one worker and with two, beside a bare Faust agent.

`python -m bench.through_kafka` starts a Kafka and a PostgreSQL of its own (fsync on), runs three arms five
times in turn, each on a database and topics of its own, and prints the medians and their ratios. Every arm
reads what is written while it waits: from the first message written to the last one applied (or, in the bare
agent, validated). A worker is a `homeward worker` process; two authorities share the messages.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.embedded import Server, running
from store.migrate import upgrade
from streams.broker import Broker
from tests import topics
from tests.faults.distributed import distributed
from tests.faults.log import write
from tests.kafka import running as running_kafka
from tests.messages import DERBY, NOTTINGHAM, many
from tests.postgres import database_on

COUNT, CHILDREN, RUNS, PARTITIONS = 6_000, 1_200, 5, 6
AUTHORITIES = (NOTTINGHAM, DERBY)


def told(run: int) -> list[dict[str, Any]]:
    """Return the messages of a run, of each authority half of the children."""
    made = many(COUNT, CHILDREN, datetime.now(UTC), seed=run)
    for message in made:
        number = int(message["data"]["child"]["authority_child_id"].partition("-")[2])
        message["data"]["authority"] = AUTHORITIES[number % 2]
    return made


async def with_workers(
    count: int, server: Server, broker: Broker, messages: Sequence[dict[str, Any]], directory: Path
) -> float:
    """Return messages a second from the first written to the last applied, by so many workers."""
    with database_on(server) as database:
        upgrade(database.owner_url)
        served = {"HOMEWARD_AUTHORITIES": ",".join(AUTHORITIES)}
        async with distributed(directory, database, broker, **served) as installed:
            await asyncio.gather(*(installed.started("worker") for _ in range(count)))
            begun = time.perf_counter()
            await asyncio.to_thread(write, broker, messages)
            await installed.wait_until_applied(len(messages))
            return len(messages) / (time.perf_counter() - begun)


def bare(broker: Broker, messages: Sequence[dict[str, Any]]) -> float:
    """Return messages a second from the first written to the last validated by a bare agent."""
    command = [sys.executable, "-m", "bench._bare_worker", broker.addresses[0], str(len(messages))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as agent:
        assert agent.stdout is not None
        assert agent.stdout.readline() == "joined\n"
        begun = time.perf_counter()
        write(broker, messages)
        assert agent.stdout.readline() == "done\n"
        return len(messages) / (time.perf_counter() - begun)


async def measure(server: Server, address: str, directory: Path) -> None:
    """Run the arms in turn and print what they did."""
    arms: dict[str, list[float]] = {"bare agent": [], "one worker": [], "two workers": []}
    for run in range(RUNS):
        messages = told(run)
        arms["bare agent"].append(bare(topics.fresh(address, PARTITIONS), messages))
        for count, name in ((1, "one worker"), (2, "two workers")):
            broker = topics.fresh(address, PARTITIONS)
            arms[name].append(await with_workers(count, server, broker, messages, directory))
    floor = statistics.median(arms["bare agent"])
    print("notifications per second through Kafka, from the first written to the last applied")
    for name, figures in arms.items():
        runs = ", ".join(f"{figure:,.0f}" for figure in figures)
        median = statistics.median(figures)
        print(
            f"{name + ':':13} {median:,.0f} (median of {runs}), ratio to the bare agent {median / floor:.3f}"
        )


def main() -> None:
    """Measure on a database and a broker of its own."""
    with tempfile.TemporaryDirectory() as made, running_kafka() as kafka:
        directory = Path(made)
        directory.chmod(0o755)
        with running(directory / "home") as server:
            asyncio.run(measure(server, kafka.address, directory))


if __name__ == "__main__":
    main()
