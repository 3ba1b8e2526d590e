"""72 hours are 72 elapsed hours: over clock changes, leap days and weekends."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from domain.clock import hours_left, interview_due_at

LONDON = ZoneInfo("Europe/London")


def shown_in_nottingham(instant: datetime) -> str:
    return f"{instant.astimezone(LONDON):%Y-%m-%d %H:%M}"


def test_the_interview_is_due_72_hours_after_the_return() -> None:
    due_at = interview_due_at(datetime(2026, 6, 10, 3, 15, tzinfo=UTC))
    assert due_at == datetime(2026, 6, 13, 3, 15, tzinfo=UTC)


def test_when_the_clocks_go_forward_the_deadline_shows_an_hour_later() -> None:
    due_at = interview_due_at(datetime(2026, 3, 28, 22, 10, tzinfo=LONDON))
    assert due_at == datetime(2026, 3, 31, 22, 10, tzinfo=UTC)
    assert shown_in_nottingham(due_at) == "2026-03-31 23:10"


def test_when_the_clocks_go_back_the_deadline_shows_an_hour_earlier() -> None:
    due_at = interview_due_at(datetime(2026, 10, 24, 22, 10, tzinfo=LONDON))
    assert due_at == datetime(2026, 10, 27, 21, 10, tzinfo=UTC)
    assert shown_in_nottingham(due_at) == "2026-10-27 21:10"


def test_the_hour_that_clocks_show_twice_gives_two_deadlines_an_hour_apart() -> None:
    first = interview_due_at(datetime(2026, 10, 25, 1, 30, tzinfo=LONDON))
    second = interview_due_at(datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1))
    assert second - first == timedelta(hours=1)


def test_a_leap_day_is_a_day() -> None:
    due_at = interview_due_at(datetime(2028, 2, 28, 9, 0, tzinfo=LONDON))
    assert shown_in_nottingham(due_at) == "2028-03-02 09:00"


def test_a_return_on_a_leap_day_is_due_in_march() -> None:
    due_at = interview_due_at(datetime(2028, 2, 29, 9, 0, tzinfo=LONDON))
    assert shown_in_nottingham(due_at) == "2028-03-03 09:00"


def test_the_deadline_is_in_utc_whatever_the_offset_of_the_return() -> None:
    returned_at = datetime(2026, 6, 10, 4, 15, tzinfo=timezone(timedelta(hours=1)))
    due_at = interview_due_at(returned_at)
    assert (due_at.tzinfo, due_at) == (UTC, datetime(2026, 6, 13, 3, 15, tzinfo=UTC))


def test_the_window_is_the_policys() -> None:
    returned_at = datetime(2026, 6, 10, 3, 15, tzinfo=UTC)
    assert interview_due_at(returned_at, timedelta(hours=24)) == datetime(2026, 6, 11, 3, 15, tzinfo=UTC)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        interview_due_at(datetime(2026, 3, 29, 3, 15))  # noqa: DTZ001  # what is refused


def test_hours_left_are_elapsed_hours() -> None:
    due_at = interview_due_at(datetime(2026, 3, 28, 22, 10, tzinfo=LONDON))
    assert hours_left(due_at, datetime(2026, 3, 28, 22, 10, tzinfo=LONDON).astimezone(UTC)) == 72
    assert hours_left(due_at, datetime(2026, 3, 31, 20, 40, tzinfo=UTC)) == 1.5


def test_hours_left_are_negative_once_it_is_overdue() -> None:
    due_at = datetime(2026, 6, 13, 3, 15, tzinfo=UTC)
    assert hours_left(due_at, datetime(2026, 6, 13, 9, 15, tzinfo=UTC)) == -6
