"""Times as people read them: in London, in words, and exact where it matters."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_TIME_KEPT = re.compile(r"\bat ([01][0-9]|2[0-3]):([0-5][0-9])\b")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moment(instant: datetime, now: datetime | None = None) -> str:
    """Return an instant as `28 March 2026 at 10:10pm`, or with `now` as `today at 10:10pm` where it is so."""
    local = instant.astimezone(LONDON)
    return f"{_day(local.date(), now)} at {clock_time(local)}{_which(local)}"


def day(on: date) -> str:
    """Return a day as `28 March 2026`."""
    return f"{on.day} {on:%B %Y}"


def clock_time(local: datetime | time) -> str:
    """Return the time of day as `10:10pm`, `9am`, `midday` or `midnight`."""
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004


def respoken(text: str) -> str:
    """Return a sentence of ours that was kept with times as `at 14:05` with times as pages show them."""
    return _TIME_KEPT.sub(lambda found: f"at {clock_time(time(int(found[1]), int(found[2])))}", text)


def how_long(elapsed: timedelta) -> str:
    """Return a length of time in its largest whole unit, never longer than it is."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        # hours are what a deadline is counted in, so that days only begin with the fourth
        if elapsed >= (unit * 4 if unit is DAY else unit):
            return count(elapsed // unit, name)
    return "less than a minute"


def time_left(hours_left: float) -> str:
    """Return how long there is until a deadline: `12 hours left`, `overdue by 5 hours`."""
    left = timedelta(hours=hours_left)
    if abs(left) < MINUTE:
        return "due now"
    return f"{how_long(left)} left" if left > timedelta(0) else f"overdue by {how_long(-left)}"


def count(number: int, name: str, names: str | None = None) -> str:
    """Return `1 child`, `2 children`."""
    return f"{number:,} {name if number == 1 else names or f'{name}s'}"


def _day(on: date, now: datetime | None) -> str:
    if now is not None:
        today = now.astimezone(LONDON).date()
        if on == today:
            return "today"
        if on == today - DAY:
            return "yesterday"
        if on == today + DAY:
            return "tomorrow"
    return day(on)


def _which(local: datetime) -> str:
    """Return which of the two is meant, in the hour that comes twice when the clocks go back."""
    other = local.replace(fold=1 - local.fold)
    return f" ({local.tzname()})" if other.utcoffset() != local.utcoffset() else ""
