"""What becomes of a push that was tried: delivered, confirmed, tried later, or stuck until a person acts."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final
from uuid import UUID

from store.pushes import Push

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
STUCK_WAIT: Final = timedelta(days=1)
"""What cannot work is tried once a day all the same: somebody may have mended the other system."""
_DOUBLINGS: Final = 10


def wait_after(attempts: int, key: UUID) -> timedelta:
    """Return how long to wait after so many attempts.

    Twice as long each time, from half a minute to an hour, and up to a quarter more or less, which follows
    from the key: what failed together does not come again together.
    """
    times = 1 << min(max(attempts - 1, 0), _DOUBLINGS)
    doubled = min(FIRST_WAIT * times, LONGEST_WAIT)
    dice = int.from_bytes(blake2b(key.bytes + attempts.to_bytes(4, "big"), digest_size=2).digest(), "big")
    return doubled * (0.75 + dice / 2**17)


def delivered(push: Push, remote_id: str | None, version: str | None, now: datetime) -> Push:
    """Return a push that the other system says it has."""
    return replace(
        push, state="delivered", why=None, remote_id=remote_id, remote_version=version, delivered_at=now
    )


def confirmed(push: Push, version: str | None, now: datetime) -> Push:
    """Return a push that was read back and is there as it was sent."""
    return replace(
        push,
        state="confirmed",
        why=None,
        remote_version=version or push.remote_version,
        confirmed_at=now,
        next_at=now,
    )


def later(push: Push, why: str, retry_after_seconds: float | None, now: datetime) -> Push:
    """Return a push that is tried again; no sooner than the other system asks, and within a day."""
    asked = timedelta(seconds=min(retry_after_seconds or 0, STUCK_WAIT.total_seconds()))
    return replace(push, why=why, next_at=now + max(asked, wait_after(push.attempts, push.key)))


def lost(push: Push, now: datetime) -> Push:
    """Return a push that was delivered and is not there: it is delivered again."""
    why = "the other system took it and does not have it: it is sent again"
    return later(replace(push, state="waiting", delivered_at=None), why, None, now)


def stuck(push: Push, why: str, now: datetime) -> Push:
    """Return a push that a person has to look at."""
    return replace(push, state="stuck", why=why, next_at=now + STUCK_WAIT)
