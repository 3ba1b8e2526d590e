"""One server per home, shared by all who use it."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from store.embedded import cluster, postmaster
from store.embedded.claims import POLL_SECONDS, Claim, changing, claiming
from store.embedded.errors import EmbeddedError
from store.embedded.place import APP, OWNER, SUPERUSER, Place, keys, leave_pointer, settle

DATABASE: Final = "homeward"
READY_SECONDS: Final = 120.0
INTERVENTION: Final = "57"  # PostgreSQL's class of errors for a server that stops or starts
AS_IT_IS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL that answers, and how to reach it."""

    host: str
    port: int
    passwords: Mapping[str, str] = field(repr=False)
    """By role: `postgres`, `homeward_owner` (owns the database), `homeward_app` (owns nothing)."""
    data: Path

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return an address for SQLAlchemy. It holds a password: not for a log."""
        address = f"{self.host}:{self.port}/{quote(database, safe='')}"
        return f"postgresql+psycopg://{role}:{self.passwords[role]}@{address}"


@contextmanager
def running(
    home: Path, *, binaries: Path | None = None, settings: Mapping[str, str] = AS_IT_IS
) -> Iterator[Server]:
    """Start the server of `home`, or join the one that runs; whoever leaves last stops it.

    Args:
        home: a directory of ours, made if need be. The data is in `home/postgres`; only where we are root,
            and the user that PostgreSQL then runs as cannot reach `home`, it is in
            `/var/lib/homeward/<hash of home>`, and a file `home/postgres.where` says so.
        binaries: the bin directory of PostgreSQL 15 to 18; None: the one in the wheel.
        settings: PostgreSQL's settings above ours; they count for the one who starts it.

    Raises:
        EmbeddedError: it cannot be started, joined or stopped.
    """
    with ExitStack() as leaving:
        try:
            where = settle(home)
            claim = leaving.enter_context(claiming(where.directory))
            with changing(where.directory):
                leaving.callback(_leave, where, claim, os.getpid())
                server = _join(where, claim, binaries, settings)
                leave_pointer(home, where)
        except OSError as error:
            raise EmbeddedError(
                f"PostgreSQL cannot be kept in {home} ({error}): mend that, or choose another home."
            ) from error
        yield server


def _leave(where: Place, claim: Claim, joined_as: int) -> None:
    if os.getpid() != joined_as:
        return  # a forked child ends; the claim is its parent's
    try:
        with changing(where.directory):
            if claim.alone():
                postmaster.stop(where.data)
    except OSError as error:
        raise EmbeddedError(
            f"PostgreSQL could not be stopped ({error}): do not move or delete it in use."
        ) from error


def _join(where: Place, claim: Claim, binaries: Path | None, settings: Mapping[str, str]) -> Server:
    alone = claim.join()
    passwords = keys(where)
    if not where.initialised:
        cluster.create(where, binaries, settings)
    why = "it ends as soon as it has started"
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        found = postmaster.find(where.data)
        if found is None:
            cluster.start(where, binaries, settings)
        elif found.stopping and alone:
            postmaster.stop(where.data)  # whoever began to stop it was killed meanwhile
        else:
            server = Server(cluster.HOST, found.port, passwords, where.data)
            why = _unready(server)
            if not why:
                return server
            time.sleep(POLL_SECONDS)
    raise EmbeddedError(f"PostgreSQL on {where.data} does not answer ({why}): read {where.log}.")


def _unready(server: Server) -> str:
    """Return why the server cannot be used yet; nothing once it can, with our roles and database in it.

    Raises:
        EmbeddedError: waiting would not help.
    """
    try:
        with psycopg.connect(
            host=server.host,
            port=server.port,
            user=SUPERUSER,
            password=server.passwords[SUPERUSER],
            dbname=SUPERUSER,
            sslmode="disable",
            connect_timeout=5,
            options="",
            autocommit=True,
        ) as connection:
            _furnish(connection, server.passwords)
    except psycopg.Error as error:
        why = str(error).strip()
        if "password authentication failed" in why:
            raise EmbeddedError(
                f"{server.data.parent}/keys.json does not have the passwords of the data beside it: "
                f"restore it from a backup."
            ) from error
        if error.sqlstate and not error.sqlstate.startswith(INTERVENTION):
            raise EmbeddedError(f"PostgreSQL on {server.data} could not be furnished ({why}).") from error
        return why
    return ""


def _furnish(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles and the database that are not there yet."""
    for role in (OWNER, APP):
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            make = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}"
            connection.execute(sql.SQL(make).format(sql.Identifier(role), sql.Literal(passwords[role])))
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
        make = "CREATE DATABASE {} OWNER {}"
        connection.execute(sql.SQL(make).format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
