"""What `homeward doctor` asks of Kafka: does it answer, are the topics there, does anybody read them."""

from collections.abc import Iterator
from typing import Any, Final

from cli.broker import broker_of
from cli.errors import sentence_of
from cli.finding import Finding, fail, note, ok
from cli.settings import Settings
from streams.broker import BrokerError
from streams.log import administering, patiently

CREATE: Final = "run homeward topics create"


def kafka(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the brokers, the topics and the workers."""
    where = ", ".join(settings.kafka)
    try:
        with administering(broker_of(settings)) as client:
            yield ok("kafka", f"answers at {where}, cluster {client.describe_cluster()['cluster_id']}")
            yield _topics(settings, set(client.list_topics()))
            yield _workers(settings, client)
    except BrokerError as error:
        problem, _, mend = sentence_of(error).rpartition(": ")
        yield fail("kafka", problem, mend)


def _topics(settings: Settings, there: set[str]) -> Finding:
    if lacking := [name for name in settings.all_topics if name not in there]:
        return fail("topics", f"lacking: {', '.join(lacking)}", CREATE)
    return ok("topics", f"all {len(settings.all_topics)} are there")


def _workers(settings: Settings, client: Any) -> Finding:
    described = patiently(lambda: client.describe_groups([settings.kafka_group]))
    group = described[settings.kafka_group] if isinstance(described, dict) else described[0]
    members = len(group["members"])
    if members == 0:
        told = f"nobody reads as group {settings.kafka_group}"
        return note("workers", told, "start homeward worker; until then what comes by HTTP is applied late")
    return ok("workers", f"{members} read as group {settings.kafka_group}")
