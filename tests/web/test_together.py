"""What many ask at once is done at once, and told to each; and pages are told that something changed."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from casework.apply import CHANGED
from store.database import DatabaseUnavailable, Store
from store.views.changes import heard
from tests.messages import NOTTINGHAM
from tests.postgres import Database
from web.live import Changes, TooManyWatchers
from web.together import Together


class Slow:
    """Doubles numbers, one round at a time, once it is let go."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.go = asyncio.Event()

    async def double(self, key: str, numbers: Sequence[int]) -> Sequence[int]:
        self.rounds.append(list(numbers))
        await self.go.wait()
        if -1 in numbers:
            raise ValueError(numbers)
        if -2 in numbers:
            raise DatabaseUnavailable("gone")
        return [number * 2 for number in numbers]


async def ask_all(slow: Slow, *numbers: int) -> list[int | BaseException]:
    together: Together[str, int, int] = Together(slow.double)
    asking = [asyncio.create_task(together.ask("a", number)) for number in numbers]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    slow.go.set()
    return await asyncio.gather(*asking, return_exceptions=True)


async def test_what_is_asked_while_a_round_runs_is_done_in_the_next() -> None:
    slow = Slow()
    together: Together[str, int, int] = Together(slow.double)
    first = asyncio.create_task(together.ask("a", 1))
    while not slow.rounds:
        await asyncio.sleep(0)
    others = [asyncio.create_task(together.ask("a", number)) for number in (2, 3)]
    await asyncio.sleep(0)
    slow.go.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]
    assert slow.rounds == [[1], [2, 3]]


async def test_other_keys_do_not_wait() -> None:
    slow = Slow()
    together: Together[str, int, int] = Together(slow.double)
    asking = [asyncio.create_task(together.ask(key, 1)) for key in "ab"]
    while len(slow.rounds) < 2:
        await asyncio.sleep(0)
    slow.go.set()
    assert await asyncio.gather(*asking) == [2, 2]


async def test_one_that_cannot_be_done_does_not_take_the_others_with_it() -> None:
    answers = await ask_all(Slow(), 1, -1, 3)
    assert [answer if isinstance(answer, int) else type(answer) for answer in answers] == [2, ValueError, 6]


async def test_a_database_that_is_gone_is_told_to_all_without_trying_each() -> None:
    slow = Slow()
    answers = await ask_all(slow, 1, -2, 3)
    assert [type(answer) for answer in answers] == [DatabaseUnavailable] * 3
    assert slow.rounds == [[1, -2, 3]]


async def test_whoever_goes_away_does_not_stop_the_round() -> None:
    slow = Slow()
    together: Together[str, int, int] = Together(slow.double)
    asking = [asyncio.create_task(together.ask("a", number)) for number in (1, 2)]
    while not slow.rounds:
        await asyncio.sleep(0)
    asking[0].cancel()
    slow.go.set()
    assert await asking[1] == 4


class Bell:
    """Something to listen to that a test rings, or breaks."""

    def __init__(self) -> None:
        self.rings: asyncio.Queue[bool] = asyncio.Queue()

    async def __call__(self) -> AsyncIterator[None]:
        while await self.rings.get():
            yield
        raise DatabaseUnavailable("gone")


async def next_of(events: AsyncIterator[str]) -> str:
    async with asyncio.timeout(10):
        return await anext(events)


@pytest.fixture
async def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.live.AT_MOST_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("web.live.PATIENCE_SECONDS", 0.0)


@pytest.mark.usefixtures("quick")
async def test_every_open_page_hears_of_a_change_and_nothing_else() -> None:
    bell = Bell()
    changes = Changes(bell)
    pages = [changes.watch() for _ in range(3)]
    assert {await next_of(page) for page in pages} == {"retry: 0\n\n"}
    running = asyncio.create_task(changes.run())
    bell.rings.put_nowait(True)
    assert [await next_of(page) for page in pages] == ["event: changed\ndata:\n\n"] * 3
    running.cancel()


@pytest.mark.usefixtures("quick")
async def test_after_a_loss_listening_begins_again() -> None:
    bell = Bell()
    changes = Changes(bell)
    page = changes.watch()
    await next_of(page)
    running = asyncio.create_task(changes.run())
    bell.rings.put_nowait(False)
    bell.rings.put_nowait(True)
    assert "changed" in await next_of(page)
    running.cancel()


@pytest.mark.usefixtures("quick")
async def test_a_silent_connection_is_kept_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.live.HEARTBEAT_SECONDS", 0.01)
    page = Changes(Bell()).watch()
    await next_of(page)
    assert await next_of(page) == ": still here\n\n"


@pytest.mark.usefixtures("quick")
async def test_a_site_that_stops_ends_every_stream() -> None:
    changes = Changes(Bell())
    page = changes.watch()
    await next_of(page)
    changes.close()
    async with asyncio.timeout(10):
        assert len([event async for event in page]) <= 1


async def test_there_is_an_end_to_how_many_may_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.live.MOST_WATCHERS", 1)
    changes = Changes(Bell())
    page = changes.watch()
    await next_of(page)
    with pytest.raises(TooManyWatchers):
        changes.watch()


async def test_the_database_tells_of_each_change_that_was_committed(database: Database) -> None:
    store = Store(database.app_url)
    listening = heard(store, CHANGED)
    async with asyncio.timeout(30):
        await anext(listening)
        for _ in range(3):
            async with store.transaction(NOTTINGHAM) as tx:
                await tx.tell(CHANGED)
            await anext(listening)
    await listening.aclose()  # type: ignore[attr-defined]  # an async generator
    await store.close()
