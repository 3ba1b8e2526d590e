"""Working hours of a week are read as people write them."""

from datetime import time

import pytest

from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Hours
from schemas.working_hours import read_working

NINE_TO_FIVE = Hours(begins=time(9), ends=time(17))


def test_a_span_of_days_has_the_same_hours_each() -> None:
    assert read_working("Mon-Fri 09:00-17:00") == dict.fromkeys(range(5), NINE_TO_FIVE)


def test_parts_single_days_and_long_names_are_understood() -> None:
    week = read_working("monday, Wed 9:00 to 17:00; Sat 10:00–14:00;")
    assert week == {0: NINE_TO_FIVE, 2: NINE_TO_FIVE, 5: Hours(begins=time(10), ends=time(14))}


def test_nothing_said_is_no_day_at_all() -> None:
    assert read_working("") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("whenever", "'whenever' is no working time: write it as in Mon-Fri 09:00-17:00"),
        ("Mon-Fri 17:00-09:00", "ends before it begins"),
        ("Mon 09:00-09:00", "ends before it begins"),
        ("Mon 25:00-26:00", "'25:00' is no time of the day"),
        ("Fri-Mon 09:00-17:00", "'Fri-Mon' runs over the weekend"),
        ("Mon-Fri 09:00-17:00; Wed 10:00-12:00", "Wednesday stands twice"),
        ("M 09:00-17:00", "'M' is no day of the week"),
        ("Mon-Moonday 09:00-17:00", "'Moonday' is no day of the week"),
    ],
)
def test_what_cannot_be_read_is_told_with_how_to_mend_it(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_working(text)


def test_a_policy_may_give_its_hours_in_words_or_as_they_are_stored() -> None:
    in_words = AllocationPolicy.model_validate({"working": "Mon 09:00-17:00"})
    assert in_words.working == {0: NINE_TO_FIVE}
    assert AllocationPolicy.model_validate(in_words.model_dump(mode="json")) == in_words


def test_a_policy_without_a_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 item"):
        AllocationPolicy.model_validate({"working": ""})
