"""The days between which an auditor searches, as a browser's date fields give them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from web.pages.times import LONDON

EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2200, 1, 1)
NO_DAY: Final = "Write the day as year-month-day, for example 2026-03-28"
TURNED_ROUND: Final = "The last day is before the first: change one of them"


@dataclass(frozen=True, slots=True)
class Days:
    """From when, and until when; `to_at` itself is not wanted any more. Errors are by field."""

    from_at: datetime | None
    to_at: datetime | None
    errors: dict[str, str]


def read_days(from_on: str, to_on: str) -> Days:
    """Return what two date fields say, both days included."""
    errors: dict[str, str] = {}
    since, until = _day(from_on, "from_on", errors), _day(to_on, "to_on", errors)
    if since and until and until < since:
        errors["to_on"] = TURNED_ROUND
    return Days(_begins(since), _begins(until + timedelta(days=1)) if until else None, errors)


def _day(typed: str, field: str, errors: dict[str, str]) -> date | None:
    if not typed.strip():
        return None
    try:
        on = date.fromisoformat(typed.strip())
    except ValueError:
        on = date.min
    if EARLIEST <= on <= LATEST:
        return on
    errors[field] = NO_DAY
    return None


def _begins(on: date | None) -> datetime | None:
    return datetime.combine(on, time.min, LONDON) if on else None
