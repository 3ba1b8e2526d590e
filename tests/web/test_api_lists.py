"""Lists in pages: to the end, without loss and without doubles, also while more is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from casework.tokens import Scope
from tests.messages import DERBY, message
from tests.postgres import Database
from tests.web.served import Json, Served, child, serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-lists")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
LISTS = ("episodes", "interviews", "ledger", "letters", "questions")
KEYS = {"ledger": "no"}


def absence(number: int, **more: Any) -> list[Json]:
    """Tell of a child's absence: some are due at the same moment, and nobody told a birth date."""
    who, start = f"C-{number:04}", SATURDAY + timedelta(hours=number % 3)
    told = [("reported", start), ("returned", start + timedelta(hours=9))]
    return [
        message(kind, at, id=f"{who}-{kind}", subject=f"NP-{who}", child=child(who, upn="bad"), **more)
        for kind, at in told
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(module_database: Database) -> AsyncIterator[Served]:
    """Twelve children, all told at once, and twelve letters of one moment."""
    async with serving(module_database) as made:
        await made.tell(*(one for number in range(12) for one in absence(number)))
        for number in range(12):
            await made.post(f"not a message {number}".encode())
        yield made


async def ids(served: Served, path: str, **query: Any) -> list[Any]:
    return [one[KEYS.get(path, "id")] for one in await served.items(path, **query)]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [7, 500])
async def test_pages_of_any_size_give_the_whole_list_in_one_order(
    served: Served, path: str, limit: int
) -> None:
    whole = await ids(served, path)
    assert len(whole) == len(set(whole)) >= 12
    assert await ids(served, path, limit=limit) == whole


async def test_pages_of_one_item_give_the_whole_list(served: Served) -> None:
    """All that is due at one moment included."""
    assert await ids(served, "interviews", limit=1) == await ids(served, "interviews")


@pytest.mark.parametrize("path", LISTS)
async def test_a_page_holds_no_more_than_was_asked_for(served: Served, path: str) -> None:
    pages = [len(page) async for page in served.pages(path, limit=5)]
    assert set(pages[:-1]) == {5}
    assert 1 <= pages[-1] <= 5


async def test_a_page_that_holds_the_last_item_has_no_next(served: Served) -> None:
    count = len(await ids(served, "interviews"))
    response = await served.get("interviews", limit=count)
    assert (len(response.json()["items"]), response.json()["next"]) == (count, None)


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_of_nothing_is_empty(served: Served, path: str) -> None:
    response = await served.get(path, token=await served.token("derby", Scope.READ, authority=DERBY))
    items = [one for one in response.json()["items"] if path != "ledger"]
    assert (items, response.json()["next"]) == ([], None)


@pytest.mark.parametrize("path", ["episodes", "interviews"])
async def test_the_filters_hold_on_every_page(served: Served, path: str) -> None:
    who = "C-0003"
    expected = [one["child_id"] for one in await served.episodes_of(who)]
    assert [one["child_id"] for one in await served.items(path, child=who, limit=1)] == expected


@pytest.mark.parametrize("path", LISTS)
async def test_nothing_is_lost_or_doubled_while_more_is_told(served: Served, path: str) -> None:
    """What stood when the reading began is read once; what came meanwhile at most once."""
    before = await ids(served, path)
    first = 1000 * (LISTS.index(path) + 1)
    telling = asyncio.create_task(tell_more(served, first))
    found: list[Any] = []
    async for page in served.pages(path, limit=4):
        found += [one[KEYS.get(path, "id")] for one in page]
        await asyncio.sleep(0)
    await telling
    assert len(found) == len(set(found))
    assert set(before) <= set(found)


async def tell_more(served: Served, first: int) -> None:
    for number in range(first, first + 4):
        served.clock.move_on(timedelta(seconds=1))
        await served.post(absence(number))
        await served.post(f"not a message {number}".encode())
        await served.applied()


async def test_lists_come_in_the_order_that_they_promise(served: Served) -> None:
    episodes, interviews, ledger, letters, questions = [await served.items(path) for path in LISTS]
    assert [one["due_at"] for one in interviews] == sorted(one["due_at"] for one in interviews)
    assert [one["no"] for one in ledger] == sorted(one["no"] for one in ledger)
    assert [one["received_at"] for one in letters] == sorted(
        (one["received_at"] for one in letters), reverse=True
    )
    assert [one["opened_at"] for one in questions] == sorted(one["opened_at"] for one in questions)
    assert len(episodes) >= 12


async def test_a_cursor_of_one_list_is_refused_by_another(served: Served) -> None:
    cursor = (await served.get("episodes", limit=1)).json()["next"]
    response = await served.get("letters", cursor=cursor)
    assert response.status_code == 422
