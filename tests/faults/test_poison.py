"""Broken messages among good ones: all kept with the reason, and nothing else delayed."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.policy import Policy
from schemas.topics import NOTIFICATIONS, notifications_of
from tests import topics
from tests.expected import expected_episodes
from tests.faults.distributed import Distributed, distributed
from tests.faults.log import write
from tests.kafka import Broker as Kafka
from tests.messages import many, message
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
GOOD, BROKEN = 9_000, 1_000
LIMIT_SECONDS = 120.0


def broken(number: int) -> dict[str, Any] | bytes:
    """Return a message that cannot be taken, each in one of many ways and each of its own content."""
    at = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
    good = message("reported", at, id=f"broken {number}", subject=f"X-{number}")
    ways: list[dict[str, Any] | bytes] = [
        f"not JSON {number}".encode(),
        b"\xff\xfe" + str(number).encode(),
        f'{{"id": "{number}", "truncated'.encode(),
        f"[{number}]".encode(),
        b"[" * 5000 + str(number).encode(),
        {**good, "time": "2026-03-28T22:41:00"},  # without an offset
        {**good, "type": "uk.police.weather.v1"},
        {**good, "data": {**good["data"], "authority": "E10000024"}},  # not served here
        {**good, "data": {**good["data"], "occurred_at": None}},
        {**good, "id": f"nul\0{number}"},
    ]
    return ways[number % len(ways)]


async def dealt_with(running: Distributed, letters: int) -> None:
    async with asyncio.timeout(LIMIT_SECONDS):
        while running.ask("SELECT count(*) FROM letters")[0][0] < letters:
            await asyncio.sleep(0.1)


async def test_a_thousand_broken_messages_among_ten_thousand_are_dead_letters_and_delay_nothing(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    dice = random.Random(9)
    good = many(GOOD, 900, datetime.now(UTC), seed=9)
    mixed: list[dict[str, Any] | bytes] = [*good, *map(broken, range(BROKEN))]
    dice.shuffle(mixed)
    async with distributed(tmp_path, database, topics.fresh(broker.address, 4)) as running:
        worker = await running.started("worker")
        await asyncio.to_thread(write, running.broker, mixed)
        await running.wait_until_applied(GOOD)
        await dealt_with(running, BROKEN)
        kept = running.ask("SELECT via, sender, arrivals, outcome, reasons FROM letters")
        seen = running.ask("SELECT sum(upper(r) - lower(r)) FROM positions, unnest(seen) AS r")
        episodes = running.episodes()
        assert worker.stop() == 0
    assert len(kept) == BROKEN
    assert {row[:4] for row in kept} == {("kafka", NOTIFICATIONS, 1, None)}
    assert all(reason["message"] for row in kept for reason in row[4])
    assert seen[0][0] == GOOD + BROKEN
    assert episodes == expected_episodes(good, datetime.now(UTC), Policy())


async def test_what_another_force_writes_to_a_forces_topic_is_a_dead_letter(
    database: Database, broker: Kafka, tmp_path: Path
) -> None:
    at = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
    own = message("reported", at, id="own")
    foreign = message("returned", at, id="foreign", source="urn:police:derbyshire")
    theirs = notifications_of("nottinghamshire")
    reachable = topics.fresh(broker.address)
    async with distributed(tmp_path, database, reachable, HOMEWARD_FORCES="nottinghamshire") as running:
        await running.started("worker")
        await asyncio.to_thread(write, running.broker, [foreign, own], theirs)
        await running.wait_until_applied(1)
        await dealt_with(running, 1)
        ((sender, authority, reasons),) = running.ask("SELECT sender, authority, reasons FROM letters")
        kept = running.ask("SELECT source, id, published_at = received_at FROM inbox")
    assert kept == [("urn:police:nottinghamshire", "own", True)]
    assert (sender, authority) == (theirs, "E06000018")
    assert "may only send as urn:police:nottinghamshire" in reasons[0]["message"]
