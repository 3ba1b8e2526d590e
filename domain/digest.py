"""How much one person is told by one way: few things each in a message of its own, many in a digest."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from schemas.alerts_policy import AlertsPolicy

T = TypeVar("T")
HOUR: Final = timedelta(hours=1)
BETWEEN: Final = timedelta(minutes=15)
"""The least time between two messages to somebody who had the most of an hour already."""


def wait_until(sent: Sequence[datetime], policy: AlertsPolicy, now: datetime) -> datetime | None:
    """Return until when nothing more may go to a person by a way, given what went; None: it may go now."""
    recent = _recent(sent, now)
    if len(recent) < policy.most_per_hour:
        return None
    until = max(recent) + BETWEEN
    return until if until > now else None


def bundled(
    waiting: Sequence[T], sent: Sequence[datetime], policy: AlertsPolicy, now: datetime
) -> tuple[tuple[T, ...], ...]:
    """Return what goes together: each by itself, or everything where it is many or no room is left."""
    room = policy.most_per_hour - len(_recent(sent, now))
    if len(waiting) > min(policy.digest_over, room):
        return (tuple(waiting),)
    return tuple((one,) for one in waiting)


def _recent(sent: Sequence[datetime], now: datetime) -> list[datetime]:
    return [at for at in sent if at > now - HOUR]
