"""The relay is killed between publishing and marking, a hundred times: everything is told at least once."""

import asyncio
import multiprocessing
import signal
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.measures import Measures
from schemas.policy import Policy
from schemas.topics import EPISODES, INTERVIEWS, NOTIFICATIONS
from store.database import Store
from streams.relay import Relay
from streams.runner import Runner
from tests import topics
from tests.faults import relay_that_dies
from tests.faults.log import read
from tests.kafka import Broker as Kafka
from tests.messages import NOTTINGHAM, many
from tests.postgres import Database, connect

pytestmark = pytest.mark.xdist_group("faults")
KILLS, COUNT = 100, 700  # few enough that events are reached, and enough for every kill
LIMIT_SECONDS = 30.0


def kill_relays(url: str, address: str) -> list[int | None]:
    """Start a relay as often as it is killed; return how each ended."""
    server = multiprocessing.get_context(
        "forkserver"
    )  # forks a process that has imported, and opened nothing
    server.set_forkserver_preload([relay_that_dies.__name__])
    ends = []
    for seed in range(KILLS):
        process = server.Process(
            target=relay_that_dies.publish_until_killed, args=(url, topics.reach(address), seed)
        )
        process.start()
        process.join(LIMIT_SECONDS)
        ends.append(process.exitcode)
        process.kill()
        process.join()
        process.close()
    return ends


async def test_a_relay_killed_a_hundred_times_tells_all_of_it_in_order_and_again_under_the_same_id(
    database: Database, broker: Kafka
) -> None:
    messages = many(COUNT, 150, datetime.now(UTC), seed=14)
    store = Store(database.app_url)
    reachable = topics.fresh(broker.address)
    await receive(store, Sender("http", "test", [NOTTINGHAM]), messages, datetime.now(UTC))
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()

    ends = await asyncio.to_thread(kill_relays, database.app_url, broker.address)
    await Relay(store, [NOTTINGHAM], reachable, Measures()).drain()
    await store.close()

    assert ends == [-signal.SIGKILL] * KILLS
    notifications = read(reachable, NOTIFICATIONS)
    events = [*read(reachable, EPISODES), *read(reachable, INTERVIEWS)]
    assert {(one["source"], one["id"]) for one in notifications} == {(m["source"], m["id"]) for m in messages}
    with connect(database.superuser_url) as asked:
        told = asked.execute(
            "SELECT event_id::text, child_id::text, topic FROM outbox ORDER BY no"
        ).fetchall()
    assert {one["id"] for one in events} == {row[0] for row in told}
    assert max(Counter(one["id"] for one in events).values()) > 1
    assert len({str(one) for one in events}) == len(told)
    for topic in (EPISODES, INTERVIEWS):
        mine = [one for one in events if one["type"].startswith(f"homeward.{topic.split('.')[1][:-1]}")]
        assert first_tellings(mine) == in_the_outbox(told, topic)


def first_tellings(events: list[Any]) -> dict[str, list[str]]:
    """Return the ids of each child's events, in the order in which each was told for the first time."""
    order: dict[str, list[str]] = {}
    for one in events:
        ids = order.setdefault(one["data"]["child_id"], [])
        if one["id"] not in ids:
            ids.append(one["id"])
    return order


def in_the_outbox(told: list[Any], topic: str) -> dict[str, list[str]]:
    order: dict[str, list[str]] = {}
    for id_, child_id, where in told:
        if where == topic:
            order.setdefault(child_id, []).append(id_)
    return order
