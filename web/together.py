"""Doing at once what many ask at once: while one round runs, what comes meanwhile gathers for the next.

A single message costs a transaction, and so do a hundred. What is asked is always done after it was asked,
never answered from what was found before.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

from store.database import DatabaseUnavailable

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Answer = TypeVar("Answer")
MOST = 500


class Together(Generic[Key, Item, Answer]):
    """Gathers by key. `do` answers a list of items, in their order."""

    def __init__(self, do: Callable[[Key, Sequence[Item]], Awaitable[Sequence[Answer]]]) -> None:
        self._do = do
        self._waiting: dict[Key, list[tuple[Item, asyncio.Future[Answer]]]] = {}
        self._rounds: set[asyncio.Task[None]] = set()

    async def ask(self, key: Key, item: Item) -> Answer:
        """Return the answer to one item; raises what `do` raises."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if key in self._waiting:
            self._waiting[key].append((item, future))
        else:
            self._waiting[key] = [(item, future)]
            task = asyncio.create_task(self._go_round(key))
            self._rounds.add(task)
            task.add_done_callback(self._rounds.discard)
        return await future

    async def _go_round(self, key: Key) -> None:
        waiting = self._waiting[key]
        try:
            while waiting:
                asked = waiting[:MOST]
                outcomes = await self._outcomes(key, [item for item, _ in asked])
                for (_, future), outcome in zip(asked, outcomes, strict=True):
                    _settle(future, outcome)
                del waiting[: len(asked)]
        finally:
            del self._waiting[key]
            for _, future in waiting:
                future.cancel()

    async def _outcomes(self, key: Key, items: Sequence[Item]) -> Sequence[Answer | Exception]:
        try:
            return await self._do(key, items)
        except DatabaseUnavailable as error:
            return [error] * len(items)
        except Exception as error:
            if len(items) == 1:
                return [error]
            # one that cannot be done does not take the others with it
            return [outcome for item in items for outcome in await self._outcomes(key, [item])]


def _settle(future: asyncio.Future[Answer], outcome: Answer | Exception) -> None:
    if future.done():
        return  # whoever asked has gone
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
