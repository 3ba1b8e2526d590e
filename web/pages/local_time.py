"""When something happened, as people type it: a day and a time of day on a clock in London.

In October one hour comes twice, and in March one never comes: then a person says which, or mends it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST, SECOND = "first", "second"
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)
_DAY_PART = re.compile(r"\d{1,4}", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WORDS = {"midnight": time(0), "midday": time(12), "noon": time(12)}


class NotATime(ValueError):
    """What was typed is no moment; says in which field (`day` or `time`), and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class CameTwice(NotATime):
    """That hour came twice that night: a person has to say which of the two is meant."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; `which` is `first` or `second` for a time that came twice."""

    day: str
    month: str
    year: str
    time: str
    which: str = ""


def read_moment(typed: Typed) -> datetime:
    """Return the moment in UTC.

    Raises:
        CameTwice: the hour came twice, and nobody said which.
        NotATime: no such day, no such time, or a time that the clocks went past.
    """
    local = datetime.combine(read_day(typed.day, typed.month, typed.year), read_time(typed.time), LONDON)
    later = local.replace(fold=1)
    if local.utcoffset() == later.utcoffset():
        return local.astimezone(UTC)
    shown = f"{local:%H:%M} on {local.day} {local:%B %Y}"
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NotATime("time", f"{shown} did not happen: the clocks went forward from 1am to 2am")
    if typed.which not in {FIRST, SECOND}:
        raise CameTwice("which", f"{shown} happened twice: say which of the two it was")
    return (later if typed.which == SECOND else local).astimezone(UTC)


def read_day(day: str, month: str, year: str) -> date:
    """Return a day typed as three numbers; the month may be its name, or how that begins: `nov`.

    Raises:
        NotATime: one is lacking, or there is no such day.
    """
    parts = [part.strip() for part in (day, month, year)]
    if not all(parts):
        raise NotATime("day", "Enter the day, the month and the year, for example 28 3 2026")
    parts[1] = _number_of(parts[1])
    wrong = NotATime("day", "Enter a real date, for example 28 3 2026")
    if not all(map(_DAY_PART.fullmatch, parts)):
        raise wrong
    if len(parts[2]) != len("2026"):
        raise NotATime("day", "Enter all four figures of the year, for example 28 3 2026")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError as error:
        raise wrong from error


def _number_of(month: str) -> str:
    """Return the number of a month by its name; anything else as it is."""
    name = month.casefold().rstrip(".")
    if len(name) < len("jan"):
        return month
    return next((str(number) for number, each in enumerate(_MONTHS, 1) if each.startswith(name)), month)


def read_time(text: str) -> time:
    """Return a time of day typed as `14:30`, `2:30pm`, `2.30 pm`, `1430`, `9am` or `midnight`.

    Raises:
        NotATime: nothing, or something else.
    """
    text = text.strip().lower()
    if not text:
        raise NotATime("time", "Enter the time, for example 2:30pm or 14:30")
    if text in _WORDS:
        return _WORDS[text]
    match = _TIME.fullmatch(text)
    if match is None or (match[2] is None and match[3] is None):
        raise NotATime("time", "Enter a time such as 2:30pm or 14:30")
    try:
        return _time(int(match[1]), int(match[2] or 0), match[3])
    except ValueError as error:
        raise NotATime("time", "Enter a real time, for example 2:30pm or 14:30") from error


def _time(hour: int, minute: int, half: str | None) -> time:
    if half is None:
        return time(hour, minute)
    if not 1 <= hour <= 12:  # noqa: PLR2004
        raise ValueError(hour)
    return time(hour % 12 + (12 if half == "pm" else 0), minute)
