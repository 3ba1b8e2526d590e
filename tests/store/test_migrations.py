"""The migrations make exactly the tables that the code reads."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from store.migrate import MigrationError, current_revision, newest_revision, upgrade
from store.tables import metadata
from tests.postgres import Database


def test_the_tables_in_the_code_are_those_in_the_database(database: Database) -> None:
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference
            for difference in compare_metadata(context, metadata)
            if isinstance(difference, list) or not _is_of_an_index(difference)
        ]
    engine.dispose()
    assert differences == []


def _is_of_an_index(difference: tuple[object, ...]) -> bool:
    """Indexes and keys stand in the migrations alone."""
    return str(difference[0]) in {
        "remove_index",
        "remove_constraint",
        "add_constraint",
        "remove_fk",
        "remove_table_comment",
    }


def test_upgrading_twice_changes_nothing(bare_database: Database) -> None:
    upgrade(bare_database.owner_url)
    upgrade(bare_database.owner_url)
    engine = create_engine(bare_database.owner_url)
    with engine.connect() as connection:
        assert current_revision(connection) == newest_revision()
    engine.dispose()


def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(MigrationError, match=r"could not be brought up to date: .*\.$"):
        upgrade("postgresql+psycopg://nobody:x@127.0.0.1:1/none")
