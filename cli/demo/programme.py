"""What is posted when: the month within minutes, with what is broken in between, and then as it happens."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain
from typing import NamedTuple

from cli.demo import SEED
from cli.demo.broken import Broken, broken
from cli.demo.desk import Event
from cli.demo.life import Life
from cli.demo.month import play

BACK = timedelta(hours=6)
"""How far back to begin again after a long time of silence."""


class Post(NamedTuple):
    """One message, when it is due to be sent, and with whose token."""

    due_at: datetime
    source: str
    message: Event | Broken


def programme(ends_at: datetime, minutes: float, every: timedelta, now: datetime) -> Iterator[Post]:
    """Yield everything to be posted, without end.

    The month that ended at `ends_at` takes `minutes` from then; after that there is a telling about every
    `every`. Who begins later finds much of it due at once, as a force does whose connection was down.
    """
    month = play(SEED, ends_at)
    begins_at = ends_at + timedelta(minutes=minutes)
    life = Life(f"{SEED}/{ends_at.isoformat()}", begins_at, every, month)
    return chain(
        merge(
            _spread(month.events, ends_at, begins_at),
            _spread(broken(month.events), ends_at, begins_at),
            key=lambda post: post.due_at,
        ),
        (Post(told.at, str(told.event["source"]), told.event) for told in life.since(now - BACK)),
    )


def _spread(messages: Sequence[Event | Broken], begins_at: datetime, ends_at: datetime) -> Iterator[Post]:
    """Yield the messages evenly over the time."""
    for place, message in enumerate(messages, start=1):
        source = message.source if isinstance(message, Broken) else str(message["source"])
        yield Post(begins_at + (ends_at - begins_at) * (place / len(messages)), source, message)
