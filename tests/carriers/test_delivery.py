"""What becomes of records of Kafka's log once they are here: on a real PostgreSQL, at places made up."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework import intake
from casework.carry import Carrier
from casework.intake import Sender
from schemas.events import Event
from schemas.policy import Policy
from schemas.reading import read_notification
from schemas.topics import NOTIFICATIONS, notifications_of
from store import inbox, outbox, positions
from store.database import DatabaseUnavailable, Store, Transaction
from store.positions import Partition, Position, Span
from streams.delivery import Delivery, Record
from tests.messages import DERBY, NOTTINGHAM, message
from tests.postgres import Database

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
LOG = Partition("cluster", NOTIFICATIONS, "topic", 0)
REPORTED = message("reported", SATURDAY, id="reported", missing={"risk_level": "medium"})
RETURNED = message("returned", SATURDAY + timedelta(hours=9), id="returned")
OTHERWISE = message("reported", SATURDAY, id="reported", missing={"risk_level": "high"})
FOREIGN = message("reported", SATURDAY, id="not served", authority="E10000024")
Told = dict[str, Any] | bytes | None


class Bench:
    """A database, and what delivers records to it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.carrier = Carrier(store, Policy(), clock=lambda: RECEIVED)
        self.delivery = Delivery(self.carrier, [NOTTINGHAM, DERBY])

    async def deliver(self, *told: Told, start: int = 0) -> None:
        """Deliver what stands one after the other in the log."""
        await self.delivery.deliver([record(one, start + place) for place, one in enumerate(told)])

    async def rows(self, sql: str, authority: str = NOTTINGHAM) -> Sequence[Any]:
        async with self.store.transaction(authority) as tx:
            return await tx.all(sql)

    async def applied(self, authority: str = NOTTINGHAM) -> set[str]:
        rows = await self.rows("SELECT id FROM inbox WHERE applied_at IS NOT NULL", authority)
        return {row.id for row in rows}

    async def letters(self) -> dict[bytes, int]:
        """Return how often each dead letter is counted, by its bytes."""
        rows = await self.rows("SELECT content, arrivals FROM letters")
        return {bytes(row.content): row.arrivals for row in rows}

    async def unseen(self, end: int, of: Partition = LOG) -> list[Span]:
        """Return which of the log's offsets before `end` were not seen."""
        async with self.store.transaction("") as tx:
            return await positions.unseen(tx, of, Span(0, end))

    async def everything(self) -> list[int]:
        """Return how many rows there are of whatever a delivery may write."""
        tables = ("inbox", "children", "episodes", "interviews", "outbox", "ledger", "letters", "questions")
        return [(await self.rows(f"SELECT count(*) FROM {table}"))[0][0] for table in tables]


@pytest.fixture
async def bench(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr("streams.delivery.FIRST_PAUSE_SECONDS", 0.01)
    store = Store(database.app_url)
    yield Bench(store)
    await store.close()


def record(told: Told, offset: int, of: Partition = LOG) -> Record:
    value = json.dumps(told).encode() if isinstance(told, dict) else told
    return Record(value, Position(of, offset))


async def test_records_that_are_delivered_again_change_nothing_and_are_counted_once(bench: Bench) -> None:
    batch: list[Told] = [REPORTED, b"not JSON", OTHERWISE, FOREIGN, RETURNED]
    await bench.deliver(*batch)
    first = await bench.everything()
    for _ in range(2):
        await bench.deliver(*batch)
    assert await bench.applied() == {"reported", "returned"}
    assert set((await bench.letters()).values()) == {1}
    assert len(await bench.letters()) == 3
    assert await bench.everything() == first
    assert await bench.unseen(len(batch)) == []


async def test_records_that_are_delivered_again_in_other_batches_change_nothing(bench: Bench) -> None:
    batch: list[Told] = [b"{", REPORTED, OTHERWISE, RETURNED]
    await bench.deliver(*batch[:3])
    await bench.deliver(*batch[2:], start=2)
    await bench.deliver(*batch)
    assert await bench.applied() == {"reported", "returned"}
    assert list((await bench.letters()).values()) == [1, 1]


async def test_the_same_broken_bytes_sent_three_times_are_one_letter_that_counts_three(bench: Bench) -> None:
    await bench.deliver(b"not JSON", b"not JSON")
    await bench.deliver(b"not JSON", start=2)
    assert await bench.letters() == {b"not JSON": 3}


async def test_a_duplicate_in_a_batch_and_one_in_a_later_batch_are_seen_where_they_stand(
    bench: Bench,
) -> None:
    await bench.deliver(REPORTED, RETURNED, REPORTED)
    ledger = await bench.rows("SELECT count(*) FROM ledger")
    assert await bench.unseen(4) == [Span(3, 4)]
    await bench.deliver(RETURNED, start=3)
    assert await bench.unseen(4) == []
    assert await bench.rows("SELECT count(*) FROM ledger") == ledger


async def test_what_cannot_be_applied_is_neither_applied_nor_seen_until_the_database_takes_both(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    between: list[tuple[set[str], list[Span]]] = []
    write = outbox.add

    async def fail_at_first(tx: Transaction, events: Sequence[Event], now: datetime) -> None:
        between.append((await bench.applied(), await bench.unseen(2)))
        await write(tx, events, now)
        if len(between) == 1:
            raise DatabaseUnavailable

    monkeypatch.setattr("casework.apply.outbox.add", fail_at_first)
    await bench.deliver(REPORTED, RETURNED)
    assert between == [(set(), [Span(0, 2)])] * 2
    assert (await bench.applied(), await bench.unseen(2)) == ({"reported", "returned"}, [])


async def test_a_dead_letter_is_seen_in_the_transaction_that_keeps_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    between: list[tuple[dict[bytes, int], list[Span]]] = []
    mark = positions.saw

    async def fail_at_first(tx: Transaction, seen: Sequence[Position]) -> None:
        between.append((await bench.letters(), await bench.unseen(1)))
        await mark(tx, seen)
        if len(between) == 1:
            raise DatabaseUnavailable

    monkeypatch.setattr("casework.intake.positions.saw", fail_at_first)
    await bench.deliver(b"not JSON")
    assert between == [({}, [Span(0, 1)])] * 2
    assert (await bench.letters(), await bench.unseen(1)) == ({b"not JSON": 1}, [])


async def test_a_delivery_that_is_cancelled_while_the_database_is_away_ends(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Event()

    async def away(*_: object, **__: object) -> None:
        tried.set()
        raise DatabaseUnavailable

    monkeypatch.setattr("streams.delivery.intake.receive", away)
    task = asyncio.create_task(bench.deliver(REPORTED))
    await tried.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await bench.unseen(1) == [Span(0, 1)]


async def test_a_bug_that_one_of_many_records_meets_sets_that_one_aside_with_its_bytes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(parsed: Any) -> Any:
        if parsed["id"] == "5":
            raise RuntimeError("Okafor")
        return read_notification(parsed)

    monkeypatch.setattr(intake, "read_notification", broken)
    batch = [message("reported", SATURDAY, id=str(number), subject=f"NP-{number}") for number in range(11)]
    await bench.deliver(*batch)
    (letter,) = await bench.rows("SELECT * FROM letters")
    assert json.loads(letter.content) == batch[5]
    assert letter.reasons == [
        {"field": "", "message": "could not be stored (RuntimeError): report this, then replay"}
    ]
    assert await bench.applied() == {str(number) for number in range(11)} - {"5"}
    assert await bench.unseen(11) == []


async def test_a_message_that_cannot_be_applied_is_set_aside_and_seen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = outbox.add

    async def broken(tx: Transaction, events: Sequence[Event], now: datetime) -> None:
        if any(event.type.startswith("homeward.interview") for event in events):
            raise RuntimeError("Okafor")
        await write(tx, events, now)

    monkeypatch.setattr("casework.apply.outbox.add", broken)
    await bench.deliver(REPORTED, RETURNED)
    (aside,) = await bench.rows("SELECT id FROM inbox WHERE set_aside_at IS NOT NULL")
    assert (aside.id, await bench.applied()) == ("returned", {"reported"})
    assert (await bench.unseen(2), len(await bench.letters())) == ([], 1)


async def test_a_tombstone_is_a_dead_letter_without_bytes(bench: Bench) -> None:
    await bench.deliver(REPORTED, None, RETURNED)
    (letter,) = await bench.rows("SELECT * FROM letters")
    assert (letter.via, letter.sender, bytes(letter.content)) == ("kafka", NOTIFICATIONS, b"")
    assert letter.reasons[0]["message"].startswith("The message is not JSON")
    assert (await bench.applied(), await bench.unseen(3)) == ({"reported", "returned"}, [])


async def test_each_record_of_a_batch_goes_to_its_own_authority(bench: Bench) -> None:
    derby = message("reported", SATURDAY, id="of Derby", authority=DERBY)
    unreadable = {**derby, "id": "without a time", "time": "2026-03-28"}
    await bench.deliver(REPORTED, derby, unreadable, RETURNED)
    assert await bench.applied() == {"reported", "returned"}
    assert await bench.applied(DERBY) == {"of Derby"}
    assert (await bench.letters(), len(await bench.rows("SELECT FROM letters", DERBY))) == ({}, 1)
    assert await bench.unseen(4) == []


async def test_what_one_authority_was_told_is_a_dead_letter_when_another_is_told_it(bench: Bench) -> None:
    moved = {**REPORTED, "data": {**REPORTED["data"], "authority": DERBY}}
    await bench.deliver(REPORTED)
    await bench.deliver(moved, start=1)
    (letter,) = await bench.rows("SELECT * FROM letters", DERBY)
    assert "came before with other content" in letter.reasons[0]["message"]
    assert (await bench.applied(), await bench.applied(DERBY)) == ({"reported"}, set())
    assert await bench.unseen(2) == []


async def test_records_of_several_topics_and_partitions_are_seen_where_each_stands(bench: Bench) -> None:
    force, other = LOG._replace(topic=notifications_of("nottinghamshire")), LOG._replace(partition=3)
    foreign = message("returned", SATURDAY, id="of Derbyshire", source="urn:police:derbyshire")
    batch = [record(REPORTED, 7, other), record(foreign, 5, force), record(RETURNED, 6, force)]
    await bench.delivery.deliver(batch)
    (letter,) = await bench.rows("SELECT * FROM letters")
    assert (letter.sender, await bench.applied()) == (force.topic, {"reported", "returned"})
    assert await bench.unseen(9, other) == [Span(0, 7), Span(8, 9)]
    assert await bench.unseen(9, force) == [Span(0, 5), Span(7, 9)]


async def test_what_came_by_kafka_is_not_for_the_relay_and_what_came_by_http_is(bench: Bench) -> None:
    await bench.deliver(REPORTED)
    await intake.receive(bench.store, Sender("http", "test", [NOTTINGHAM]), [RETURNED], RECEIVED)
    async with bench.store.transaction(NOTTINGHAM) as tx:
        waiting = await inbox.unpublished(tx, 10)
    assert [json.loads(each.payload)["id"] for each in waiting] == ["returned"]


async def test_what_came_by_http_and_comes_round_by_kafka_is_applied_once_and_seen(bench: Bench) -> None:
    await intake.receive(bench.store, Sender("http", "test", [NOTTINGHAM]), [RETURNED, REPORTED], RECEIVED)
    await bench.deliver(RETURNED, REPORTED)
    ledger = await bench.rows("SELECT count(*) FROM ledger WHERE action = 'notification.received'")
    assert (await bench.applied(), ledger[0][0]) == ({"reported", "returned"}, 2)
    assert await bench.unseen(2) == []
