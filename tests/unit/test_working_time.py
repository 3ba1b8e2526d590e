"""Working time in England, on real days: weekends, bank holidays, and the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.working_time import add_working_days, bank_holidays, is_working_day, next_working_moment


def london(text: str) -> datetime:
    """Return an instant given as London time with its offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-27T16:59:59+00:00", "2026-03-27T16:59:59+00:00"),  # a Friday before it closes
        ("2026-03-27T17:00:00+00:00", "2026-03-30T09:00:00+01:00"),  # over the night when clocks go forward
        ("2026-03-30T03:00:00+01:00", "2026-03-30T09:00:00+01:00"),
        ("2026-10-23T18:00:00+01:00", "2026-10-26T09:00:00+00:00"),  # and when they go back
        ("2026-12-24T20:00:00+00:00", "2026-12-29T09:00:00+00:00"),  # Boxing Day is a Saturday: Monday too
        ("2026-04-02T17:30:00+01:00", "2026-04-07T09:00:00+01:00"),  # Good Friday to Easter Monday
    ],
)
def test_the_next_working_moment_is_now_or_when_offices_open(at: str, opens: str) -> None:
    assert next_working_moment(london(at)) == london(opens)


@pytest.mark.parametrize(
    ("at", "days", "over"),
    [
        ("2026-03-26T15:00:00+00:00", 3, "2026-03-31T15:00:00+01:00"),  # the same time of the day in London
        ("2026-03-28T11:00:00+00:00", 3, "2026-04-02T09:00:00+01:00"),  # a Saturday counts from Monday
        ("2026-12-23T10:00:00+00:00", 3, "2026-12-30T10:00:00+00:00"),  # Christmas, Boxing Day observed
        ("2026-12-31T16:00:00+00:00", 2, "2027-01-05T16:00:00+00:00"),  # over New Year
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(at: str, days: int, over: str) -> None:
    assert add_working_days(london(at), days) == london(over)


def test_a_bank_holiday_is_no_working_day_and_the_day_after_is() -> None:
    assert not is_working_day(date(2026, 12, 28))
    assert is_working_day(date(2026, 12, 29))


def test_englands_holidays_are_not_those_of_scotland() -> None:
    assert date(2026, 8, 31) in bank_holidays(2026)  # the summer bank holiday
    assert date(2026, 11, 30) not in bank_holidays(2026)  # Saint Andrew's Day


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    there = datetime(2026, 3, 27, 22, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert next_working_moment(there) == london("2026-03-30T09:00:00+01:00")
