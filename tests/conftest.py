"""What every test shares."""

import os
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from store.embedded import Server, running
from tests import kafka
from tests.kafka import Broker
from tests.postgres import QUICK, Database, database_on, open_directory, roomy_memory

settings.register_profile("ci", max_examples=300, deadline=None)
settings.register_profile(
    "hunt", max_examples=50_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")  # `pytest --hypothesis-profile hunt tests/property` looks for longer


HERE: Final = Path(__file__).parent
RULES: Final = ("unit", "property")
"""Where every line and branch of domain/ and schemas/ is tried, without what is around them."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace no other tests for coverage: it would take a third of their time, and add nothing."""
    tracer, of_threads = sys.gettrace(), threading.gettrace()
    if tracer is None or item.path.relative_to(HERE).parts[0] in RULES:
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(of_threads)
        sys.settrace(tracer)


LONG: Final = "test_hostile_strings.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes minutes and belongs to no group: begun last, it would keep one core waiting."""
    items.sort(key=lambda item: item.path.name != LONG)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option of our own."""
    parser.addoption(
        "--every-string", action="store_true", help="send all 5,000 hostile strings to every field"
    )


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """One server per session and xdist worker; HOMEWARD_POSTGRES_BIN chooses another PostgreSQL."""
    chosen = os.environ.get("HOMEWARD_POSTGRES_BIN")
    binaries = Path(chosen) if chosen else None
    with (
        open_directory(roomy_memory()) as directory,
        running(directory / "home", binaries=binaries, settings=QUICK) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def template(cluster: Server) -> Iterator[str]:
    """The name of a database with all migrations, to be copied."""
    from store.migrate import upgrade  # not every test that has this file above it needs migrations

    with database_on(cluster) as made:
        upgrade(made.owner_url)
        yield made.name


@pytest.fixture
def database(cluster: Server, template: str) -> Iterator[Database]:
    """A database of the test's own, with all migrations."""
    with database_on(cluster, template) as made:
        yield made


@pytest.fixture
def bare_database(cluster: Server) -> Iterator[Database]:
    """A database of the test's own, empty."""
    with database_on(cluster) as made:
        yield made


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """One Kafka per session and xdist worker, for tests of "kafka" and "faults" that do it no harm."""
    with kafka.running() as started:
        yield started


@pytest.fixture
def own_broker() -> Iterator[Broker]:
    """A Kafka of the test's own, to be stopped, killed and started again."""
    with kafka.running() as started:
        yield started


@pytest.fixture(scope="session")
def secure_broker() -> Iterator[Broker]:
    """One Kafka per session that asks for TLS and SCRAM; its `sign_in` says who may use it."""
    with kafka.running_securely() as started:
        yield started
