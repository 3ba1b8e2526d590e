"""Working time in England: Monday to Friday, 09:00 to 17:00 London time, without its bank holidays.

The 72 hours never count in it: only the steps do that the policy gives in working time.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return England's bank holidays of a year, each on the day on which it is observed."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year, observed=True))


def is_working_day(day: date) -> bool:
    """Whether offices are open on a day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def next_working_moment(at: datetime) -> datetime:
    """Return the first moment (UTC) from `at` on that is in working hours: `at` itself, if it is."""
    there = at.astimezone(LONDON)
    if is_working_day(there.date()) and there.time() < CLOSES:
        return max(at, _opening(there.date())).astimezone(UTC)
    return _opening(_next_working_day(there.date()))


def add_working_days(at: datetime, days: int) -> datetime:
    """Return the moment (UTC) so many working days later, at the same time of the day in London.

    What happens outside working hours counts from when they begin: three working days after a Saturday are
    over on Thursday at 09:00.
    """
    there = next_working_moment(at).astimezone(LONDON)
    day = there.date()
    for _ in range(days):
        day = _next_working_day(day)
    return datetime.combine(day, there.time(), LONDON).astimezone(UTC)


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS, LONDON).astimezone(UTC)


def _next_working_day(day: date) -> date:
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day
