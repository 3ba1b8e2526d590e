"""What the relay takes from the database to Kafka: domain events, and notifications that came another way."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schemas import topics
from schemas.envelope import envelope
from store import inbox, outbox
from store.database import Transaction

BATCH = 500


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is sent of the row `no`: where to, under which key, and the trace it is part of."""

    no: int
    topic: str
    key: str
    value: bytes
    trace: str | None = None


class Box(NamedTuple):
    """Where messages wait, and how they are marked once the broker has them.

    `waiting` takes the rows that are not asked for, since the broker refuses them, and how many are.
    """

    waiting: Callable[[Transaction, Collection[int], int], Awaitable[list[Outgoing]]]
    mark_published: Callable[[Transaction, Collection[int], datetime], Awaitable[None]]


async def _events(tx: Transaction, refused: Collection[int], limit: int) -> list[Outgoing]:
    return [
        Outgoing(
            each.no,
            each.topic,
            str(each.child_id),
            envelope(each.event_id, each.type, each.payload, each.created_at),
        )
        for each in await outbox.waiting(tx, limit, refused)
    ]


async def _notifications(tx: Transaction, refused: Collection[int], limit: int) -> list[Outgoing]:
    return [
        Outgoing(each.no, topics.NOTIFICATIONS, each.subject, each.payload.encode(), each.trace)
        for each in await inbox.unpublished(tx, limit, refused)
    ]


BOXES = (Box(_notifications, inbox.mark_published), Box(_events, outbox.mark_published))
