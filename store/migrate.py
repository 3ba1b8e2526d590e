"""Bringing a database up to date, and asking whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x484F4D45  # "HOME": two starters at once migrate one after the other
OLDEST, NEWEST = 15, 18


class MigrationError(Exception):
    """The database cannot be brought up to date; one sentence says why and how to mend it."""


def upgrade(owner_url: str) -> None:
    """Run every migration that has not run yet, as the role that owns the tables.

    Raises:
        MigrationError: no connection, a PostgreSQL too old, or no role `homeward_app`.
    """
    engine = create_engine(owner_url)
    try:
        with engine.begin() as connection:
            _check(connection)
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise MigrationError(f"The database could not be brought up to date: {cause}.") from error
    finally:
        engine.dispose()


def newest_revision() -> str:
    """Return the revision that this release's code needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current_revision(connection: Connection) -> str | None:
    """Return the revision that the database is at; None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def _check(connection: Connection) -> None:
    major = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    if not OLDEST <= major <= NEWEST:
        raise MigrationError(f"PostgreSQL {major} is not supported: use one of {OLDEST} to {NEWEST}.")
    if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = 'homeward_app'")):
        raise MigrationError(
            "The role homeward_app is lacking:"
            " as a superuser run CREATE ROLE homeward_app LOGIN PASSWORD '…'."
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
