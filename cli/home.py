"""The home of an installation: one `homeward up` at a time in it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.errors import Stop, shown

LOCK = "up.lock"


@contextmanager
def only_one(home: Path) -> Iterator[Callable[[str], None]]:
    """Hold the home's lock; yields how to leave word of who holds it. The kernel lets go of it when we end.

    Raises:
        Stop: another process holds it, or the home cannot be used.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Stop(
            f"{shown(home)} cannot be used ({error.strerror}): choose another with HOMEWARD_HOME"
        ) from error
    try:
        _take(lock, home)
        yield lambda word: _write(lock, word)
    finally:
        os.close(lock)


def who_runs(home: Path) -> str | None:
    """Return what the holder of the home's lock left word of; None if nobody holds it."""
    try:
        with (home / LOCK).open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read(200).decode(errors="replace") or "an address it has not told yet"
    except OSError:
        return None
    return None


def _take(lock: int, home: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        who = os.read(lock, 200).decode(errors="replace") or "just starting"
        raise Stop(
            f"Homeward runs in {shown(home)} already ({who}):"
            " stop that, or choose another home with HOMEWARD_HOME"
        ) from error
    _write(lock, "")


def _write(lock: int, word: str) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, word.encode(), 0)
