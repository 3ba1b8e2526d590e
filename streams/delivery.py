"""From Kafka's records to what is applied: every record is dealt with, or dealt with again.

What a worker reads and what the gap reader reads goes through here, and nothing else does.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from casework import intake
from casework.carry import Carrier, places_by_authority
from casework.intake import Incoming, Receipt, Sender
from schemas.reading import Problem
from schemas.topics import only_source
from store.database import DatabaseUnavailable
from store.positions import Position

log = structlog.get_logger()
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 15.0


@dataclass(frozen=True, slots=True)
class Record:
    """One message of Kafka's log: its bytes as they are, where it stands, and the trace it is part of."""

    value: bytes | None
    position: Position
    trace: str | None = None


class Delivery:
    """Takes records in and applies them."""

    def __init__(self, carrier: Carrier, authorities: Sequence[str]) -> None:
        self._carrier = carrier
        self._authorities = authorities

    async def deliver(self, records: Sequence[Record]) -> None:
        """Deal with a batch until all of it is committed or kept as dead letters; a database that is away is
        waited for. Raises nothing but a cancellation.
        """
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._deliver(records)
            except Exception as error:
                log.warning(
                    "records wait", records=len(records), kind=type(error).__name__, retry_after_seconds=pause
                )
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return

    async def _deliver(self, records: Sequence[Record]) -> None:
        by_topic: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_topic[record.position.of.topic].append(record)
        told: list[tuple[Receipt, Position]] = []
        for topic, group in by_topic.items():
            receipts = await self._take_in(topic, group)
            told += zip(receipts, (record.position for record in group), strict=True)
        for authority, places in places_by_authority(told).items():
            await self._carrier.carry(list(places), authority, places)

    async def _take_in(self, topic: str, records: Sequence[Record]) -> list[Receipt]:
        """Store records; where that fails for another reason than the database, halve them until what fails
        stands alone, and keep its bytes as a dead letter.
        """
        sender = Sender("kafka", topic, self._authorities, source=only_source(topic))
        incoming = [Incoming(record.value or b"", record.position, record.trace) for record in records]
        try:
            receipts = await intake.receive(self._carrier.store, sender, incoming, self._carrier.clock())
        except DatabaseUnavailable:
            raise
        except Exception as error:
            log.warning("records refused", topic=topic, records=len(records), kind=type(error).__name__)
            if len(records) > 1:
                half = len(records) // 2
                return [
                    *await self._take_in(topic, records[:half]),
                    *await self._take_in(topic, records[half:]),
                ]
            problem = Problem("", f"could not be stored ({type(error).__name__}): report this, then replay")
            store, now = self._carrier.store, self._carrier.clock()
            receipts = [await intake.refuse(store, sender, incoming[0], problem, now)]
        for receipt in receipts:
            self._carrier.measures.received.labels(sender.via, receipt.verdict.value).inc()
        return receipts
