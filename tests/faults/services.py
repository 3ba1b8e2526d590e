"""Homeward on more than one process: web, relay, workers, each a command of its own that can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.faults.product import free_port

HOMEWARD = Path(sys.executable).with_name("homeward")
READY_SECONDS = 60.0
STOP_SECONDS = 40.0


class Service:
    """One command that goes on, and answers probes on a port of its own."""

    def __init__(self, directory: Path, environment: Mapping[str, str], *command: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._said = directory / f"{command[0]}-{self.port}.log"
        self._environment = {**os.environ, **environment}
        port = ("--port",) if command[0] == "web" else ("--probe-port",)
        self._command = (*command, *port, str(self.port))
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self, status: str = "ok") -> "Service":
        """Start it and wait until it says that it is this well."""
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [HOMEWARD, *self._command],
                env=self._environment,
                cwd=self._said.parent,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        await self.until(status)
        return self

    async def until(self, status: str) -> None:
        """Wait until its readiness is this."""
        async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient() as client:
            while await self._status(client) != status:
                assert self._process
                assert self._process.poll() is None, self.said
                await asyncio.sleep(0.05)

    @property
    def said(self) -> str:
        return self._said.read_text()

    def kill(self) -> None:
        """SIGKILL it, and whatever it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """End it as an operator does; return its exit code."""
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(STOP_SECONDS)
        self._process = None
        return code

    async def measured(self, name: str, **labels: str) -> float:
        """Return the sum of a measurement over all samples that have these labels."""
        async with httpx.AsyncClient(timeout=30) as client:
            text = (await client.get(f"{self.url}/metrics")).text
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    async def _status(self, client: httpx.AsyncClient) -> str | None:
        try:
            return str((await client.get(f"{self.url}/readyz")).json()["status"])
        except (httpx.HTTPError, ValueError):
            return None
