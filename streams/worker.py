"""The distributed carrier: a Faust app whose agent feeds `casework.carry` from Kafka.

Faust holds no state and decides nothing: it brings raw bytes in bounded batches, and hears that they are
done after the commit. What it loses or brings twice, the database's own record of offsets finds out
(docs/adr/0010-positions-judge-the-client.md).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import faust
import structlog

from casework.tracing import told_beside
from store.positions import Partition, Position
from streams import log as kafka_log
from streams.broker import Broker, BrokerError
from streams.delivery import Record

log = structlog.get_logger()
BATCH: Final = 500
WITHIN_SECONDS: Final = 0.2
"""How long a batch waits to fill: what one message alone is late by."""
SESSION_SECONDS, HEARTBEAT_SECONDS = 10.0, 2.0
"""After how long without a heartbeat a worker counts as dead, and another gets its partitions."""
STOP_SECONDS: Final = 20.0
PAUSE_SECONDS: Final = 2.0
LOOK_AGAIN_SECONDS: Final = 60.0
"""How often it looks for topics that are lacking, while it reads those that are there."""
METADATA_SECONDS: Final = 30.0
"""After how long a partition that was added is noticed."""
Deliver = Callable[[Sequence[Record]], Awaitable[None]]


class Worker:
    """Reads some topics as one of a group, whatever becomes of the brokers meanwhile."""

    def __init__(self, broker: Broker, topics: Sequence[str], group: str, deliver: Deliver) -> None:
        self._broker = broker
        self._topics = topics
        self._group = group
        self._deliver = deliver
        self._app: faust.App | None = None
        self.left = False
        """Whether Faust goes on though it was to stop: while the broker is away it waits for it, for ever."""

    @property
    def at_work(self) -> bool:
        """Whether it has joined the group and reads."""
        return self._app is not None and self._app.rebalancing_count > 0 and not self._app.rebalancing

    async def run(self) -> None:
        """Run until cancelled, then finish the batch that is under way and leave the group."""
        while True:
            try:
                await self._work()
            except BrokerError as error:
                log.warning("worker waits", reason=str(error), retry_after_seconds=PAUSE_SECONDS)
            except Exception as error:
                # whatever Faust stumbled over: a new app begins where the group's offsets stand
                log.error("worker begins again", kind=type(error).__name__)  # noqa: TRY400 - no words
            await asyncio.sleep(PAUSE_SECONDS)

    async def _work(self) -> None:
        found = await asyncio.to_thread(kafka_log.partitions, self._broker, self._topics)
        if lacking := sorted(set(self._topics) - {of.topic for of in found}):
            log.error("topics are lacking: run homeward topics create", topics=lacking)
        if not found:
            raise BrokerError("there is no topic to read: run homeward topics create")
        agent = Agent(self._deliver, found)
        with TemporaryDirectory(prefix="homeward-faust-") as directory:  # it wants one, and keeps nothing
            self._app = app = create_app(self._broker, self._group, agent, Path(directory))
            try:
                await app.start()
                await _first_of(
                    app.wait_until_stopped(), agent.failed, *([self._appearance(lacking)] if lacking else [])
                )
                log.warning("worker begins again", kind="Faust ended, or a topic that was lacking is there")
            finally:
                self._app = None
                await self._stop(app)

    async def _appearance(self, lacking: Sequence[str]) -> None:
        """Wait until one of these topics is there."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            try:
                found = await asyncio.to_thread(kafka_log.partitions, self._broker, lacking)
            except BrokerError:
                continue  # Faust waits for it, too
            if found:
                return

    async def _stop(self, app: faust.App) -> None:
        """Stop Faust, or leave it: it catches a cancellation, and nothing may take the place of our own."""
        stopping = asyncio.create_task(app.stop())
        await asyncio.wait([stopping], timeout=STOP_SECONDS)
        if not stopping.done() or stopping.exception():
            self.left = True
            log.warning("the worker could not leave its group")


class Agent:
    """What is done with the messages of some partitions, as `streams.log.partitions` gives them.

    `deliver` returns when every record is committed or kept, and raises nothing. Should anything be raised
    all the same, `failed` has it: Faust itself would go on without its agent, and say nothing.
    """

    def __init__(self, deliver: Deliver, found: Sequence[Partition]) -> None:
        self._deliver = deliver
        self._known = {of.topic: of for of in found}
        self.topics = sorted(self._known)
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def apply_notifications(self, stream: Any) -> None:
        """Deliver batches as they come, and acknowledge each once it is delivered."""
        try:
            async for events in stream.noack_take(BATCH, within=WITHIN_SECONDS):
                await self._deliver([record_of(event.message, self._known) for event in events])
                for event in events:
                    event.ack()
        except Exception as error:
            if not self.failed.done():
                self.failed.set_exception(error)
            raise


class App(faust.App):
    """Faust, but for how it stops while its group is shared out anew."""

    def _on_rebalance_when_stopped(self) -> None:
        """Leave the consumer to the stop that is under way, which closes it in its own thread.

        Faust would mark it as closed, so that the stop passes it by, and close it from the loop of another
        thread: it hangs, or its connections stay, and the group waits for a member that is gone.
        """


def create_app(broker: Broker, group: str, agent: Agent, directory: Path) -> faust.App:
    """Return the app, which keeps nothing in `directory`; nothing is opened until it is started."""
    app = App(
        group,
        broker=[f"kafka://{address}" for address in broker.addresses],
        broker_credentials=_credentials(broker),
        key_serializer="raw",
        value_serializer="raw",
        store="memory://",
        datadir=directory,
        web_enabled=False,
        autodiscover=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=False,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=broker.max_request_bytes,
        broker_max_poll_records=BATCH,
        stream_buffer_maxsize=BATCH * 2,
        broker_commit_interval=1.0,
        consumer_metadata_max_age_ms=int(METADATA_SECONDS * 1000),
        broker_session_timeout=SESSION_SECONDS,
        broker_heartbeat_interval=HEARTBEAT_SECONDS,
    )
    channel = app.topic(*agent.topics, key_serializer="raw", value_serializer="raw")
    app.agent(channel, name="apply-notifications")(agent.apply_notifications)
    return app


async def _first_of(*ends: Awaitable[None]) -> None:
    """Wait until one of these ends, and cancel the others.

    Raises:
        Exception: what it raised.
    """
    tasks = [asyncio.ensure_future(each) for each in ends]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        for task in tasks:
            task.cancel()


def record_of(message: Any, known: Mapping[str, Partition]) -> Record:
    """Return what is delivered of a message as Faust brings it, also from a partition added since."""
    of = known[message.topic]._replace(partition=message.partition)
    return Record(message.value, Position(of, message.offset), told_beside(message.headers))


def _credentials(broker: Broker) -> faust.SASLCredentials | faust.SSLCredentials | None:
    context = broker.tls_context()
    if broker.user:
        return faust.SASLCredentials(
            username=broker.user, password=broker.password, ssl_context=context, mechanism=broker.mechanism
        )
    return faust.SSLCredentials(context) if context else None
