"""Writing to Kafka's log as a police force does, and asking how far a group has read it."""

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from schemas.topics import NOTIFICATIONS
from streams.broker import Broker
from streams.log import administering, partitions, patiently

LIMIT_SECONDS = 120.0


def write(broker: Broker, told: Iterable[Mapping[str, Any] | bytes], topic: str = NOTIFICATIONS) -> int:
    """Send messages, keyed by their reference, and wait until the broker has them; return how many."""
    producer = KafkaProducer(
        **broker.for_kafka_python(), acks="all", linger_ms=20, batch_size=200_000, max_block_ms=60_000
    )
    futures = [
        producer.send(topic, one, b"broken")
        if isinstance(one, bytes)
        else producer.send(topic, json.dumps(one).encode(), str(one["subject"]).encode())
        for one in told
    ]
    producer.flush()
    producer.close()
    assert all(future.succeeded() for future in futures)
    return len(futures)


def committed(broker: Broker, group: str) -> dict[tuple[str, int], int]:
    """Return the next offset that the group will read, by topic and partition."""
    with administering(broker) as client:
        found = client.list_group_offsets({group: None})[group]
    return {(place.topic, place.partition): told.offset for place, told in found.items()}


def move_past(broker: Broker, group: str, count: int) -> None:
    """Commit for a group, of which nobody is at work, that it has read so many messages of each partition."""
    with administering(broker) as client:
        offsets = {
            TopicPartition(of.topic, of.partition): OffsetAndMetadata(count, "", -1)
            for of in partitions(broker, [NOTIFICATIONS])
        }
        patiently(lambda: client.alter_group_offsets(group, offsets))


def read(broker: Broker, topic: str) -> list[Any]:
    """Return everything in a topic, parsed."""
    consumer = KafkaConsumer(**broker.for_kafka_python(), auto_offset_reset="earliest")
    places = [TopicPartition(of.topic, of.partition) for of in partitions(broker, [topic])]
    consumer.assign(places)
    ends = consumer.end_offsets(places)
    told: list[Any] = []
    until = time.monotonic() + LIMIT_SECONDS
    while any(consumer.position(place) < end for place, end in ends.items()):
        assert time.monotonic() < until, f"{topic} cannot be read to its end"
        told += [json.loads(one.value) for found in consumer.poll(500).values() for one in found]
    consumer.close()
    return told
