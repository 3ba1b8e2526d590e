"""Bringing a database up to date, and asking whether it is.

Every command asks, and Alembic takes long to import: so that is done only when there is something to run.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION = re.compile(r"m(\d{4})_\w+\.py")
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
            if (current_revision(connection) or "") < newest_revision():
                _run(connection)
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise MigrationError(f"The database could not be brought up to date: {cause}.") from error
    finally:
        engine.dispose()


def newest_revision() -> str:
    """Return the revision that this release's code needs."""
    return max(found[1] for path in (MIGRATIONS / "versions").iterdir() if (found := _numbered(path)))


def current_revision(connection: Connection) -> str | None:
    """Return the revision that the database is at; None before the first migration."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _check(connection: Connection) -> None:
    major = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    if not OLDEST <= major <= NEWEST:
        raise MigrationError(f"PostgreSQL {major} is not supported: use one of {OLDEST} to {NEWEST}.")
    if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = 'homeward_app'")):
        raise MigrationError(
            "The role homeward_app is lacking:"
            " as a superuser run CREATE ROLE homeward_app LOGIN PASSWORD '…'."
        )


def _numbered(path: Path) -> re.Match[str] | None:
    return MIGRATION.fullmatch(path.name)


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
