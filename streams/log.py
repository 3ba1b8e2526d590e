"""Kafka's log as it is now: its topics, and where each partition begins, ends and was committed.

Every call opens a connection of its own and blocks: `asyncio.to_thread` is for the caller.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import InvalidReplicationFactorError, KafkaError, TopicAlreadyExistsError
from kafka.net.compat import KafkaNetClient

from schemas import topics
from store.positions import Partition
from streams.broker import PATIENCE_MS, Broker, BrokerError, told_as_ours

ASK_AGAIN_SECONDS: Final = 0.2
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape:
    """How topics are made: -1 replicas are as many as the broker's own default says."""

    partitions: int
    replication: int
    retention_ms: int


@dataclass(frozen=True, slots=True)
class Extent:
    """One partition's offsets: the first there is, the one that comes next, and the next that the group of
    workers will read. `settled` is the next after the last that is older than the moment asked for.
    """

    of: Partition
    start: int
    end: int
    committed: int | None
    settled: int


@contextmanager
def administering(broker: Broker) -> Iterator[Any]:
    """Yield an administration client.

    Raises:
        BrokerError: no broker answers, or it refuses what is asked.
    """
    with told_as_ours(broker.addresses):
        broker.look_for_it()
        made: list[KafkaNetClient] = []

        def net_client(**settings: Any) -> Any:
            made.append(KafkaNetClient(**settings))
            return made[-1]

        try:
            yield KafkaAdminClient(**broker.for_kafka_python(), kafka_client=net_client)
        finally:
            for each in made:  # also where the broker let nobody in: then its thread would go on for ever
                each.close()
                each._manager._net.stop()  # noqa: SLF001  # as KafkaAdminClient.close does


def patiently(ask: Callable[[], T]) -> T:
    """Ask until the answer is not that it will be another one soon: a new cluster has no coordinator yet.

    Raises:
        KafkaError: it still is after some seconds, or it is another error.
    """
    give_up_at = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            return ask()
        except KafkaError as error:
            if not error.retriable or time.monotonic() > give_up_at:
                raise
        time.sleep(ASK_AGAIN_SECONDS)


def create_topics(broker: Broker, names: Sequence[str], shape: Shape) -> list[str]:
    """Make those of these topics that are not there yet, and return which those were.

    Raises:
        BrokerError: no broker answers, or it refuses.
    """
    with administering(broker) as client:
        there = set(client.list_topics())
        missing = [name for name in names if name not in there]
        made = [name for name in missing if _create(client, name, _wanted(name, shape, broker))]
        client.wait_for_topics(names)
    return made


def lacking(broker: Broker, names: Sequence[str]) -> list[str]:
    """Return which of these topics are not there.

    Raises:
        BrokerError: no broker answers.
    """
    with administering(broker) as client:
        there = set(client.list_topics())
    return [name for name in names if name not in there]


def partitions(broker: Broker, names: Sequence[str]) -> list[Partition]:
    """Return every partition of those of these topics that are there.

    Raises:
        BrokerError: no broker answers.
    """
    with administering(broker) as client:
        return list(_partitions(client, names))


def extents(broker: Broker, names: Sequence[str], group: str, before: datetime) -> list[Extent]:
    """Return how far each partition reaches, and how far the group has come.

    Raises:
        BrokerError: no broker answers.
    """
    with administering(broker) as client:
        found = list(_partitions(client, names))
        places = {TopicPartition(of.topic, of.partition): of for of in found}
        committed = patiently(lambda: client.list_group_offsets({group: list(places)})[group])
        starts = _offsets(client, places, OffsetSpec.EARLIEST)
        ends = _offsets(client, places, OffsetSpec.LATEST)
        settled = _offsets(client, places, int(before.timestamp() * 1000))
    return [
        Extent(
            of,
            starts[place],
            ends[place],
            committed[place].offset if place in committed and committed[place].offset >= 0 else None,
            settled[place] if settled[place] >= 0 else ends[place],  # nothing is younger than that
        )
        for place, of in places.items()
    ]


def _offsets(client: Any, places: Mapping[Any, Partition], spec: Any) -> dict[Any, int]:
    if not places:
        return {}
    found = client.list_partition_offsets(dict.fromkeys(places, spec))
    return {place: found[place].offset if found.get(place) else -1 for place in places}


def _partitions(client: Any, names: Sequence[str]) -> Iterator[Partition]:
    cluster = client.describe_cluster()["cluster_id"]
    there = set(client.list_topics())
    asked = [name for name in names if name in there]
    for topic in client.describe_topics(asked) if asked else ():
        for each in topic["partitions"]:
            yield Partition(cluster, topic["name"], str(topic["topic_id"]), each["partition_index"])


def _create(client: Any, name: str, wanted: Mapping[str, Any]) -> bool:
    try:
        client.create_topics({name: wanted})
    except TopicAlreadyExistsError:
        return False  # somebody else was quicker
    except InvalidReplicationFactorError as error:
        asked = wanted["replication_factor"]
        raise BrokerError(
            f"Kafka has fewer brokers than the {asked} copies of each message that are asked for:"
            " lower HOMEWARD_KAFKA_REPLICATION, or add brokers"
        ) from error
    return True


def _wanted(name: str, shape: Shape, broker: Broker) -> dict[str, Any]:
    configs = {"retention.ms": str(shape.retention_ms), "max.message.bytes": str(broker.max_request_bytes)}
    if name.startswith(topics.NOTIFICATIONS):
        # by the broker's clock: what is too old to be still under way is not for the sender to say
        configs["message.timestamp.type"] = "LogAppendTime"
        # whatever a force's own client compresses with: ours would read gzip, and stop at anything else
        configs["compression.type"] = "uncompressed"
    return {
        "num_partitions": shape.partitions,
        "replication_factor": shape.replication,
        "configs": configs,
    }
