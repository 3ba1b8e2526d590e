"""The databases that tests are given."""

from tests.postgres import Database, connect


def test_a_database_has_all_migrations(database: Database) -> None:
    with connect(database.owner_url) as owner:
        assert owner.execute("SELECT to_regclass('inbox') IS NOT NULL").fetchone() == (True,)


def test_a_bare_database_has_none(bare_database: Database) -> None:
    with connect(bare_database.owner_url) as owner:
        assert owner.execute("SELECT to_regclass('inbox') IS NULL").fetchone() == (True,)


def test_each_address_is_of_its_own_role(bare_database: Database) -> None:
    urls = (bare_database.superuser_url, bare_database.owner_url, bare_database.app_url)
    roles = [role_of(url) for url in urls]
    assert roles == ["postgres", "homeward_owner", "homeward_app"]


def role_of(url: str) -> str:
    with connect(url) as connection:
        row = connection.execute("SELECT current_user").fetchone()
        assert row
        return str(row[0])
