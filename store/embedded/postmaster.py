"""The process that holds a data directory: found, judged and stopped.

A process id in a file proves nothing: it may be another process by now. So nothing is signalled before its
own command line, or its working directory, says that it belongs to the data directory.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.embedded.errors import EmbeddedError

STOPS: Final = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 20.0))  # fast, then immediate; seconds to wait
POLL_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A live postmaster, as it describes itself in `postmaster.pid`."""

    pid: int
    port: int
    stopping: bool


def marker(data: Path) -> str:
    """Return the cluster name of a data directory, which all its processes carry in their command lines."""
    return f"homeward-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"


def find(data: Path) -> Postmaster | None:
    """Return the postmaster that runs on `data`, ready or not; None where there is none that we can see."""
    lines = _pid_file(data)
    try:
        pid, port = int(lines[0]), int(lines[3])
    except (IndexError, ValueError):  # none, or one that is just being written
        return None
    if not _is_postmaster(pid, data):
        return None
    return Postmaster(pid, port, stopping="stopping" in (line.strip() for line in lines[7:]))


def last_port(data: Path) -> int | None:
    """Return the port of a server that did not end well, for which somebody may still ask."""
    lines = _pid_file(data)
    return int(lines[3]) if len(lines) > 3 and lines[3].isdecimal() else None  # noqa: PLR2004


def stop(data: Path) -> None:
    """Stop the postmaster that runs on `data`, if one does; open transactions are rolled back.

    Raises:
        EmbeddedError: it does not end.
    """
    for how, seconds in STOPS:
        found = find(data)
        if found is None:
            return
        os.kill(found.pid, how)
        if _ends(found.pid, data, seconds):
            return
    raise EmbeddedError(f"PostgreSQL on {data} does not stop: look at its process with ps, then kill -9 it.")


def end_orphans(data: Path) -> None:
    """End what a killed postmaster left behind: a child busy with a long query does not notice by itself."""
    ours = {pid: command for pid in _pids() if marker(data) in (command := _command(pid))}
    children = [pid for pid, command in ours.items() if command.startswith("postgres: ")]
    if len(children) == len(ours):  # else a postmaster lives, or is just being started
        for pid in children:
            _quit(pid)


def forget(data: Path) -> None:
    """Remove a `postmaster.pid` that names a process which is none of this data's.

    PostgreSQL itself forgives an id that is free, but not one that is taken again. Where we cannot tell, the
    file stays and PostgreSQL decides.
    """
    lines = _pid_file(data)
    if not lines or not lines[0].isdecimal():
        return
    pid = int(lines[0])
    if _directory(pid) not in (None, data) or "postgres" not in _command(pid):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _is_postmaster(pid: int, data: Path) -> bool:
    command = _command(pid)
    if "postgres" not in command or command.startswith("postgres: "):
        return False
    return f"cluster_name={marker(data)}" in command or _directory(pid) == data


def _ends(pid: int, data: Path, within_seconds: float) -> bool:
    give_up_at = time.monotonic() + within_seconds
    while _is_postmaster(pid, data):
        if time.monotonic() > give_up_at:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _quit(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGQUIT)
    except (ProcessLookupError, PermissionError):
        return  # gone already, or not of the user that the data belongs to


def _pids() -> Iterator[int]:
    if sys.platform == "linux":
        yield from (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    else:
        yield from map(int, _ps("-axo", "pid=").split())


def _command(pid: int) -> str:
    """Return the command line, its words joined by spaces; empty for one that is dead, reaped or not."""
    if sys.platform != "linux":
        state, _, command = _ps("-ww", "-o", "stat=,command=", "-p", str(pid)).strip().partition(" ")
        return "" if state.startswith("Z") else command.strip()
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def _directory(pid: int) -> Path | None:
    """Return the working directory, which for PostgreSQL is its data; None where that cannot be read."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd"))
    except OSError:
        return None


def _ps(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # a fixed command
        ("/bin/ps", *arguments), capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    return done.stdout
