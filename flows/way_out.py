"""The way of one authority's outcomes to one target, in one run."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog

from casework import pushes, pushing
from casework.pushes import Due
from connectors.case_management import CaseManagement, Kept, NotNow, Refused
from store.database import Store
from store.pushes import Push

log = structlog.get_logger()
TAKEN_AT_ONCE: Final = 100
SIDE_BY_SIDE: Final = 4
"""How many takings are under way at once, so that a slow answer holds up only those taken with it."""
UNEXPECTED: Final = "something unexpected went wrong here: look for it in the log of the flows"


class Result(StrEnum):
    """What came of one try."""

    CONFIRMED = "confirmed"
    LATER = "later"
    LOST = "lost"
    STUCK = "stuck"
    PUT_OFF = "put off"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a push in one step; no result: it goes on to the next one."""

    push: Push
    result: Result | None = None


Step = Callable[[Due], Awaitable[Tried]]


@dataclass(slots=True)
class WayOut:
    """What is due goes out and is looked for there. Several may be at it at once, also in other processes.

    Once nothing gets through of what was taken together, the way is blocked: the rest waits for the next run.
    """

    store: Store
    authority: str
    target: str
    system: CaseManagement
    as_of: datetime
    began: float = field(default_factory=time.monotonic)
    tries: Counter[Result] = field(default_factory=Counter)
    blocked: bool = False

    async def go(self) -> None:
        """Push everything that was due at the start of the run."""
        await asyncio.gather(*(self._lane() for _ in range(SIDE_BY_SIDE)))

    async def _lane(self) -> None:
        while not self.blocked and (due := await self._claim()):
            sent = await self._step(self._deliver, [each for each in due if not each.push.delivered_at])
            there = [*(each for each in due if each.push.delivered_at), *sent]
            await self._step(self._look, there)

    async def _claim(self) -> list[Due]:
        return await pushes.claim(self.store, self.authority, self.target, self.as_of, TAKEN_AT_ONCE)

    async def _step(self, step: Step, due: Sequence[Due]) -> list[Due]:
        """Do one step with each, write down what became of them, and return those that go on."""
        if not due:
            return []
        tried = await asyncio.gather(*(self._guarded(step, each) for each in due))
        settled = [(one.push, each.update) for one, each in zip(tried, due, strict=True)]
        await pushes.settle(self.store, self.authority, settled, self._now())
        results = [one.result for one in tried]
        self.tries.update(result for result in results if result)
        self.blocked |= all(result is Result.LATER for result in results)
        return [
            Due(push, update) for (push, update), result in zip(settled, results, strict=True) if not result
        ]

    async def _guarded(self, step: Step, due: Due) -> Tried:
        push = due.push
        try:
            return await step(due)
        except NotNow as error:
            later = pushing.later(push, str(error), error.retry_after_seconds, self._now())
            return Tried(later, Result.LATER)
        except Refused as error:
            return Tried(pushing.stuck(push, str(error), self._now()), Result.STUCK)
        except Exception as error:  # one that nobody thought of must not hold up the others
            log.warning("a push failed", push=str(push.key), kind=type(error).__name__)
            return Tried(pushing.later(push, UNEXPECTED, None, self._now()), Result.LATER)

    async def _deliver(self, due: Due) -> Tried:
        told = await self.system.deliver(due.update)
        return Tried(pushing.delivered(due.push, told.remote_id, told.version, self._now()))

    async def _look(self, due: Due) -> Tried:
        found = await self.system.read_back(due.update)
        match found.kept:
            case Kept.SAME:
                return Tried(pushing.confirmed(due.push, found.version, self._now()), Result.CONFIRMED)
            case Kept.MISSING:
                return Tried(pushing.lost(due.push, self._now()), Result.LOST)
            case Kept.OTHERWISE:
                return Tried(pushing.stuck(due.push, found.why, self._now()), Result.STUCK)

    def _now(self) -> datetime:
        """Return the moment, as far as the run has come."""
        return self.as_of + timedelta(seconds=time.monotonic() - self.began)
