"""The product as an operator runs it: its own commands, in processes of their own, that can be killed."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg

HOMEWARD = Path(sys.executable).with_name("homeward")
READY_SECONDS = 60.0
STOP_SECONDS = 30.0


class Product:
    """`homeward up` in a home of its own, on a free port."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.serving = asyncio.Event()
        """Set while the product is meant to be up: senders wait for it instead of hammering a dead port."""
        quick = {"HOMEWARD_FLOWS": "false"}  # Prefect takes as long to start as all the rest
        self._environment = {**os.environ, "HOMEWARD_HOME": str(home), **quick, **settings}
        self._up: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [HOMEWARD, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def make_token(self, source: str) -> str:
        made = self.run(
            "tokens", "create", source.rpartition(":")[2], "--authority", "E06000018",
            "--scope", "notify", "--source", source,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    async def start(self) -> None:
        """Start `homeward up` and wait until it says that it is ready."""
        self._up = subprocess.Popen(
            [HOMEWARD, "up", "--port", str(self.port)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient() as client:
            while not await _is_ready(client, self.url):
                assert self._up.poll() is None, "homeward up ended while it started"
                await asyncio.sleep(0.05)
        self.serving.set()

    def kill(self) -> None:
        """SIGKILL everything: the product with its children, the database's server and all its processes."""
        self.serving.clear()
        if self._up is None:
            return
        os.killpg(self._up.pid, signal.SIGKILL)
        self._up.wait()
        self._up = None
        postmaster = self._postmaster()
        for process in (*_children_of(postmaster), postmaster) if postmaster else ():
            _kill(process)
        _wait_until_gone(postmaster)

    def stop(self) -> None:
        """End `homeward up` as an operator does, and wait until it has."""
        assert self._up is not None
        self.serving.clear()
        self._up.send_signal(signal.SIGTERM)
        self._up.wait(timeout=STOP_SECONDS)
        self._up = None

    def processes(self) -> tuple[list[int], list[int]]:
        """Return the processes of the product, and those of its database."""
        assert self._up is not None
        postmaster = self._postmaster()
        assert postmaster is not None
        return [self._up.pid, *_children_of(self._up.pid)], [postmaster, *_children_of(postmaster)]

    def database(self) -> psycopg.Connection:
        """Connect as the superuser."""
        lines = (self._data / "postmaster.pid").read_text().splitlines()
        password = json.loads((self.home / "postgres" / "keys.json").read_text())["postgres"]
        return psycopg.connect(
            host="127.0.0.1",
            port=int(lines[3]),
            user="postgres",
            password=password,
            dbname="homeward",
            autocommit=True,
        )

    def applied(self) -> int:
        with self.database() as database:
            row = database.execute("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL").fetchone()
        return int(row[0]) if row else 0

    @property
    def _data(self) -> Path:
        return self.home / "postgres" / "data"

    def _postmaster(self) -> int | None:
        try:
            return int((self._data / "postmaster.pid").read_text().splitlines()[0])
        except FileNotFoundError:
            return None


async def _is_ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def _children_of(parent: int | None) -> list[int]:
    children = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            children.append(int(status.parent.name))
    return children


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait_until_gone(process: int | None) -> None:
    until = time.monotonic() + 10
    while process and Path(f"/proc/{process}").exists() and not _is_dead(process):
        assert time.monotonic() < until, "PostgreSQL outlived SIGKILL"
        time.sleep(0.02)


def _is_dead(process: int) -> bool:
    """A killed process that nobody reaped yet is dead all the same."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
