"""The runner beside others: nobody is starved, and the clock waits for no disk."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from store import inbox
from store.database import Store
from streams.runner import DIRECTLY_AFTER, Runner
from tests.messages import DERBY, NOTTINGHAM, many, message
from tests.postgres import Database

NOW = datetime.now(UTC)
AUTHORITIES = (NOTTINGHAM, DERBY)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url)
    yield made
    await made.close()


async def take_in(store: Store, received_at: datetime) -> None:
    told = [*many(1200, 100, NOW, seed=41), message("reported", NOW, id="derby", authority=DERBY)]
    await receive(store, Sender("http", "t", AUTHORITIES), told, received_at)


async def waiting(store: Store, authority: str) -> int:
    async with store.transaction(authority) as tx:
        return len(await inbox.waiting(tx, 10_000))


async def test_a_long_queue_of_one_authority_does_not_keep_another_waiting(store: Store) -> None:
    await take_in(store, NOW)
    runner = Runner(Carrier(store, Policy()), AUTHORITIES)
    for authority in AUTHORITIES:
        await runner._apply(authority)
    assert (await waiting(store, NOTTINGHAM), await waiting(store, DERBY)) == (700, 0)
    assert await runner.drain() == 700


async def test_heads_that_cannot_be_written_hold_up_no_clock(store: Store, tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a file where a directory should be")
    await take_in(store, NOW)
    await Runner(Carrier(store, Policy()), AUTHORITIES, tmp_path / "heads").drain()
    assert (await waiting(store, NOTTINGHAM), await waiting(store, DERBY)) == (0, 0)


async def test_beside_kafka_what_is_young_is_left_to_it_and_a_fast_clock_elsewhere_delays_nothing(
    store: Store,
) -> None:
    runner = Runner(Carrier(store, Policy()), AUTHORITIES, leave_to_kafka=DIRECTLY_AFTER)
    await take_in(store, datetime.now(UTC))
    assert await runner.drain() == 0
    fast = [message("reported", NOW, id="fast", subject="NP-2")]
    await receive(store, Sender("http", "t", AUTHORITIES), fast, datetime.now(UTC) + timedelta(minutes=9))
    assert await runner.drain() == 1
