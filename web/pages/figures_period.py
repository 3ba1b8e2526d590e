"""Which weeks and whose interviews a page of figures is about, as somebody chose them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from casework.views.figures import Scope
from web.pages.local_time import NotATime, read_day
from web.pages.times import LONDON, count, day

WEEKS: Final = (4, 12, 26, 52)
USUAL, DATES = "12", "dates"
MOST_DAYS: Final = 731
EARLIEST: Final = date(2000, 1, 1)
_FIELDS: Final = ("period", "from-day", "from-month", "from-year", "to-day", "to-month", "to-year", "team")


class NotAPeriod(ValueError):
    """What was chosen is no period; says on which field, and how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Period:
    """A period from its first to its last day in London, in words, and what was typed to choose it."""

    scope: Scope
    first: date
    last: date
    words: str
    typed: Mapping[str, str]

    @property
    def query(self) -> str:
        """The period as a query, for links to the same figures elsewhere."""
        return urlencode({name: self.typed[name] for name in _FIELDS if self.typed.get(name)})


def read_period(typed: Mapping[str, str], teams: Collection[str], now: datetime) -> Period:
    """Return the period that was chosen; the last 12 weeks where nothing was.

    Raises:
        NotAPeriod: it cannot be.
    """
    team, chosen = typed.get("team") or None, typed.get("period") or USUAL
    if team is not None and team not in teams:
        raise NotAPeriod("team", "Choose a team from the list")
    today = now.astimezone(LONDON).date()
    if chosen == DATES:
        first, last = _between(typed, today)
        words = f"From {day(first)} to {day(last)}"
    elif chosen in map(str, WEEKS):
        first, last = today - timedelta(days=today.weekday(), weeks=int(chosen) - 1), today
        words = f"In the last {count(int(chosen), 'week')}"
    else:
        raise NotAPeriod("period", "Choose a period from the list")
    until = min(_begins(last + timedelta(days=1)), now)
    return Period(Scope(_begins(first), until, team), first, last, words, typed)


def _between(typed: Mapping[str, str], today: date) -> tuple[date, date]:
    first, last = _day(typed, "from"), min(_day(typed, "to"), today)
    if first < EARLIEST:
        raise NotAPeriod("from", f"The first day must not be before {day(EARLIEST)}")
    if first > today:
        raise NotAPeriod("from", "The first day must be today or in the past")
    if last < first:
        raise NotAPeriod("to", "The last day must not be before the first")
    if (last - first).days > MOST_DAYS:
        raise NotAPeriod("from", "The period must not be longer than two years")
    return first, last


def _day(typed: Mapping[str, str], name: str) -> date:
    try:
        return read_day(*(typed.get(f"{name}-{part}", "") for part in ("day", "month", "year")))
    except NotATime as error:
        which = {"from": "First day", "to": "Last day"}[name]
        raise NotAPeriod(name, f"{which}: {error.message[0].lower()}{error.message[1:]}") from error


def _begins(on: date) -> datetime:
    return datetime.combine(on, time(), LONDON).astimezone(UTC)
