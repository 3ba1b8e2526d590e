"""What the tests of `store/` share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.embedded import binaries
from tests.postgres import open_directory
from tests.store.homes import quick


@pytest.fixture
def directory() -> Iterator[Path]:
    with open_directory() as made:
        yield made


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A home whose data is made already; whatever a test does to it, the next one finds it usable."""
    with open_directory() as made:
        with quick(made / "home"):
            pass
        yield made / "home"
        with quick(made / "home"):
            pass  # stops what a failed test may have left


@pytest.fixture(scope="session")
def wheel() -> Iterator[Path]:
    """A copy of the wheel's bin directory that everybody can reach, whatever the checkout allows."""
    with open_directory() as made:
        yield binaries._copied(binaries._in_wheel(), made)
