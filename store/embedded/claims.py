"""Who uses a server, and who may start or stop it.

Three files, locked with flock, so that the kernel takes back the claim of a process that was killed:

- `change.lock`, exclusive: somebody looks at, starts or stops the server just now
- `users.lock`, shared: one share per user of the server; whoever gets it exclusively is the only one
- `server.lock`, exclusive: inherited by PostgreSQL and all its children, so that it is held for as long as
  one of them lives, even where their process ids cannot be seen (a second container on the same directory)

The files are never deleted: a lock on a deleted file would claim nothing. They are only ever let go by
closing them: a forked child shares its parent's locks, and unlocking in one would unlock in both.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from store.embedded.errors import EmbeddedError

CHANGE_WITHIN_SECONDS: Final = 240.0  # longer than the longest start, crash recovery included
POLL_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Claim:
    """One user's share of the server in `directory`."""

    directory: Path
    users: int  # file descriptor of our share

    def join(self) -> bool:
        """Become a user; return whether we are the only one. Call it within `changing`."""
        alone = self.alone()
        fcntl.flock(self.users, fcntl.LOCK_SH)
        return alone

    def alone(self) -> bool:
        """Return whether nobody else uses the server. Call it within `changing`; a no may cost our share."""
        return _lock(self.users)


@contextmanager
def claiming(directory: Path) -> Iterator[Claim]:
    """Hold a claim, not joined yet, until the end of the block."""
    with _opened(directory / "users.lock") as users:
        yield Claim(directory, users)


@contextmanager
def changing(directory: Path) -> Iterator[None]:
    """Let nobody else join, leave, start or stop the server in the meantime.

    Raises:
        EmbeddedError: somebody else has been at it for four minutes.
    """
    with _opened(directory / "change.lock") as change:
        give_up_at = time.monotonic() + CHANGE_WITHIN_SECONDS
        while not _lock(change):
            if time.monotonic() > give_up_at:
                raise EmbeddedError(
                    f"Another command has been starting or stopping PostgreSQL in {directory} for "
                    f"{CHANGE_WITHIN_SECONDS:.0f} seconds: end it and try again."
                )
            time.sleep(POLL_SECONDS)
        yield


@contextmanager
def server_lock(directory: Path) -> Iterator[int | None]:
    """Hold the lock that a server inherits; None while a process of an earlier server still holds it."""
    with _opened(directory / "server.lock") as server:
        yield server if _lock(server) else None


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
