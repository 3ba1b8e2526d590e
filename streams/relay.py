"""The relay: what is true in the database, told to Kafka.

At least once: what is told again has the id it had. One relay publishes at a time; others stand by.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final

import psycopg
import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError, MessageSizeTooLargeError, RecordListTooLargeError
from prometheus_client import Counter

from casework import tracing
from casework.apply import CHANGED
from casework.carry import now_utc
from casework.measures import Measures
from store import inbox
from store.database import CONNECT, DatabaseUnavailable, Store
from streams.broker import Broker, BrokerError, told_as_ours
from streams.outgoing import BATCH, BOXES, Box, Outgoing

log = structlog.get_logger()
RELAY: Final = "system:relay"
LISTEN_SECONDS: Final = 1.0
DELIVERY_MS: Final = 15_000
"""How long the producer tries to deliver a message before the round is given up, and begun again."""
FLUSH_SECONDS: Final = 2 * DELIVERY_MS / 1000
"""How long the producer may take to say how a batch ended: longer, and it never will."""
TOO_LARGE: Final = (MessageSizeTooLargeError, RecordListTooLargeError)
STRUCTURED: Final = b"application/cloudevents+json; charset=UTF-8"
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 5.0


class ProducerSpent(BrokerError):
    """The producer cannot be used any more: another one is made."""


class Relay:
    """Publishes what waits, oldest first, and marks it once the broker has it."""

    def __init__(
        self,
        store: Store,
        authorities: Sequence[str],
        broker: Broker,
        measures: Measures,
        clock: Callable[[], datetime] = now_utc,
        *,
        boxes: Sequence[Box] = BOXES,
        most: int = BATCH,
    ) -> None:
        self._store = store
        self._authorities = authorities
        self._broker = broker
        self._clock = clock
        self._boxes = boxes
        self._refused: dict[Box, set[int]] = {box: set() for box in boxes}
        """Rows that the broker never takes; a relay that is started anew tries them again."""
        self._most = self._at_once = most
        self._published = Counter(
            "homeward_published", "Messages that the broker has", ["topic"], registry=measures.registry
        )
        self.at_work = False
        """Whether it publishes: it holds the lock, and the broker answered."""

    async def run(self) -> None:
        """Run until cancelled; a broker or a database that is away is waited for, with growing patience."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._alone() as connection, self._producer() as producer:
                    while True:
                        await self._round(connection, producer)
                        self.at_work, pause = True, FIRST_PAUSE_SECONDS
            except (DatabaseUnavailable, BrokerError, psycopg.Error) as error:
                log.warning("relay waits", reason=str(error), retry_after_seconds=pause)
            finally:
                self.at_work = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def drain(self) -> int:
        """Publish all that waits now, and return how many messages that were.

        Raises:
            BrokerError: no broker answers, or it does not take all of them: those still wait.
        """
        async with self._producer() as producer:
            return await self._publish_all(producer)

    async def _round(self, connection: psycopg.AsyncConnection[Any], producer: KafkaProducer) -> None:
        await connection.execute("SELECT 1")  # the lock is ours for as long as this connection lives
        if await self._publish_all(producer) == 0:
            async for _ in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                pass

    async def _publish_all(self, producer: KafkaProducer) -> int:
        """Publish what waits, notifications first: clocks hang on them. What fails of one kind, or of one
        authority, does not hold up the others.

        Raises:
            BrokerError: what failed first, after all the others had their turn.
        """
        done, trouble = 0, None
        for box in self._boxes:
            for authority in self._authorities:
                try:
                    while told := await self._publish(producer, authority, box):
                        done += told
                except ProducerSpent:
                    raise
                except (BrokerError, KafkaError, ValueError, LookupError) as error:
                    trouble = trouble or BrokerError(f"of {authority} not all is published: {error}")
        if trouble:
            raise trouble
        return done

    async def _publish(self, producer: KafkaProducer, authority: str, box: Box) -> int:
        async with self._store.transaction(authority, RELAY) as tx:
            waiting = await box.waiting(tx, self._refused[box], self._at_once)
        if not waiting:
            self._at_once = self._most
            return 0
        sent, error = await asyncio.to_thread(_send, producer, waiting)
        async with self._store.transaction(authority, RELAY) as tx:
            await box.mark_published(tx, [each.no for each in waiting[:sent]], self._clock())
        for each in waiting[:sent]:
            self._published.labels(each.topic).inc()
        if error:
            self._take_care(box, waiting[sent], error)
            raise BrokerError(f"{waiting[sent].topic} did not take it ({type(error).__name__})") from error
        return sent

    def _take_care(self, box: Box, failed: Outgoing, error: Exception) -> None:
        """After what the broker never takes, go one by one; leave alone what it refuses then.

        Raises:
            ProducerSpent: a producer that was told so gives up everything, so that only a message sent alone,
                by another producer, shows which one it was.
        """
        if not isinstance(error, TOO_LARGE):
            return
        if self._at_once == 1:
            log.error("its topic takes nothing so large", topic=failed.topic, row=failed.no)
            self._refused[box].add(failed.no)
        self._at_once = self._most if failed.no in self._refused[box] else 1
        raise ProducerSpent(f"{failed.topic} takes nothing so large")

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """Wait to be the only relay, and yield a connection that holds the lock and hears what is new."""
        address = self._store.url.replace("postgresql+psycopg://", "postgresql://")
        async with await psycopg.AsyncConnection.connect(address, autocommit=True, **CONNECT) as connection:
            await connection.execute("SELECT pg_advisory_lock(hashtextextended('homeward/relay', 0))")
            await connection.execute(f"LISTEN {inbox.CHANNEL}")
            await connection.execute(f"LISTEN {CHANGED}")
            yield connection

    @asynccontextmanager
    async def _producer(self) -> AsyncIterator[KafkaProducer]:
        with told_as_ours(self._broker.addresses):
            await asyncio.to_thread(self._broker.look_for_it)
            producer = await asyncio.to_thread(
                KafkaProducer,
                **self._broker.for_kafka_python(),
                acks="all",
                enable_idempotence=True,
                linger_ms=5,
                batch_size=200_000,
                delivery_timeout_ms=DELIVERY_MS,
                max_block_ms=DELIVERY_MS,
                max_request_size=self._broker.max_request_bytes,
                allow_auto_create_topics=False,
            )
            try:
                yield producer
            finally:
                await asyncio.to_thread(producer.close, 1)


def _send(producer: KafkaProducer, waiting: Sequence[Outgoing]) -> tuple[int, Exception | None]:
    """Send messages and return how many, from the first on, the broker has, and why not the next one.

    What comes after one that failed is not counted, and goes again: what is told last of a child is what
    happened last.

    Raises:
        ProducerSpent: it does not say in time.
    """
    spans = [tracing.begin("publish notification", tracing.SpanKind.PRODUCER, one.trace) for one in waiting]
    futures = [
        producer.send(one.topic, one.value, one.key.encode(), _headers(span))
        for one, span in zip(waiting, spans, strict=True)
    ]
    try:
        producer.flush(FLUSH_SECONDS)
    except KafkaTimeoutError as error:
        raise ProducerSpent("the producer does not say what became of what it was given") from error
    finally:
        for span in spans:
            span.end()
    failed = next((n for n, future in enumerate(futures) if not future.succeeded()), None)
    if failed is None:
        return len(futures), None
    return failed, futures[failed].exception or BrokerError("it did not say")


def _headers(span: tracing.Span) -> list[tuple[str, bytes]]:
    """Return what stands beside a message: that it is structured, as CloudEvents' Kafka binding wants it
    said, and the trace that it is part of.
    """
    trace = tracing.traceparent(span)
    return [("content-type", STRUCTURED), *([(tracing.HEADER, trace.encode())] if trace else [])]
