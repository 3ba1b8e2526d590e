"""What the tests of the commands share: one database server for nearly all of them."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli.main import run
from store.database import Store
from store.embedded import Server
from tests.cli.console import Console, Said
from tests.postgres import Database, database_on


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> dict[str, str]:
    """Settings of an installation on a database of the test's own."""
    return {
        "HOMEWARD_HOME": str(tmp_path / "home"),
        "HOMEWARD_DATABASE_URL": database.app_url,
        "HOMEWARD_OWNER_DATABASE_URL": database.owner_url,
    }


@pytest.fixture
def console(settings: dict[str, str], tmp_path: Path) -> Console:
    """A shell whose commands work on a database of the test's own."""
    return Console(tmp_path, settings)


@pytest.fixture
def homeward(
    settings: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Callable[..., Said]:
    """Commands run in this process, which is quicker than a console's."""
    monkeypatch.chdir(tmp_path)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def ran(*arguments: object) -> Said:
        capfd.readouterr()
        with ThreadPoolExecutor() as beside:  # where no event loop runs
            code = beside.submit(run, [str(each) for each in arguments]).result()
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return ran


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    opened = Store(database.app_url)
    yield opened
    await opened.close()


@pytest.fixture
async def other_store(cluster: Server, template: str) -> AsyncIterator[Store]:
    """The store of a second database."""
    with database_on(cluster, template) as database:
        opened = Store(database.app_url)
        yield opened
        await opened.close()
