"""The database's record of what was seen of Kafka's log: of each partition a set of offsets."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from itertools import count, pairwise
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import positions
from store.database import DatabaseUnavailable, Store, Transaction
from store.positions import Partition, Position, Span
from tests.postgres import Database

TOPIC = "homeward.notifications.v1"
LONGEST = 60
numbers = count()
a_few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Each example has a topic of its own in a database that all of them share."""


class Told(NamedTuple):
    """One word about a partition: these offsets were seen, or had been deleted before."""

    gone: bool
    spans: list[Span]

    @property
    def offsets(self) -> set[int]:
        return set().union(*(range(*span) for span in self.spans))


spans = st.tuples(st.integers(0, LONGEST), st.integers(0, LONGEST)).map(lambda ends: Span(*sorted(ends)))
words = st.builds(Told, st.booleans(), st.lists(spans, max_size=4))


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    opened = Store(database.app_url)
    yield opened
    await opened.close()


def a_partition(number: int = 0) -> Partition:
    """Return a partition of a topic that nobody has heard of yet."""
    return Partition("cluster", TOPIC, f"made as {next(numbers)}", number)


def at(of: Partition, offsets: Iterable[int]) -> list[Position]:
    return [Position(of, offset) for offset in offsets]


def offsets_in(found: Iterable[Span]) -> list[int]:
    return [offset for span in found for offset in range(*span)]


async def note(tx: Transaction, of: Partition, told: Iterable[Told]) -> None:
    for word in told:
        await (positions.lost if word.gone else positions.passed)(tx, of, word.spans)


async def seen_of(store: Store, of: Partition) -> set[int]:
    """Return which of a partition's offsets, up to the longest that a test writes, were seen."""
    async with store.transaction("") as tx:
        return {each.offset for each in await positions.among(tx, at(of, range(LONGEST + 1)))}


@a_few
@given(told=st.lists(words, max_size=6))
async def test_what_was_seen_and_what_was_lost_are_the_unions_of_what_was_told(
    store: Store, told: list[Told]
) -> None:
    of = a_partition()
    async with store.transaction("") as tx:
        await note(tx, of, told)
        lost = await positions.count_lost(tx, of)
    seen, gone = (
        set().union(*(word.offsets for word in told if word.gone is gone)) for gone in (False, True)
    )
    assert (await seen_of(store, of), lost) == (seen, len(gone))


@a_few
@given(told=st.lists(words, max_size=5), within=spans)
async def test_the_unseen_are_in_order_what_is_left_of_a_span(
    store: Store, told: list[Told], within: Span
) -> None:
    of = a_partition()
    async with store.transaction("") as tx:
        await note(tx, of, told)
        unseen = await positions.unseen(tx, of, within)
    left = set(range(*within)).difference(*(word.offsets for word in told))
    assert offsets_in(unseen) == sorted(left)
    assert all(one.end < then.start for one, then in pairwise(unseen))


@a_few
@given(data=st.data(), told=st.lists(words, min_size=2, max_size=5))
async def test_no_order_and_no_repetition_of_what_is_told_makes_a_difference(
    store: Store, data: st.DataObject, told: list[Told]
) -> None:
    once, otherwise = a_partition(), a_partition()
    again = data.draw(st.permutations([*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]))
    async with store.transaction("") as tx:
        await note(tx, once, told)
        await note(tx, otherwise, again)
        lost = [await positions.count_lost(tx, of) for of in (once, otherwise)]
    assert await seen_of(store, once) == await seen_of(store, otherwise)
    assert lost[0] == lost[1]


@a_few
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, LONGEST)), max_size=12), max_size=4
    ),
    asked=st.lists(st.tuples(st.integers(0, 4), st.integers(0, LONGEST)), max_size=12),
)
async def test_of_messages_in_many_partitions_those_are_found_that_were_seen(
    store: Store, batches: list[list[tuple[int, int]]], asked: list[tuple[int, int]]
) -> None:
    of = a_partition()

    def placed(places: Iterable[tuple[int, int]]) -> set[Position]:
        return {Position(of._replace(partition=number), offset) for number, offset in places}

    for batch in batches:
        async with store.transaction("") as tx:
            await positions.saw(tx, [*placed(batch), *placed(batch[:2])])
    async with store.transaction("") as tx:
        found = await positions.among(tx, placed(asked))
    assert found == placed(asked) & placed(place for batch in batches for place in batch)


async def test_of_a_partition_that_nobody_read_all_is_unseen_and_nothing_lost(store: Store) -> None:
    of = a_partition()
    async with store.transaction("") as tx:
        assert await positions.unseen(tx, of, Span(3, 9)) == [Span(3, 9)]
        assert await positions.count_lost(tx, of) == 0
        assert await positions.among(tx, at(of, [3])) == set()


async def test_a_span_whose_end_is_before_its_start_holds_nothing(store: Store) -> None:
    async with store.transaction("") as tx:
        assert await positions.unseen(tx, a_partition(), Span(9, 3)) == []


async def test_nothing_seen_is_nothing_written(store: Store) -> None:
    async with store.transaction("") as tx:
        await positions.saw(tx, [])
        assert await positions.among(tx, []) == set()
        assert await tx.scalar("SELECT count(*) FROM positions") == 0


async def test_offsets_far_along_a_log_are_kept_apart(store: Store) -> None:
    of, far = a_partition(), 2**62
    async with store.transaction("") as tx:
        await positions.saw(tx, at(of, [far, far + 2]))
        assert await positions.unseen(tx, of, Span(far, far + 4)) == [
            Span(far + 1, far + 2),
            Span(far + 3, far + 4),
        ]


async def test_of_a_topic_made_anew_or_in_another_cluster_nothing_was_seen(store: Store) -> None:
    of = a_partition()
    others = [of._replace(topic_id="made anew"), of._replace(cluster="another"), of._replace(partition=1)]
    async with store.transaction("") as tx:
        await positions.saw(tx, at(of, range(10)))
        await positions.lost(tx, of, [Span(10, 12)])
        for other in others:
            assert await positions.unseen(tx, other, Span(0, 12)) == [Span(0, 12)]
            assert await positions.count_lost(tx, other) == 0
        assert await positions.unseen(tx, of, Span(0, 12)) == []


async def test_what_is_rolled_back_was_not_seen(store: Store) -> None:
    of = a_partition()
    async with store.transaction("") as tx:
        await positions.saw(tx, at(of, [1]))
    with pytest.raises(DatabaseUnavailable):
        await see_and_fail(store, at(of, [1, 2, 3]))
    assert await seen_of(store, of) == {1}


async def see_and_fail(store: Store, seen: Iterable[Position]) -> None:
    async with store.transaction("") as tx:
        await positions.saw(tx, seen)
        raise DatabaseUnavailable


async def test_transactions_that_saw_the_same_partitions_in_opposite_order_do_not_block_each_other(
    store: Store,
) -> None:
    of = a_partition()
    partitions = [of._replace(partition=number) for number in range(20)]

    async def see(order: Iterable[Partition], offset: int) -> None:
        async with store.transaction("") as tx:
            await positions.saw(tx, [Position(each, offset) for each in order])

    for offset in range(0, 20, 2):
        await asyncio.gather(see(partitions, offset), see(reversed(partitions), offset + 1))
    for each in partitions:
        assert await seen_of(store, each) == set(range(20))


async def test_who_comes_second_to_a_partition_adds_to_what_the_first_committed(store: Store) -> None:
    of = a_partition()
    first_saw, first_may_go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with store.transaction("") as tx:
            await positions.saw(tx, at(of, range(5)))
            first_saw.set()
            await first_may_go.wait()

    async def second() -> None:
        await first_saw.wait()
        async with store.transaction("") as tx:
            backend = await tx.scalar("SELECT pg_backend_pid()")
            waiting = asyncio.create_task(until_it_waits(store, backend, first_may_go))
            await positions.saw(tx, at(of, range(3, 8)))
            await waiting

    await asyncio.gather(first(), second())
    assert await seen_of(store, of) == set(range(8))


async def until_it_waits(store: Store, backend: int, then: asyncio.Event) -> None:
    """Set the event once that backend waits for another's row."""
    async with asyncio.timeout(10):
        async with store.transaction("") as tx:
            while not await tx.scalar("SELECT cardinality(pg_blocking_pids(:backend))", backend=backend):
                await asyncio.sleep(0.01)
        then.set()
