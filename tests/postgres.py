"""A real PostgreSQL for tests: one server per session, a database per test, copied from a template."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
from psycopg import sql

from store.embedded import Server, postmaster
from store.embedded.claims import claiming

QUICK: Final[Mapping[str, str]] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
PREFIX: Final = "homeward-tests-"
FORGOTTEN_SECONDS: Final = 30 * 60
MEMORY: Final = Path("/dev/shm")
ROOM_BYTES: Final = 4 * 10**9
COPIES_IN_KERNEL: Final = 18_00_00


@dataclass(frozen=True, slots=True)
class Database:
    """One database, and its addresses in SQLAlchemy's style for each of the three roles."""

    name: str
    superuser_url: str
    owner_url: str
    app_url: str


def connect(url: str) -> psycopg.Connection:
    """Connect without SQLAlchemy, each statement its own transaction."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


@contextmanager
def database_on(server: Server, template: str = "template1") -> Iterator[Database]:
    """Make a database that `homeward_owner` owns; drop it afterwards, whoever still uses it."""
    name = f"test_{uuid4().hex}"
    with connect(server.url("postgres", "postgres")) as superuser:
        if superuser.info.server_version >= COPIES_IN_KERNEL:
            superuser.execute("SET file_copy_method = clone")  # on a disk half the time
        make = "CREATE DATABASE {} OWNER homeward_owner TEMPLATE {} STRATEGY file_copy"
        superuser.execute(sql.SQL(make).format(sql.Identifier(name), sql.Identifier(template)))
        urls = (server.url(role, name) for role in ("postgres", "homeward_owner", "homeward_app"))
        try:
            yield Database(name, *urls)
        finally:
            superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def roomy_memory() -> Path | None:
    """Return where files are kept in memory, if there is room: a database is made there in a quarter of the
    time. None: it is small, as in many containers, or there is none.
    """
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_BYTES else None


@contextmanager
def open_directory(within: Path | None = None) -> Iterator[Path]:
    """Make a directory that every user can reach: pytest's own is closed to the user PostgreSQL runs as."""
    _sweep()
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=within)).resolve()
    directory.chmod(0o755)
    try:
        yield directory
    finally:
        shutil.rmtree(directory)


def _sweep() -> None:
    """Stop and remove what sessions left that were killed. A home lies directly in its open directory."""
    places = (Path(tempfile.gettempdir()), MEMORY)
    for left in (found for place in places for found in place.glob(f"{PREFIX}*")):
        with suppress(FileNotFoundError):  # another session sweeps as well
            about = left.stat()
            if about.st_uid != os.geteuid() or time.time() - about.st_mtime < FORGOTTEN_SECONDS:
                continue
            if all(_abandoned(lock.parent) for lock in left.glob("*/postgres/users.lock")):
                shutil.rmtree(left, ignore_errors=True)


def _abandoned(place: Path) -> bool:
    with claiming(place) as claim:
        if not claim.alone():
            return False
        postmaster.stop(place.resolve() / "data")
        return True
