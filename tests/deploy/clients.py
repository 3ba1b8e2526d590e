"""Clients of a broker, as other programs use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import NewTopic

from tests.kafka import Broker, SignIn

TOPIC = "returns"


def topics(broker: Broker, **changed: object) -> list[str]:
    with _admin(broker, **changed) as client:
        return list(client.list_topics())


def tell(broker: Broker, message: bytes) -> None:
    """Make the topic and send a message, until the broker has acknowledged it."""
    with _admin(broker) as client:
        client.create_topics([NewTopic(TOPIC, num_partitions=1, replication_factor=1)])
    producer = KafkaProducer(**_settings(broker), acks="all")
    producer.send(TOPIC, message).get(timeout=30)
    producer.close()


def told(broker: Broker) -> bytes:
    """Return the first message of the topic."""
    settings = _settings(broker, auto_offset_reset="earliest", consumer_timeout_ms=30_000)
    consumer = KafkaConsumer(TOPIC, **settings)
    try:
        return bytes(next(consumer).value)
    finally:
        consumer.close()


@contextmanager
def _admin(broker: Broker, **changed: object) -> Iterator[Any]:
    client = KafkaAdminClient(**_settings(broker, **changed))
    try:
        yield client
    finally:
        client.close()


def _settings(broker: Broker, **changed: object) -> dict[str, object]:
    signing_in = _signing_in(broker.sign_in) if broker.sign_in else {}
    return {"bootstrap_servers": broker.address, **signing_in, **changed}


def _signing_in(sign_in: SignIn) -> dict[str, object]:
    return {
        "security_protocol": "SASL_SSL",
        "ssl_cafile": str(sign_in.ca),
        "sasl_mechanism": "SCRAM-SHA-256",
        "sasl_plain_username": sign_in.user,
        "sasl_plain_password": sign_in.password,
    }
