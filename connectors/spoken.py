"""Moments and spans as people say them, in London."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_IN_MINUTES, _IN_HOURS = timedelta(hours=1), timedelta(days=2)
"""Below the first a span is told in minutes, below the second in hours, else in days."""


def moment(at: datetime) -> str:
    """Return a moment as people say it: 14:00 on Tuesday 31 March 2026."""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M on %A} {there.day} {there:%B %Y}"


def clock(at: datetime) -> str:
    """Return the time of the day: 14:00."""
    return f"{at.astimezone(LONDON):%H:%M}"


def span(length: timedelta) -> str:
    """Return a length of time in its largest fitting unit, rounded down: 5 hours."""
    if length < _MINUTE:
        return "less than a minute"
    if length < _IN_MINUTES:
        return _counted(length // _MINUTE, "minute")
    if length < _IN_HOURS:
        return _counted(length // _HOUR, "hour")
    return _counted(length // _DAY, "day")


def deadline(at: datetime, now: datetime) -> str:
    """Say how a deadline stands: overdue by 5 hours, due in 23 hours."""
    if at <= now:
        return f"overdue by {span(now - at)}" if now - at >= _MINUTE else "due now"
    return f"due in {span(at - now)}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
