"""The database that a command works on: our own, started for it, or the one that is configured."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from sqlalchemy.engine import make_url

from cli.errors import Stop, on_one_line
from cli.settings import Settings
from store.database import Store
from store.embedded import running
from store.embedded.place import APP, OWNER
from store.migrate import newest_revision, upgrade

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers and is up to date: its addresses for the application and for its owner.

    Both hold a password: not for a log.
    """

    url: str = field(repr=False)
    owner_url: str | None = field(repr=False)


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """Yield the database, ready; our own is started and brought up to date, and stopped by the last to leave.

    Raises:
        Stop: the configured one does not answer, is behind, or would not keep authorities apart.
        EmbeddedError: our own cannot be started.
    """
    if settings.database_url:
        url = settings.database_url.get_secret_value()
        _check(url)
        owner = settings.owner_database_url
        yield Database(url, owner.get_secret_value() if owner else None)
        return
    with running(settings.home, binaries=settings.postgres_bin) as server:
        upgrade(server.url(OWNER))
        yield Database(server.url(APP), server.url(OWNER))


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[Store]:
    """Yield the database's store, open."""
    store = Store(database.url)
    try:
        yield store
    finally:
        await store.close()


def with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do one piece of work on the database, from start to end, and return what it gives."""

    async def done(ready: Database) -> T:
        async with opened(ready) as store:
            return await work(store)

    with database(settings) as ready:
        return asyncio.run(done(ready))


def place_of(url: str) -> str:
    """Return where a database is, without user and password."""
    parts = make_url(url)
    return f"{parts.database} on {parts.host or 'this machine'}{f':{parts.port}' if parts.port else ''}"


def connect(url: str) -> psycopg.Connection[psycopg.rows.TupleRow]:
    """Connect past the store, for questions about the database itself.

    Raises:
        Stop: it does not answer.
    """
    try:
        return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True, connect_timeout=5)
    except psycopg.Error as error:
        raise Stop(
            f"the database {place_of(url)} does not answer ({on_one_line(str(error))}):"
            " start it, or correct HOMEWARD_DATABASE_URL"
        ) from error


def _check(url: str) -> None:
    with connect(url) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if row and row[0]:
            raise Stop(
                "HOMEWARD_DATABASE_URL is of a role that row-level security does not bind:"
                " use homeward_app, and keep the other for HOMEWARD_OWNER_DATABASE_URL"
            )
        if (lacking := behind(connection)) is not None:
            raise Stop(f"{lacking}: run homeward db upgrade")


def behind(connection: psycopg.Connection[psycopg.rows.TupleRow]) -> str | None:
    """Return what the database lacks; None when it is up to date, or made by a newer release."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        row = None
    newest = newest_revision()
    if row is None:
        return f"the database has no tables of Homeward yet (it needs revision {newest})"
    return None if row[0] >= newest else f"the database is at revision {row[0]}, not yet at {newest}"
