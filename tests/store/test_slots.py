"""Slots: nobody can be in two places at once, whoever may see why."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.slots import Taken, clashes
from schemas.policy import Policy
from store.database import Store, Transaction
from streams.runner import Runner
from tests.messages import DERBY, NOTTINGHAM, message
from tests.postgres import Database

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(days=2)
THREE = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
FOUR = THREE + timedelta(hours=1)
HALF = timedelta(minutes=30)
BOOKED = [Taken(THREE, FOUR)]


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url, pool_size=2)
    yield made
    await made.close()


async def booked(store: Store, status: str = "arranged", who: str = "W-1", child: str = "C-1") -> UUID:
    """Tell of an absence, and book its interview from three to four."""
    told = [
        message(kind, SEEN + timedelta(hours=at), id=f"{kind}-{child}", subject=child, child=named)
        for kind, at in (("reported", 0), ("returned", 9))
        for named in ({"authority_child_id": child},)
    ]
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), told, NOW)
    await Runner(Carrier(store, Policy(), lambda: NOW), [NOTTINGHAM]).drain()
    async with store.transaction(NOTTINGHAM) as tx:
        id_: UUID = await tx.scalar(
            "UPDATE interviews SET status = :status, interviewer = :who, arranged_for = :from_,"
            " arranged_until = :until WHERE child_id ="
            " (SELECT id FROM children WHERE authority_child_id = :child) RETURNING id",
            status=status,
            who=who,
            from_=THREE,
            until=FOUR,
            child=child,
        )
    return id_


async def found(
    store: Store,
    starts_at: datetime = THREE,
    ends_at: datetime = FOUR,
    *,
    who: str = "W-1",
    besides: UUID | None = None,
    authority: str = NOTTINGHAM,
) -> list[Taken]:
    async with store.transaction(authority, "token:reader") as tx:
        return await clashes(tx, who, starts_at, ends_at, besides or uuid4())


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (THREE, FOUR),
        (THREE - HALF, THREE + HALF),
        (FOUR - HALF, FOUR + HALF),
        (THREE + HALF / 2, FOUR - HALF / 2),
        (THREE - HALF, FOUR + HALF),
    ],
)
async def test_a_slot_that_overlaps_another_is_told(
    store: Store, starts_at: datetime, ends_at: datetime
) -> None:
    await booked(store)
    assert await found(store, starts_at, ends_at) == BOOKED


@pytest.mark.parametrize(("starts_at", "ends_at"), [(THREE - HALF, THREE), (FOUR, FOUR + HALF)])
async def test_one_that_begins_when_another_ends_does_not(
    store: Store, starts_at: datetime, ends_at: datetime
) -> None:
    await booked(store)
    assert await found(store, starts_at, ends_at) == []


async def test_the_interview_itself_may_be_booked_anew(store: Store) -> None:
    id_ = await booked(store)
    assert await found(store, besides=id_) == []


async def test_another_person_or_another_authority_is_free(store: Store) -> None:
    await booked(store)
    assert await found(store, who="W-2") == []
    assert await found(store, authority=DERBY) == []


@pytest.mark.parametrize("status", ["offered", "held", "not_possible"])
async def test_only_what_is_still_to_be_held_takes_the_time(store: Store, status: str) -> None:
    await booked(store, status)
    assert await found(store) == []


async def test_what_is_held_in_another_conversation_is_one_slot(store: Store) -> None:
    first, second = await booked(store), await booked(store, child="C-2")
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run("UPDATE interviews SET covered_by = :by WHERE id = :id", by=first, id=second)
    assert await found(store) == BOOKED
    assert await found(store, besides=first) == []


async def test_a_slot_with_a_child_whom_one_may_not_see_is_told_by_its_time_alone(store: Store) -> None:
    id_ = await booked(store)
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run("INSERT INTO restrictions SELECT child_id, authority FROM interviews")
    async with store.transaction(NOTTINGHAM, "token:reader") as tx:
        assert await clashes(tx, "W-1", THREE, FOUR, uuid4()) == BOOKED
        assert await tx.scalar("SELECT count(*) FROM interviews") == 0  # and nothing else than before
    assert await found(store, besides=id_) == []


async def test_who_was_counted_for_is_who_asks_again_even_after_an_error(store: Store) -> None:
    await booked(store)
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run("INSERT INTO restrictions SELECT child_id, authority FROM interviews")
    async with store.transaction(NOTTINGHAM, "token:reader") as tx:
        with pytest.raises(RuntimeError, match="while it counts"):
            await _fails(tx)
        assert await tx.scalar("SELECT count(*) FROM interviews") == 0


async def _fails(tx: Transaction) -> None:
    async with tx.as_system("system:test") as counting:
        assert await counting.scalar("SELECT count(*) FROM interviews") == 1
        raise RuntimeError("while it counts")
