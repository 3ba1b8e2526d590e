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
from casework.delivering import Post
from casework.parcels import Parcel
from casework.policy_in_force import policy_of
from connectors import briefing, messages
from connectors.channel import Message, TryAgain, WillNeverWork
from flows.surroundings import Surroundings

log = structlog.get_logger()
SIDE_BY_SIDE: Final = 8
AT_MOST: Final = timedelta(minutes=2)
"""How long one message may take, a slow server included."""
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
        policy = await policy_of(here.store, authority, here.policy)
        await way.go(Post(here.store, authority, policy, here.channels, step))
    return Delivered(as_of, way.outcomes)


@dataclass(slots=True)
class _Way:
    here: Surroundings
    as_of: datetime
    began: float = field(default_factory=time.monotonic)
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    async def go(self, post: Post) -> None:
        lanes = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(parcel: Parcel, until: datetime) -> None:
            async with lanes:
                ours = self._now() < until  # else it may be another run's by now
                result = await self._settle(post, parcel) if ours else "later"
            self.outcomes[post.authority, parcel.channel, result] += 1

        while (taken := await delivering.claim(post, now := self._now())) is not None:
            await asyncio.gather(*(one(parcel, now + delivering.LEASE - AT_MOST) for parcel in taken))

    async def _settle(self, post: Post, parcel: Parcel) -> str:
        """Send a parcel, write down what became of it, and say that."""
        after_seconds: float | None = None
        try:
            message = await self._message(post, parcel)
            reference = await self.here.channels[parcel.channel].send(message)
        except WillNeverWork as error:
            await delivering.never(post, parcel, str(error), self._now())
            return "failed"
        except TryAgain as error:
            why, after_seconds = str(error), error.after_seconds
        except Exception as error:  # one that nobody thought of must not hold up the others
            log.warning("a message failed", key=parcel.key, kind=type(error).__name__)
            why = UNEXPECTED
        else:
            await delivering.sent(post, parcel, reference, self._now())
            return "sent"
        again = await delivering.not_sent(post, parcel, why, after_seconds, self._now())
        return "later" if again else "failed"

    async def _message(self, post: Post, parcel: Parcel) -> Message:
        address, now = self.here.address, self._now()
        if parcel.brief_of is None:
            return messages.alert(parcel.notices, key=parcel.key, to=parcel.to, address=address, now=now)
        told = await brief.brief_of(post.store, post.authority, post.policy, parcel.person, now)
        return briefing.message(told, key=parcel.key, to=parcel.to, address=address)

    def _now(self) -> datetime:
        """Return the moment, as far as the run has come."""
        return self.as_of + timedelta(seconds=time.monotonic() - self.began)
