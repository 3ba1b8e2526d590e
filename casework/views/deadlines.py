"""How long an interview still has."""

from datetime import datetime

from domain import clock
from store.views.interviews import AWAITED


def hours_left(due_at: datetime, status: str, now: datetime) -> float | None:
    """Return the elapsed hours until the deadline, negative when it has passed; None once nobody waits."""
    return clock.hours_left(due_at, now) if status in AWAITED else None
