"""How many children a second are looked up by names, birth date and home.

`python -m bench.look_ups [CHILDREN …]` fills a PostgreSQL of its own with an invented city as the authority's
index, of 10,000 children and then of 100,000. Messages without a number are looked up one after the other
over one connection, as the product does it (`casework.whose`): in the database by key, and then weighed. The
floor is a statement that asks for nothing (`SELECT 1`), before each look-up. It prints how long the
index took to write, the candidates of a look-up, median and 95th percentile of the floor, of the database's
part and of the whole, the ratio of the medians, and look-ups per second.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from bench._matching_city import Child
from bench._matching_town import Message, town
from domain.continuity import NAMESPACE
from domain.identity import Identity, identity_of
from domain.matching import Index, blocks
from domain.register import KnownChild
from schemas.matching_policy import MatchingPolicy
from schemas.notification import Address, ChildFacts
from store import children
from store.children import ChildRow
from store.database import Store, Transaction
from store.embedded import running
from store.migrate import upgrade
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect, database_on, open_directory

SIZES, MESSAGES, WARM_UP, SEED = (10_000, 100_000), 2_000, 100, 51
AT_ONCE = 10_000
NOW = datetime(2026, 3, 28, tzinfo=UTC)
Row = tuple[KnownChild, dict[str, object], bool]


def row(child: Child) -> Row:
    """Return a child as an import of the index keeps it."""
    facts = ChildFacts(
        authority_child_id=child.id,
        family_name=child.family,
        given_names=" ".join(child.given),
        date_of_birth=child.born,
        home_address=Address(lines=(child.line,), postcode=child.postcode),
    )
    identity = identity_of(facts)
    known = KnownChild(uuid5(NAMESPACE, child.id), identity, provisional=False, index=identity)
    return known, facts.model_dump(mode="json", exclude_none=True), True


async def look_up(tx: Transaction, told: Identity, policy: MatchingPolicy) -> tuple[int, float, UUID | None]:
    """Return how many candidates there are, the seconds in the database, and who it is."""
    begun = time.perf_counter()
    rows = await children.candidates(tx, [told], ()) | await children.likely(tx, blocks(told))
    in_database = time.perf_counter() - begun
    found = Index({id_: _of_index(each) for id_, each in rows.items()}, policy).find(told)
    return len(rows), in_database, found[0] if found else None


def _of_index(each: ChildRow) -> Identity:
    return identity_of(ChildFacts.model_validate(each.facts))


async def measure(database: Database, index: Sequence[Child], messages: Sequence[Message]) -> Iterator[str]:
    """Fill the index, look every message up, and return what to print."""
    store, policy = Store(database.app_url), MatchingPolicy()
    rows = [row(child) for child in index]
    begun = time.perf_counter()
    async with store.transaction(NOTTINGHAM, exclusive=True) as tx:
        for start in range(0, len(rows), AT_ONCE):
            await children.save(tx, rows[start : start + AT_ONCE], NOW)
    written = time.perf_counter() - begun
    with connect(database.owner_url) as connection:
        connection.execute("ANALYZE")  # as PostgreSQL does by itself within a minute or so
    floor, queries, whole, candidates, right = [], [], [], [], 0
    async with store.transaction(NOTTINGHAM) as tx:
        for message in messages:
            begun = time.perf_counter()
            await tx.scalar("SELECT 1")
            floor.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            many, in_database, found = await look_up(tx, message.identity, policy)
            whole.append(time.perf_counter() - begun)
            queries.append(in_database)
            candidates.append(many)
            right += found == uuid5(NAMESPACE, message.child.id)
    await store.close()
    timed = [each[WARM_UP:] for each in (floor, queries, whole)]
    return _lines(len(index), written, candidates, timed, right / len(messages))


def _lines(
    size: int, written: float, candidates: Sequence[int], timed: Sequence[Sequence[float]], right: float
) -> Iterator[str]:
    mean = statistics.mean(candidates)
    yield f"{size:,} children, written in {written:.0f} s; candidates of a look-up: {mean:.0f}"
    for name, taken in zip(("floor", "database", "whole"), timed, strict=True):
        furthest = sorted(taken)[int(0.95 * len(taken))]
        yield f"  {name:10}{1000 * statistics.median(taken):8.2f} ms{1000 * furthest:8.2f} ms (95 %)"
    ratio = statistics.median(timed[2]) / statistics.median(timed[0])
    rate = len(timed[2]) / sum(timed[2])
    yield f"  {rate:.0f} look-ups a second, {ratio:.1f} times the floor; {right:.1%} linked rightly"


def main(sizes: Sequence[int]) -> None:
    """Print the figures for each size."""
    for size in sizes:
        place = town(size, MESSAGES, SEED)
        with (
            open_directory() as directory,
            running(directory / "home") as server,
            database_on(server) as database,
        ):
            upgrade(database.owner_url)
            print(*asyncio.run(measure(database, place.children, place.messages)), sep="\n", flush=True)


if __name__ == "__main__":
    main([int(each.replace(",", "")) for each in sys.argv[1:]] or SIZES)
