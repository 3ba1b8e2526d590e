"""One peer for the tests of each file."""

from collections.abc import Iterator

import pytest

from tests.connectors.running import Running, peer


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with peer(patience=0.4) as started:
        yield started
