"""Hearing that something changed: PostgreSQL's own notifications, on a connection kept for that."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import psycopg

from store.database import DatabaseUnavailable, Store

PROBE_SECONDS = 15.0
"""How often a silent connection is asked whether it is still there."""


async def heard(store: Store, channel: str) -> AsyncIterator[None]:
    """Yield once when listening began, then after each notification on the channel.

    Raises:
        DatabaseUnavailable: the connection was lost; whoever listens should begin again.
    """
    address = store.url.replace("postgresql+psycopg://", "postgresql://")
    try:
        async with await psycopg.AsyncConnection.connect(
            address, autocommit=True, connect_timeout=5, application_name="homeward-live"
        ) as connection:
            await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
            yield
            while True:
                async with aclosing(connection.notifies(timeout=PROBE_SECONDS, stop_after=1)) as notices:
                    async for _ in notices:
                        yield
                await connection.execute("SELECT 1")
    except (psycopg.Error, OSError) as error:
        raise DatabaseUnavailable(f"The database does not answer: {error}.") from error
