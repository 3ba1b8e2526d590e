"""Working hours of a week, as people write them: `Mon-Fri 09:00-17:00; Sat 10:00-14:00`."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from schemas.staff import Hours

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST: Final = 3
"""Letters by which a day of the week is known."""
_PART: Final = re.compile(
    r"(?P<days>[a-z ,-]+?)\s+(?P<begins>\d{1,2}:\d\d)\s*(?:-|–|to)\s*(?P<ends>\d{1,2}:\d\d)",
    re.ASCII | re.IGNORECASE,
)
_EXAMPLE: Final = "write it as in Mon-Fri 09:00-17:00; Sat 10:00-14:00"


def read_working(text: str) -> dict[int, Hours]:
    """Return the hours by weekday, `0` is Monday; a weekday that is not named is a day off.

    Raises:
        ValueError: it cannot be read, names a day twice, or a day ends before it begins.
    """
    hours: dict[int, Hours] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        days, each = _read_part(part)
        for day in days:
            if day in hours:
                raise ValueError(f"{DAYS[day].title()} stands twice: name each day once")
            hours[day] = each
    return hours


def _read_part(part: str) -> tuple[list[int], Hours]:
    match = _PART.fullmatch(part)
    if match is None:
        raise ValueError(f"{part!r} is no working time: {_EXAMPLE}")
    hours = Hours(begins=_time(match["begins"]), ends=_time(match["ends"]))
    if hours.ends <= hours.begins:
        raise ValueError(f"{part!r} ends before it begins: give the hours of one day, up to 23:59")
    return list(_days(match["days"])), hours


def _days(text: str) -> Iterator[int]:
    for span in filter(None, re.split(r"[,\s]+", re.sub(r"\s*-\s*", "-", text.strip()))):
        first, _, last = span.partition("-")
        begins = _day(first)
        ends = _day(last) if last else begins
        if ends < begins:
            raise ValueError(f"{span!r} runs over the weekend: name its days one by one")
        yield from range(begins, ends + 1)


def _day(name: str) -> int:
    for number, day in enumerate(DAYS):
        if len(name) >= SHORTEST and day.startswith(name.lower()):
            return number
    raise ValueError(f"{name!r} is no day of the week: {_EXAMPLE}")


def _time(text: str) -> time:
    try:
        hour, minute = map(int, text.split(":"))
        return time(hour, minute)
    except ValueError as error:
        raise ValueError(f"{text!r} is no time of the day: {_EXAMPLE}") from error
