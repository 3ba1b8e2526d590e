"""Who is at work in a directory: a lock that the kernel takes back from a process that was killed.

Whoever inherits the open file holds the lock on, so that a directory is not free before the last process in
it has ended.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from errors import OneBoxError

POLL_SECONDS: Final = 0.05


@contextmanager
def locked(path: Path, within_seconds: float) -> Iterator[int]:
    """Hold the lock; yield its file descriptor.

    Raises:
        OneBoxError: somebody else has held it for too long.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        give_up_at = time.monotonic() + within_seconds
        while not _lock(lock):
            if time.monotonic() > give_up_at:
                raise OneBoxError(f"another process is at work in {path.parent}: end it, or name another")
            time.sleep(POLL_SECONDS)
        yield lock
    finally:
        os.close(lock)


def _lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
