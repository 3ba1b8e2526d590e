"""How far Kafka's log was read: what the brokers say of it, against what the database saw."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from prometheus_client import Gauge

from casework.carry import now_utc
from casework.measures import Measures
from casework.reconcile import RECONCILE, ReadSoFar
from store import positions
from store.database import DatabaseUnavailable, Store
from store.positions import Span
from streams import log as kafka_log
from streams.broker import Broker, BrokerError
from streams.log import Extent

log = structlog.get_logger()
UNDER_WAY: Final = timedelta(minutes=5)
"""For how long a message may be on its way through a worker before somebody else reads it too."""
LOOK_EVERY_SECONDS: Final = 15.0


class LogWatch:
    """Looks at the partitions of some topics, as the group of workers reads them.

    A hole is an offset that the workers will not read any more though nobody saw it: before what their group
    committed, or so old that it should have been read long ago.
    """

    def __init__(self, broker: Broker, topics: Sequence[str], group: str, store: Store) -> None:
        self.broker = broker
        self.store = store
        self._topics = topics
        self._group = group

    async def look(self, as_of: datetime) -> list[ReadSoFar]:
        """Return how far each partition was read, and where the holes are.

        Raises:
            BrokerError: no broker answers.
            DatabaseUnavailable: the database does not answer.
        """
        before = as_of - UNDER_WAY
        extents = await asyncio.to_thread(kafka_log.extents, self.broker, self._topics, self._group, before)
        return [await self._state(extent) for extent in extents]

    async def _state(self, extent: Extent) -> ReadSoFar:
        of = extent.of
        async with self.store.transaction("", RECONCILE) as tx:
            unseen = await positions.unseen(tx, of, Span(0, extent.end))
            if gone := list(_within(unseen, Span(0, extent.start))):
                await positions.lost(tx, of, gone)
                log.error("deleted before it was read", topic=of.topic, partition=of.partition, spans=gone)
            lost = await positions.count_lost(tx, of)
        past = Span(extent.start, max(extent.committed or 0, extent.settled))
        return ReadSoFar(
            of,
            extent.start,
            extent.end,
            extent.committed,
            holes=tuple(_within(unseen, past)),
            filled=0,
            lost=lost,
            behind=sum(span.size for span in _within(unseen, Span(extent.start, extent.end))),
        )


class LagMeasured:
    """Keeps three measurements of each partition current."""

    def __init__(self, watch: LogWatch, measures: Measures, clock: Callable[[], datetime] = now_utc) -> None:
        self._watch = watch
        self._clock = clock
        self._behind, self._holes, self._lost = (
            Gauge(f"homeward_log_{name}", told, ["topic", "partition"], registry=measures.registry)
            for name, told in MEASURED.items()
        )

    async def run(self) -> None:
        """Look now and then until cancelled; while nobody answers the last figures stand."""
        while True:
            try:
                await self.measure()
            except (BrokerError, DatabaseUnavailable) as error:
                log.warning("lag is not known", kind=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def measure(self) -> None:
        """Look once."""
        for state in await self._watch.look(self._clock()):
            labels = (state.of.topic, str(state.of.partition))
            self._behind.labels(*labels).set(state.behind)
            self._holes.labels(*labels).set(sum(hole.size for hole in state.holes))
            self._lost.labels(*labels).set(state.lost)


MEASURED: Final = {
    "behind": "Messages of a partition that are not dealt with yet",
    "holes": "Those of them that the workers will not read any more: the reconciliation does",
    "lost": "Messages that the broker deleted before they were read",
}


def _within(spans: Iterable[Span], bounds: Span) -> Iterator[Span]:
    """Yield what of the spans lies within the bounds."""
    for span in spans:
        part = Span(max(span.start, bounds.start), min(span.end, bounds.end))
        if part.size > 0:
            yield part
