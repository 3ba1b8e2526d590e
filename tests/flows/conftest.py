"""A real Prefect server for the flows, as `homeward up` starts it: one for all tests of this directory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cli.processes import prefect
from cli.settings import Settings
from tests.faults.product import free_port

READY_SECONDS = 90.0


@pytest.fixture(scope="package")
def prefect_api() -> Iterator[str]:
    """The address of the server's API; it ends with the last test here, for it is never idle."""
    with tempfile.TemporaryDirectory(prefix="homeward-prefect-") as directory:
        port = free_port()
        child = prefect(Settings(home=Path(directory)), port)
        with (Path(directory) / "said").open("wb") as said:
            server = subprocess.Popen(
                child.command, env={**os.environ, **child.environment}, stdout=said, stderr=said
            )
        try:
            api = f"http://127.0.0.1:{port}/api"
            _wait_until_it_answers(api, server)
            yield api
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:  # its SQLite is its own affair
                server.kill()
                server.wait()


def _wait_until_it_answers(api: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            if httpx.get(f"{api}/health", timeout=5).is_success:
                return
        except httpx.HTTPError:
            pass
        assert server.poll() is None, "Prefect ended while it started"
        assert time.monotonic() < until, "Prefect does not answer"
        time.sleep(0.1)
