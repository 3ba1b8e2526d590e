"""Notifications per second from arrival to committed episode, beside the same rows only inserted.

`python -m bench.committed` starts a PostgreSQL of its own (fsync on), runs both arms five times in turn, each
on 2,000 fresh notifications of 400 children in batches of 500, and prints the medians and their ratio.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from schemas.reading import canonical, digest
from store.database import Store
from store.embedded import running
from store.migrate import upgrade
from streams.runner import Runner
from tests.messages import NOTTINGHAM, many

COUNT, CHILDREN, BATCH, RUNS = 2_000, 400, 500, 5


async def homeward(store: Store, runner: Runner, messages: Sequence[dict[str, Any]]) -> float:
    """Return messages a second, from arrival to committed episodes, interviews and sealed ledger."""
    sender = Sender("http", "bench", (NOTTINGHAM,))
    begun = time.perf_counter()
    for first in range(0, len(messages), BATCH):
        await receive(store, sender, messages[first : first + BATCH], datetime.now(UTC))
        await runner.drain()
    return len(messages) / (time.perf_counter() - begun)


async def floor(store: Store, messages: Sequence[dict[str, Any]]) -> float:
    """Return messages a second when each batch is only inserted into one table with one unique key."""
    begun = time.perf_counter()
    for first in range(0, len(messages), BATCH):
        rows = [
            {"source": m["source"], "id": m["id"], "payload": canonical(m).decode(), "digest": digest(m)}
            for m in messages[first : first + BATCH]
        ]
        async with store.engine.begin() as connection:
            await connection.execute(text("INSERT INTO floor VALUES (:source, :id, :payload, :digest)"), rows)
    return len(messages) / (time.perf_counter() - begun)


def fresh(run: int) -> list[dict[str, Any]]:
    """Return notifications that no earlier run sent, of children whom no earlier run knew."""
    made = many(COUNT, CHILDREN, datetime.now(UTC), seed=run)
    for message in made:
        message["id"] = f"{run}-{message['id']}"
        message["data"]["child"]["authority_child_id"] += f"-{run}"
        message["subject"] += f"-{run}"
    return made


async def measure(app_url: str, heads: Path) -> None:
    """Run both arms in turn and print what they did."""
    store = Store(app_url)
    runner = Runner(Carrier(store, Policy()), [NOTTINGHAM], heads)
    ours, floors = [], []
    for run in range(RUNS):
        messages = fresh(run)
        floors.append(await floor(store, messages))
        ours.append(await homeward(store, runner, messages))
    await store.close()
    ratio = statistics.median(ours) / statistics.median(floors)
    print(f"notifications committed per second: {_median(ours)}")
    print(f"the same rows only inserted:        {_median(floors)}")
    print(f"ratio: {ratio:.3f}")


def _median(figures: Sequence[float]) -> str:
    runs = ", ".join(f"{figure:,.0f}" for figure in figures)
    return f"{statistics.median(figures):,.0f} (median of {runs})"


def main() -> None:
    """Measure on a database of its own."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        home.chmod(0o755)
        with running(home / "home") as server:
            upgrade(server.url("homeward_owner"))
            _make_floor(server.url("homeward_owner"))
            asyncio.run(measure(server.url("homeward_app"), home / "heads"))


def _make_floor(owner_url: str) -> None:
    engine = create_engine(owner_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE floor"
                " (source text, id text, payload json, digest bytea, PRIMARY KEY (source, id))"
            )
        )
        connection.execute(text("GRANT INSERT ON floor TO homeward_app"))
    engine.dispose()


if __name__ == "__main__":
    main()
