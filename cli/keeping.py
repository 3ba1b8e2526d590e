"""Keeping our own PostgreSQL alive: a server that died at night is started again before anybody wakes up."""

import asyncio
from typing import Final

import structlog

from cli.settings import Settings
from store.embedded import EmbeddedError, running

log = structlog.get_logger()
LOOK_EVERY_SECONDS: Final = 2.0


async def keep_running(settings: Settings) -> None:
    """Start the embedded server again whenever it has gone, until cancelled.

    It goes on the port it had, so that nobody has to be told. While it cannot start (a full disk), each try
    is logged and the next one follows; intake answers 503 meanwhile.
    """
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        try:
            await asyncio.to_thread(_join_and_leave, settings)
        except EmbeddedError as error:
            log.warning("the database does not start", reason=str(error))


def _join_and_leave(settings: Settings) -> None:
    """Join the server as one more user, which starts it where there is none; the first user keeps it up."""
    with running(settings.home, binaries=settings.postgres_bin):
        return
