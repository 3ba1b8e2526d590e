"""Connections and transactions. Every transaction says for which authority and on whose behalf it runs."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, literal, text
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql import Executable

APPLY = "system:apply"
"""Who acts when nobody does: names that begin with `system:` see restricted children."""


class DatabaseUnavailable(Exception):
    """The database cannot take this now (gone, restarting, full disk); nothing was written; try again."""


class DiskFull(DatabaseUnavailable):
    """The database's disk is full: nothing was written. Free space, then send again."""


_SESSION = (
    "-c plan_cache_mode=force_custom_plan -c timezone=UTC"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
"""A prepared statement's cached plan is of the table's size on that day: a scan of what was then one page.
Instants come in UTC, wherever the server stands: the ledger's hashes are over their spelling. Of a machine
that lost its power the other side hears nothing: it has to ask, lest the dead keep their locks."""
CONNECT: Mapping[str, Any] = {
    "connect_timeout": 5,
    "application_name": "homeward",
    "options": _SESSION,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""How every connection is made, also those past the store."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction of one authority, on behalf of one person."""

    connection: AsyncConnection
    authority: str
    person: str

    async def all(self, sql: str | Executable, **values: Any) -> Sequence[Row[Any]]:
        return (await self.connection.execute(_statement(sql), values)).all()

    async def first(self, sql: str | Executable, **values: Any) -> Row[Any] | None:
        return (await self.connection.execute(_statement(sql), values)).first()

    async def scalar(self, sql: str | Executable, **values: Any) -> Any:
        return await self.connection.scalar(_statement(sql), values)

    async def run(self, sql: str | Executable, **values: Any) -> int:
        """Execute and return how many rows it touched."""
        return (await self.connection.execute(_statement(sql), values)).rowcount

    async def write(self, sql: str | Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute once per row in one pipelined round trip; nothing for no rows."""
        if rows:
            await self.connection.execute(_statement(sql), list(rows))

    async def upsert(
        self, statement: Insert, rows: Sequence[Mapping[str, Any]], *returned: ColumnElement[Any]
    ) -> Sequence[Row[Any]]:
        """Insert or update rows by their `id`, hundreds by one statement, which is planned once; of two
        with one id the last counts. Return the columns that are asked for.
        """
        if not rows:
            return ()
        last = list({row["id"]: row for row in rows}.values())
        # what returns something is what SQLAlchemy does by many rows at once
        returning = statement.returning(*(returned or (literal(1),)))
        return (await self.connection.execute(returning, last, execution_options=_MANY)).all()

    @asynccontextmanager
    async def as_system(self, person: str) -> "AsyncIterator[Transaction]":
        """Yield the same transaction as the product's own machinery, which sees restricted children too.

        For what is counted for somebody: only numbers and times may leave. Whoever asked is who asks
        afterwards, also after an error.
        """
        async with self.connection.begin_nested():
            await self.run(_AS_PERSON, person=person)
            yield replace(self, person=person)
            await self.run(_AS_PERSON, person=self.person)

    async def tell(self, channel: str) -> None:
        """Wake listeners on commit, without saying what changed: they ask again, as themselves."""
        await self.run("SELECT pg_notify(:channel, '')", channel=channel)


class Store:
    """The database, opened once and passed to whoever needs it."""

    def __init__(self, app_url: str, pool_size: int = 10) -> None:
        self.url = app_url
        self.engine: AsyncEngine = create_async_engine(
            app_url,
            pool_size=pool_size,
            max_overflow=5,
            pool_pre_ping=True,
            hide_parameters=True,  # an error that is logged names no child
            connect_args=CONNECT,
        )

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(
        self,
        authority: str,
        person: str = APPLY,
        *,
        exclusive: bool = False,
        snapshot: bool = False,
        token_digest: str = "",
    ) -> AsyncIterator[Transaction]:
        """Yield a transaction that commits on leaving.

        `exclusive` holds the authority's lock; in a `snapshot` every statement sees the same moment.

        Raises:
            DatabaseUnavailable: the database is gone, or its disk is full; nothing was written.
        """
        try:
            async with self._connection(snapshot) as connection, connection.begin():
                whom = {"authority": authority, "person": person, "token": token_digest}
                await connection.execute(_AS_ALONE if exclusive else _AS, whom)
                yield Transaction(connection, authority, person)
        except DBAPIError as error:
            raise _understood(error) from error
        except (OSError, PoolTimeout) as error:
            raise DatabaseUnavailable(f"The database does not answer: {error}.") from error

    def _connection(self, snapshot: bool) -> AbstractAsyncContextManager[AsyncConnection]:
        engine = self.engine
        return (engine.execution_options(isolation_level="REPEATABLE READ") if snapshot else engine).connect()


_WHOM = (
    "SELECT set_config('homeward.authority', :authority, true), set_config('homeward.person', :person, true),"
    " set_config('homeward.token_digest', :token, true)"
)
_AS = text(_WHOM)
_AS_ALONE = text(f"{_WHOM}, pg_advisory_xact_lock(hashtextextended('homeward/' || :authority, 0))")
_MANY: Mapping[str, Any] = {"insertmanyvalues_page_size": 500}
_AS_PERSON = text("SELECT set_config('homeward.person', :person, true)")
_TRY_AGAIN = ("08", "25006", "40", "53", "57P", "58")
"""Connection lost, a copy that only reads, deadlock, out of resources, being shut down, its disk failing."""


def _statement(sql: str | Executable) -> Executable:
    return text(sql) if isinstance(sql, str) else sql


def _understood(error: DBAPIError) -> Exception:
    """Return what a caller can act on: out of space, away for now, or the error as it came."""
    state = getattr(error.orig, "sqlstate", None)
    if state == "53100":
        return DiskFull("The database's disk is full: nothing was written. Free space, then send again.")
    if error.connection_invalidated or state is None or state.startswith(_TRY_AGAIN):
        reason = str(error.orig).strip().splitlines() or ["no reason given"]
        return DatabaseUnavailable(f"The database cannot take this now: {reason[0]}.")
    return error
