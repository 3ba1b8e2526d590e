"""What the tests of the embedded PostgreSQL do to its homes, its users and its processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg

from store.embedded import Server, place, postmaster, running
from tests.postgres import QUICK, connect

REPOSITORY: Final = Path(__file__).resolve().parents[2]
ROOT: Final = os.geteuid() == 0
NOBODY: Final = place.Account("nobody", 65534, 65534)
FAST: Final = {**QUICK, "synchronous_commit": "on"}  # what is committed survives a kill, if not a power cut

HOLD: Final = f"""
import os, sys
from pathlib import Path
from store.embedded import EmbeddedError, running

home, as_nobody, binaries = sys.argv[1:]
if as_nobody:
    os.setgroups([]), os.setgid({NOBODY.gid}), os.setuid({NOBODY.uid})
try:
    chosen = Path(binaries) if binaries else None
    with running(Path(home), settings={FAST!r}, binaries=chosen) as server:
        print(server.port, flush=True)
        sys.stdin.read()
except EmbeddedError as error:
    print(error, flush=True)
"""


@contextmanager
def quick(home: Path, binaries: Path | None = None) -> Iterator[Server]:
    with running(home, settings=FAST, binaries=binaries) as server:
        yield server


@contextmanager
def holding(
    home: Path, *, as_nobody: bool = False, binaries: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run another process that uses the server of `home` until it is killed or told to leave."""
    arguments = [str(home), "yes" if as_nobody else "", str(binaries or "")]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, *arguments],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
            process.communicate(timeout=60)  # closes its input: it leaves
        finally:
            process.kill()


def said_by(process: subprocess.Popen[str]) -> str:
    """Return the port of the server that the process has joined, or why it could not."""
    assert process.stdout
    return process.stdout.readline().strip()


def processes_of(data: Path) -> list[int]:
    return [pid for pid in postmaster._pids() if postmaster.marker(data) in postmaster._command(pid)]


def found(data: Path) -> postmaster.Postmaster:
    process = postmaster.find(data)
    assert process
    return process


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # a child ends by itself when its parent is gone
            os.kill(pid, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    give_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.01)


def remember(server: Server, what: str) -> None:
    with connect(server.url("homeward_owner")) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS remembered (what text)")
        owner.execute("INSERT INTO remembered VALUES (%s)", [what])


def remembers(server: Server, what: str) -> bool:
    with connect(server.url("homeward_owner")) as owner:
        return owner.execute("SELECT 1 FROM remembered WHERE what = %s", [what]).fetchone() is not None


def answers(server: Server) -> bool:
    try:
        connect(server.url("homeward_app")).close()
    except psycopg.OperationalError:
        return False
    return True


def show(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row
    return str(row[0])
