"""Kafka is killed, and stopped for a minute, while intake goes on: the clock waits for nobody."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from schemas.policy import Policy
from schemas.topics import INTERVIEWS, NOTIFICATIONS
from tests import topics
from tests.expected import expected_episodes
from tests.faults.distributed import Distributed, distributed, post
from tests.faults.log import read
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.messages import NOTTINGHAMSHIRE, many
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
COUNT, BATCH = 3_000, 10
AWAY_SECONDS = 60.0
APPLIED_WITHIN_SECONDS = 10.0  # five, and a slow machine
LIMIT_SECONDS = 120.0


async def test_a_broker_killed_and_another_time_stopped_for_a_minute_holds_up_nothing(
    database: Database, own_broker: Kafka, tmp_path: Path
) -> None:
    messages = [{**m, "source": NOTTINGHAMSHIRE} for m in many(COUNT, 300, datetime.now(UTC), seed=11)]
    async with distributed(tmp_path, database, topics.fresh(own_broker.address)) as running:
        web, relay, worker = await asyncio.gather(*map(running.started, ("web", "relay", "worker")))
        sending = asyncio.create_task(send(running, web.url, messages))
        await running.wait_until_applied(COUNT // 6)

        await asyncio.to_thread(own_broker.kill)
        await web.until("degraded")
        await asyncio.to_thread(own_broker.start)
        await asyncio.gather(web.until("ok"), relay.until("ok"))

        await asyncio.to_thread(own_broker.stop)
        stopped_at = time.monotonic()
        before = running.applied()
        await running.wait_until_applied(before + BATCH)
        longest = await longest_wait_until(running, stopped_at + AWAY_SECONDS)
        by_kafka = await worker.measured("homeward_notifications_received_total", via="kafka")
        await asyncio.to_thread(own_broker.start)

        statuses = await sending
        await running.wait_until_applied(COUNT)
        await whole(running)
        await reads_again(worker, by_kafka)
        told = await asyncio.to_thread(read, running.broker, NOTIFICATIONS)
        events = await asyncio.to_thread(read, running.broker, INTERVIEWS)
        outbox = running.ask(f"SELECT event_id::text FROM outbox WHERE topic = '{INTERVIEWS}'")
        assert running.episodes() == expected_episodes(messages, datetime.now(UTC), Policy())
        assert [service.stop() for service in (web, relay, worker)] == [0, 0, 0]
        verified = running.verify()
    assert set(statuses) == {202}
    assert longest < APPLIED_WITHIN_SECONDS
    assert {(m["source"], m["id"]) for m in told} == {(m["source"], m["id"]) for m in messages}
    assert set(Counter(e["id"] for e in events)) == {row[0] for row in outbox}
    assert verified.code == 0, verified.out


async def send(running: Distributed, url: str, messages: Sequence[dict[str, Any]]) -> list[int]:
    """Send batches, one after the other, for a little longer than the broker is away."""
    pause = (AWAY_SECONDS + 20) / (COUNT / BATCH)
    token = running.make_token(NOTTINGHAMSHIRE)
    statuses = []
    async with httpx.AsyncClient(timeout=30, headers={"Authorization": f"Bearer {token}"}) as client:
        for first in range(0, len(messages), BATCH):
            answer = await post(client, url, messages[first : first + BATCH])
            statuses.append(answer.status_code)
            await asyncio.sleep(pause)
    return statuses


async def reads_again(worker: Service, before: float) -> None:
    """Wait until the worker brought more by Kafka than it had when Kafka was away."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while await worker.measured("homeward_notifications_received_total", via="kafka") <= before:
            await asyncio.sleep(0.2)


async def longest_wait_until(running: Distributed, until: float) -> float:
    """Return the longest that a notification was found waiting, in seconds, up to that moment."""
    longest = 0.0
    sql = (
        "SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0) FROM inbox WHERE applied_at IS NULL"
    )
    while time.monotonic() < until:
        longest = max(longest, float(running.ask(sql)[0][0]))
        await asyncio.sleep(0.25)
    return longest


async def whole(running: Distributed) -> None:
    """Wait until nothing is left to be published."""
    sql = (
        "SELECT (SELECT count(*) FROM inbox WHERE published_at IS NULL)"
        " + (SELECT count(*) FROM outbox WHERE published_at IS NULL)"
    )
    async with asyncio.timeout(LIMIT_SECONDS):
        while running.ask(sql)[0][0]:
            await asyncio.sleep(0.2)
