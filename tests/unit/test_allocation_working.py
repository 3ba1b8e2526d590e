"""When somebody has time: working hours, less leave, bank holidays and what is arranged."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.allocation.facts import Load
from domain.allocation.working import free_spans, hours_free, slots
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Leave
from tests.unit.allocation import MONDAY, POLICY, THURSDAY, member

HOUR = timedelta(hours=1)
FRIDAY_EVENING = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)


def test_three_days_have_twenty_four_working_hours() -> None:
    assert hours_free(member(), POLICY, MONDAY, THURSDAY) == 24


def test_over_a_weekend_only_the_monday_counts() -> None:
    assert hours_free(member(), POLICY, FRIDAY_EVENING, FRIDAY_EVENING + 72 * HOUR) == 8


def test_the_weekend_counts_for_who_works_then() -> None:
    weekend = member(working="Sat-Sun 10:00-14:00")
    assert hours_free(weekend, POLICY, FRIDAY_EVENING, FRIDAY_EVENING + 72 * HOUR) == 8


def test_hours_are_those_of_london_over_a_clock_change() -> None:
    """The clocks go forward on Sunday 29 March 2026: nine o'clock on Monday is 08:00 UTC."""
    begins, ends = next(
        free_spans(member(), POLICY, datetime(2026, 3, 28, tzinfo=UTC), THURSDAY + 120 * HOUR)
    )
    assert (begins, ends) == (datetime(2026, 3, 30, 8, tzinfo=UTC), datetime(2026, 3, 30, 16, tzinfo=UTC))


def test_nobody_works_on_a_bank_holiday() -> None:
    good_friday = datetime(2026, 4, 3, tzinfo=UTC)
    assert hours_free(member(), POLICY, good_friday, good_friday + 96 * HOUR) == 0


def test_christmas_on_a_saturday_is_observed_on_the_monday() -> None:
    monday = datetime(2027, 12, 27, tzinfo=UTC)
    assert hours_free(member(), POLICY, monday, monday + 24 * HOUR) == 0


def test_nobody_works_on_leave_or_after_the_last_day() -> None:
    away = member(leave=(Leave(from_on=date(2026, 3, 24), to_on=date(2026, 3, 24)),))
    going = member(gone_on=date(2026, 3, 24))
    assert hours_free(away, POLICY, MONDAY, THURSDAY) == 16
    assert hours_free(going, POLICY, MONDAY, THURSDAY) == 8


def test_without_hours_of_their_own_those_of_the_policy_hold() -> None:
    mornings = AllocationPolicy.model_validate({"working": "Mon-Fri 09:00-12:00"})
    assert hours_free(member(working=""), mornings, MONDAY, THURSDAY) == 9


@pytest.mark.parametrize(
    ("arranged", "free"),
    [
        ((-2, -1), 24),
        ((-1, 2), 22),
        ((3, 5), 22),
        ((7, 20), 23),
        ((0, 8), 16),
        ((9, 10), 24),
    ],
)
def test_what_is_arranged_is_not_free(arranged: tuple[int, int], free: float) -> None:
    begins, ends = (MONDAY + hours * HOUR for hours in arranged)
    assert hours_free(member(), POLICY, MONDAY, THURSDAY, Load(arranged=((begins, ends),))) == free


def test_slots_that_overlap_take_their_time_once() -> None:
    load = Load(arranged=((MONDAY, MONDAY + 3 * HOUR), (MONDAY + HOUR, MONDAY + 2 * HOUR)))
    assert hours_free(member(), POLICY, MONDAY, THURSDAY, load) == 21


def test_each_interview_takes_its_hours_which_may_lie_on_two_days() -> None:
    found = [(at - MONDAY) / HOUR for at in slots(member(), POLICY, MONDAY, THURSDAY)]
    assert found[:4] == [3, 6, 25, 28]
    assert len(found) == 8


def test_short_days_add_up_to_an_interview() -> None:
    short = member(working="Mon-Wed 09:00-11:00")
    assert list(slots(short, POLICY, MONDAY, THURSDAY)) == [MONDAY + 25 * HOUR, MONDAY + 50 * HOUR]


def test_what_waits_in_their_hands_comes_first() -> None:
    found = list(slots(member(), POLICY, MONDAY, THURSDAY, Load(total=2, waiting=2)))
    assert found[0] == MONDAY + 25 * HOUR
