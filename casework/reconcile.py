"""What a reconciliation finds: how far Kafka's log was read, and what waits in the inbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import inbox
from store.database import Store
from store.positions import Partition, Span

RECONCILE = "system:reconcile"


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """One partition: its offsets from `start` to `end`, and what a reconciliation did about its holes.

    `holes` are offsets that the workers will not read again though nobody saw them; `filled` counts the
    messages that were in them, and `lost` those that the broker had deleted before anybody saw them, ever.
    `behind` counts what is still to be read.
    """

    of: Partition
    start: int
    end: int
    committed: int | None
    holes: tuple[Span, ...]
    filled: int
    lost: int
    behind: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in an authority's inbox, and since when."""

    authority: str
    waiting: int
    oldest_received_at: datetime | None


async def backlogs(store: Store, authorities: Sequence[str]) -> list[Backlog]:
    """Return what waits in each authority's inbox.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    found = []
    for authority in authorities:
        async with store.transaction(authority, RECONCILE) as tx:
            found.append(Backlog(authority, *await inbox.backlog(tx)))
    return found
