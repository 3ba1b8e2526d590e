"""Kafka as the settings describe it."""

from cli.errors import Stop
from cli.settings import Settings
from streams.broker import Broker


def broker_of(settings: Settings) -> Broker:
    """Return how to reach Kafka.

    Raises:
        Stop: no Kafka is configured.
    """
    if not settings.kafka:
        raise Stop("there is no Kafka: set HOMEWARD_KAFKA to its addresses, such as 127.0.0.1:9092", 2)
    return Broker(
        addresses=settings.kafka,
        tls=settings.kafka_tls,
        ca=settings.kafka_ca,
        certificate=settings.kafka_certificate,
        key=settings.kafka_key,
        user=settings.kafka_user,
        password=settings.kafka_password.get_secret_value() if settings.kafka_password else None,
        mechanism=settings.kafka_mechanism,
        max_message_bytes=settings.max_body_bytes,
    )
