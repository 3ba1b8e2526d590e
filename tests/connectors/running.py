"""The peer, started for a test and told what to do."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from connectors.oauth import Client
from connectors.rest import Address
from tests.connectors.faults import Fault

STOP_SECONDS = 10.0


class Running:
    """The peer, from outside."""

    def __init__(self, port: int, patience: float) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.patience = patience

    def address(self, secret: str = "a secret/", connections: int = 8) -> Address:
        """Return how Homeward reaches it."""
        client = Client(f"{self.url}/token", "homeward", secret)
        return Address(self.url, client, timeout_seconds=self.patience, connections=connections)

    def script(self, *faults: Fault, seed: int = 0, share: float = 0.0) -> None:
        """Say what goes wrong from now on."""
        self._tell("script", scripted=list(faults), seed=seed, share=share)

    def begin_anew(self) -> None:
        """Let it forget every plan, and go wrong no more."""
        self._tell("anew")

    def edited_by_a_person(self, path: str) -> None:
        self._tell("person", path=path)

    def replace(self, path: str, document: Any) -> None:
        self._tell("plan", path=path, document=document)

    def is_unknown(self, *paths: str) -> None:
        """Let it know no plan at these addresses, and one at all others."""
        self._tell("absent", paths=list(paths))

    def tells_no_version(self, *paths: str) -> None:
        """Let it tell no ETag of the plans at these addresses."""
        self._tell("silent", paths=list(paths))

    def state(self) -> dict[str, Any]:
        """Return everything that it has and what went wrong with it."""
        return self._tell("state")

    def settled(self, limit_seconds: float) -> dict[str, Any]:
        """Return everything once nothing is under way there any more."""
        until = time.monotonic() + limit_seconds
        while (state := self.state())["late"]:
            assert time.monotonic() < until, "the peer is still busy"
            time.sleep(0.05)
        return state

    def _tell(self, what: str, **told: Any) -> dict[str, Any]:
        answer = httpx.post(f"{self.url}/_{what}", json=told, timeout=30)
        answer.raise_for_status()
        state: dict[str, Any] = answer.json()
        return state


@contextmanager
def peer(patience: float = 1.0) -> Iterator[Running]:
    """Start the peer, which expects its callers to wait for so many seconds; end it afterwards."""
    command = [sys.executable, "-m", "tests.connectors.peer", str(patience)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Running(int(process.stdout.readline()), patience)
        finally:
            process.stdin.close()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
