"""Days and moments between the record and the fields in which they are typed.

What cannot be read stays as it was typed: the record's value is then the fields themselves, which the record
refuses and the draft keeps. A moment that nobody touched stays what it was, seconds included.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from schemas.scalars import read_instant
from web.pages.local_time import FIRST, LONDON, SECOND, NotATime, Typed, read_day, read_moment
from web.pages.times import clock_time

DAY_PARTS: Final = ("day", "month", "year")
MOMENT_PARTS: Final = (*DAY_PARTS, "time", "which")
KEPT: Final = "kept"
"""The field that carries the moment as the record has it."""


def day_fields(value: Any) -> dict[str, str]:
    """Return a day of the record by part."""
    if isinstance(value, Mapping):
        return _as_typed(value, DAY_PARTS)
    try:
        on = date.fromisoformat(value)
    except (TypeError, ValueError):
        return {"day": value} if isinstance(value, str) else {}
    return {"day": str(on.day), "month": str(on.month), "year": f"{on.year:04}"}


def moment_fields(value: Any) -> dict[str, str]:
    """Return a moment of the record by part, on a clock in London, with the moment itself beside them."""
    if isinstance(value, Mapping):
        return _as_typed(value, MOMENT_PARTS)
    if not isinstance(value, str):
        return {}
    try:
        local = read_instant(value).astimezone(LONDON)
    except (ValueError, OverflowError):
        return {"day": value, KEPT: value}
    parts = {"day": str(local.day), "month": str(local.month), "year": f"{local.year:04}"}
    return {**parts, "time": clock_time(local), **_which(local), KEPT: value}


def read_day_fields(typed: Mapping[str, str]) -> Any:
    """Return the day as the record has it; null for nothing.

    Raises:
        Unread: it is no day.
    """
    parts = {part: typed.get(part, "") for part in DAY_PARTS}
    if not any(part.strip() for part in parts.values()):
        return None
    try:
        return read_day(**parts).isoformat()
    except NotATime as error:
        raise Unread(parts, error) from error


def read_moment_fields(typed: Mapping[str, str]) -> Any:
    """Return the moment as the record has it; null for nothing.

    Raises:
        Unread: it is no moment.
    """
    parts = {part: typed.get(part, "") for part in MOMENT_PARTS}
    kept = typed.get(KEPT, "")
    if kept and parts == {part: moment_fields(kept).get(part, "") for part in MOMENT_PARTS}:
        return kept
    if not any(parts[part].strip() for part in (*DAY_PARTS, "time")):
        return None
    try:
        return read_moment(Typed(**parts)).isoformat()
    except NotATime as error:
        raise Unread(parts, error) from error
    except OverflowError as error:
        raise Unread(parts, NotATime("day", "Enter a real date, for example 28 3 2026")) from error


class Unread(ValueError):
    """What was typed is no day or moment: `parts` is what stands there, `at` the part that is wrong."""

    def __init__(self, parts: dict[str, str], why: NotATime) -> None:
        super().__init__(why.message)
        self.parts = parts
        self.at = why.field
        self.message = why.message


def _as_typed(value: Mapping[str, Any], parts: tuple[str, ...]) -> dict[str, str]:
    return {part: str(value[part]) for part in parts if part in value}


def _which(local: datetime) -> dict[str, str]:
    """Return which of the two is meant, in the hour that comes twice."""
    other = local.replace(fold=1 - local.fold)
    if other.utcoffset() == local.utcoffset():
        return {}
    return {"which": SECOND if local.fold else FIRST}
