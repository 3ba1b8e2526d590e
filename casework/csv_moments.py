"""Moments as tables write them: ISO 8601 or British, in London's time where no zone stands there. Pure."""

import re
from datetime import UTC, datetime
from typing import Final

from domain.working_time import LONDON

EXAMPLES: Final = "2026-03-28 22:41 or 28/03/2026 22:41"
_DAY: Final = r"(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<bd>\d{1,2})/(?P<bm>\d{1,2})/(?P<by>\d{4}))"
_MOMENT: Final = re.compile(
    _DAY + r"(?:[T ]|, ?)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" ?(?P<zone>Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?",
    re.ASCII | re.IGNORECASE,
)
_DAY_ALONE: Final = re.compile(_DAY, re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d\d(?!\d).*", re.ASCII)


def read_moment(text: str) -> datetime:
    """Return a moment in UTC.

    Raises:
        ValueError: it cannot be read with certainty; the message says how to mend it.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(_why_not(text))
    parts = [found["y"] or found["by"], found["m"] or found["bm"], found["d"] or found["bd"]]
    clock = [found["hour"], found["minute"], found["second"] or "0"]
    try:
        written = datetime(*map(int, (*parts, *clock)))  # type: ignore[arg-type] # noqa: DTZ001 - zone below
    except ValueError as error:
        raise ValueError(f"does not exist ({error}): correct it") from error
    if found["zone"] is None:
        return _in_london(written)
    zone = datetime.strptime(found["zone"].upper(), "%z").tzinfo  # of no date: only its offset
    try:
        return written.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("lies outside the years 1 to 9999 once it is in UTC: correct it") from error


def _why_not(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return f"has a year of two digits: write all four, such as {EXAMPLES}"
    if _DAY_ALONE.fullmatch(text):
        return f"has no time of day: add it, such as {EXAMPLES}"
    return f"is no moment that can be read: write one such as {EXAMPLES}"


def _in_london(written: datetime) -> datetime:
    first, second = (written.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(LONDON).replace(tzinfo=None) != written:
        raise ValueError("does not exist: the clocks went forward over it; correct it")
    raise ValueError(
        "came twice, as the clocks went back: add +01:00 for the first time or +00:00 for the second"
    )
