"""A relay, in a process of its own, that is killed on the way from the broker's word to the mark."""

import asyncio
import os
import random
import signal
from collections.abc import Collection
from datetime import datetime

from casework.measures import Measures
from store.database import Store, Transaction
from streams import outgoing
from streams.broker import Broker
from streams.outgoing import Box
from streams.relay import Relay
from tests.messages import NOTTINGHAM

ROUND = 20
"""How many messages are published and marked at once: few, so that there is much to be killed amid."""


def publish_until_killed(url: str, broker: Broker, seed: int) -> None:
    """Publish; in the first or the second round that has anything, before the mark or before its commit,
    SIGKILL this process.
    """
    dice = random.Random(seed)
    fuse = Fuse(rounds=dice.randrange(2), before=bool(dice.randrange(2)))
    boxes = [fuse.on(box) for box in outgoing.BOXES]
    asyncio.run(Relay(Store(url), [NOTTINGHAM], broker, Measures(), boxes=boxes, most=ROUND).run())


class Fuse:
    """Counts the rounds that are left."""

    def __init__(self, rounds: int, *, before: bool) -> None:
        self._rounds = rounds
        self._before = before

    def on(self, box: Box) -> Box:
        """Return a box that is not marked any more once the fuse has burnt down."""

        async def mark(tx: Transaction, numbers: Collection[int], now: datetime) -> None:
            if self._rounds == 0 and self._before:
                os.kill(os.getpid(), signal.SIGKILL)
            await box.mark_published(tx, numbers, now)
            if self._rounds == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._rounds -= 1

        return box._replace(mark_published=mark)
