"""`homeward topics`: the topics of Kafka that Homeward reads and writes."""

import typer

from cli.broker import broker_of
from cli.group import group
from cli.kafka_settings import DAY_MS
from cli.settings import read_settings
from streams.log import Shape, create_topics

command = group("Make the topics in Kafka.")


@command.callback()
def _group() -> None:
    """Keep `create` a command of the group though it is the only one."""


@command.command()
def create() -> None:
    """Make the topics that are not there yet; those that are there stay as they are.

    How many partitions and copies, and how long messages are kept, is in HOMEWARD_KAFKA_PARTITIONS,
    HOMEWARD_KAFKA_REPLICATION and HOMEWARD_KAFKA_RETENTION_DAYS; each force in HOMEWARD_FORCES gets its own.

    \b
    Example:
      HOMEWARD_KAFKA=127.0.0.1:9092 homeward topics create
    """
    settings = read_settings()
    shape = Shape(
        settings.kafka_partitions, settings.kafka_replication, settings.kafka_retention_days * DAY_MS
    )
    made = create_topics(broker_of(settings), settings.all_topics, shape)
    for name in settings.all_topics:
        typer.echo(f"{name} {'made' if name in made else 'is there'}")
