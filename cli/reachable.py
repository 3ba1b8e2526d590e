"""Whether Kafka takes connections: asked without its clients, which take long to import."""

import asyncio
from typing import Final

from cli.settings import Settings

ANSWER_SECONDS: Final = 1.0


async def how_kafka_is(settings: Settings) -> str:
    """Say whether any of Kafka's addresses takes a connection: `ok`, or what is wrong."""
    for address in settings.kafka:
        host, _, port = address.rpartition(":")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
        except OSError:  # a time-out is one, too
            continue
        writer.close()
        return "ok"
    return "does not answer: what comes in is kept, and applied directly"
