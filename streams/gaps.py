"""The gap reader: reads again what the workers will not read any more and nobody saw.

No fault of a client, nor of whoever moves the group's offsets, can lose a message that the broker still has.
"""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import structlog
from kafka import KafkaConsumer, TopicPartition

from casework.reconcile import RECONCILE, ReadSoFar
from casework.tracing import told_beside
from store import positions
from store.positions import Partition, Position, Span
from streams.broker import Broker, BrokerError, told_as_ours
from streams.delivery import Delivery, Record
from streams.watch import LogWatch

log = structlog.get_logger()
BATCH: Final = 500
POLL_MS: Final = 1000
EMPTY_POLLS: Final = 30
"""After how many polls that bring nothing a broker counts as silent."""


class GapReader:
    """Fills the holes that a watch finds."""

    def __init__(self, watch: LogWatch, delivery: Delivery) -> None:
        self._watch = watch
        self._delivery = delivery

    async def fill(self, as_of: datetime) -> list[ReadSoFar]:
        """Fill every hole, and return how far each partition was read then.

        Raises:
            BrokerError: no broker answers, or it falls silent: what was read meanwhile is done.
            DatabaseUnavailable: the database does not answer.
        """
        states: list[ReadSoFar] = []
        trouble: BrokerError | None = None
        for state in await self._watch.look(as_of):
            try:
                states.append(await self._fill(state) if state.holes else state)
            except BrokerError as error:  # the other partitions have their turn all the same
                trouble = trouble or error
        if trouble:
            raise trouble
        return states

    async def _fill(self, state: ReadSoFar) -> ReadSoFar:
        of = state.of
        log.warning("holes in the log", topic=of.topic, partition=of.partition, spans=state.holes)
        filled = 0
        with told_as_ours(self._watch.broker.addresses):
            consumer = await asyncio.to_thread(_consumer, self._watch.broker, of)
            try:
                for hole in state.holes:
                    filled += await self._read(consumer, of, hole)
            finally:
                await asyncio.to_thread(consumer.close)
        return replace(state, filled=filled, behind=state.behind - sum(hole.size for hole in state.holes))

    async def _read(self, consumer: KafkaConsumer, of: Partition, hole: Span) -> int:
        """Deliver what is in a hole, and return how many messages that were; the rest of it holds none."""
        place, filled = TopicPartition(of.topic, of.partition), 0
        consumer.seek(place, hole.start)
        empty = 0
        while await asyncio.to_thread(consumer.position, place) < hole.end:
            polled = await asyncio.to_thread(consumer.poll, POLL_MS, BATCH)
            records = [_record(of, one) for one in polled.get(place, ()) if one.offset < hole.end]
            await self._delivery.deliver(records)
            filled += len(records)
            empty = 0 if polled else empty + 1
            if empty > EMPTY_POLLS:
                raise BrokerError(f"Kafka gives nothing of {of.topic}/{of.partition}: look at its log")
        begins = (await asyncio.to_thread(consumer.beginning_offsets, [place]))[place]
        async with self._watch.store.transaction("", RECONCILE) as tx:  # below, it may be deleted by now
            await positions.passed(tx, of, [Span(max(hole.start, begins), max(hole.end, begins))])
        return filled


def _consumer(broker: Broker, of: Partition) -> KafkaConsumer:
    broker.look_for_it()
    consumer = KafkaConsumer(
        **broker.for_kafka_python(),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
        max_partition_fetch_bytes=broker.max_request_bytes,
    )
    consumer.assign([TopicPartition(of.topic, of.partition)])
    return consumer


def _record(of: Partition, told: Any) -> Record:
    return Record(told.value, Position(of, told.offset), told_beside(told.headers))
