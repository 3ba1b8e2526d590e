"""Days and times as a force writes them. What can be read in two ways, or in none, is a doubt."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from schemas.formats_policy import ForceFormat, directives
from schemas.scalars import DAY, INSTANT, read_instant

T = TypeVar("T", date, datetime)
EARLIEST_YEAR: Final = 2000
MIDNIGHT: Final = re.compile(r"[T ]00:00(:00(\.0+)?)?")
WEEKDAY: Final = frozenset("aA")


class Doubt(ValueError):
    """Something is not understood with certainty; one sentence says why, and repeats nothing of a child."""


def day_in(text: str, form: ForceFormat) -> date:
    """Return a day.

    Raises:
        Doubt: it is none, or can be read in two ways.
    """
    iso = text[:10]
    if DAY.fullmatch(iso) and (len(text) == len(iso) or MIDNIGHT.fullmatch(text[10:])):
        return _iso(iso).date()
    found = {moment.date() for moment in _read(text, form.days)}
    return _only(found, form.days, "2026-03-28")


def moment_in(text: str, form: ForceFormat) -> datetime:
    """Return an instant in UTC.

    Raises:
        Doubt: it is none, can be read in two ways, or has no zone.
    """
    if match := INSTANT.fullmatch(text):
        moment = _iso(text) if match[3] is None else _instant(text)
    elif DAY.fullmatch(text) or set(_read(text, form.days)):
        raise Doubt("has no time of day: somebody has to say it")
    else:
        found = set(_read(text, form.moments))
        moment = _only(found, form.moments, "2026-03-28T18:30")
    if moment.year < EARLIEST_YEAR:
        raise Doubt(f"lies before the year {EARLIEST_YEAR}")
    return _instant(moment if moment.utcoffset() is not None else _placed(moment, form.zone))


def _only(found: set[T], patterns: Sequence[str], example: str) -> T:
    if not found:
        known = ", ".join((*patterns, example))
        raise Doubt(f"does not exist, or is not written as {known}")
    if len(found) > 1:
        raise Doubt(f"can be read in two ways, since the format knows {', '.join(patterns)}")
    return next(iter(found))


def _read(text: str, patterns: Iterable[str]) -> Iterator[datetime]:
    for pattern in patterns:
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007 - its zone is asked for afterwards
        except ValueError:
            continue
        if not directives(pattern) & WEEKDAY or f"{moment:%a}".casefold() in text.casefold():
            yield moment


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Doubt(f"does not exist ({error})") from error


def _instant(value: object) -> datetime:
    try:
        return read_instant(value)
    except ValueError as error:
        raise Doubt(str(error)) from error


def _placed(moment: datetime, zone: str | None) -> datetime:
    """Return a local time in its zone, unless the change of clocks makes it void or double there."""
    if zone is None:
        raise Doubt("has no offset, and the format names no zone")
    earlier, later = (moment.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    comes_back = earlier.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment
    if comes_back:
        ways = " or ".join(f"{one.astimezone(UTC):%H:%M} UTC" for one in (earlier, later))
        raise Doubt(f"came twice in the night in which the clocks went back: {ways}")
    raise Doubt(f"never was: the clocks went forward by {_hours(later, earlier)} in that night")


def _hours(first: datetime, second: datetime) -> str:
    gap = abs((first.utcoffset() or timedelta(0)) - (second.utcoffset() or timedelta(0)))
    return f"{gap.total_seconds() / 3600:g} h"
