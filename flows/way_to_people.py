"""The way of what waits to the people who are to be told, in one run."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from casework import brief, delivering
from casework.delivering import Parcel
from connectors import briefing, messages
from connectors.channel import Message, TryAgain, WillNeverWork
from flows.surroundings import Surroundings

log = structlog.get_logger()
SIDE_BY_SIDE: Final = 8
UNEXPECTED: Final = "something unexpected went wrong here: look for it in the log of the flows"
Outcome = tuple[str, str, str]
"""An authority, a channel, and what came of it: sent, later or failed."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of each message of a run."""

    as_of: datetime
    messages: Mapping[Outcome, int]


async def deliver(here: Surroundings, as_of: datetime, step: str | None = None) -> Delivered:
    """Send everything that may go out now, of all steps or of one; runs at once share the work.

    Raises:
        DatabaseUnavailable: the database does not answer; what was taken goes out when its lease is over.
    """
    way = _Way(here, as_of)
    for authority in here.authorities:
        await way.go(authority, step)
    return Delivered(as_of, way.outcomes)


@dataclass(slots=True)
class _Way:
    here: Surroundings
    as_of: datetime
    began: float = field(default_factory=time.monotonic)
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    async def go(self, authority: str, step: str | None) -> None:
        here, lanes = self.here, asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(parcel: Parcel) -> None:
            async with lanes:
                result = await self._send(authority, parcel)
            self.outcomes[authority, parcel.channel, result] += 1

        while True:
            now = self._now()
            taken = await delivering.claim(here.store, authority, here.policy, here.channels, now, step)
            if taken is None:
                return
            await asyncio.gather(*map(one, taken))

    async def _send(self, authority: str, parcel: Parcel) -> str:
        store = self.here.store
        try:
            message = await self._message(authority, parcel)
            reference = await self.here.channels[parcel.channel].send(message)
        except TryAgain as error:
            again = await delivering.not_sent(
                store, authority, parcel, str(error), self._now(), error.after_seconds
            )
            return "later" if again else "failed"
        except WillNeverWork as error:
            await delivering.never(store, authority, parcel, str(error), self._now())
            return "failed"
        except Exception as error:  # one that nobody thought of must not hold up the others
            log.warning("a message failed", key=parcel.key, kind=type(error).__name__)
            again = await delivering.not_sent(store, authority, parcel, UNEXPECTED, self._now())
            return "later" if again else "failed"
        await delivering.sent(store, authority, parcel, reference, self._now())
        return "sent"

    async def _message(self, authority: str, parcel: Parcel) -> Message:
        address, now = self.here.address, self._now()
        if parcel.brief_of is None:
            return messages.alert(parcel.notices, key=parcel.key, to=parcel.to, address=address, now=now)
        told = await brief.brief_of(self.here.store, authority, self.here.policy, parcel.person, now)
        return briefing.message(told, key=parcel.key, to=parcel.to, address=address)

    def _now(self) -> datetime:
        """Return the moment, as far as the run has come."""
        return self.as_of + timedelta(seconds=time.monotonic() - self.began)
