"""What makes a notification doubtful: a fast clock, an age, an identity that is too little or wrong."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.marks import age_at, marks_of, valid_nhs_number, valid_upn
from schemas.notification import Notification
from schemas.reading import read_notification
from schemas.words import Mark
from tests.unit.wire import spoiled

RECEIVED = datetime(2026, 3, 28, 22, 41, 5, tzinfo=UTC)
NOTHING_TOLD: dict[str, Any] = {}


def notification(path: str, value: Any) -> Notification:
    return read_notification(spoiled(path, value))


def marks(path: str, value: Any) -> set[Mark]:
    return set(marks_of(notification(path, value), RECEIVED))


def marks_of_child(**facts: Any) -> set[Mark]:
    return marks("data.child", facts)


def shown(instant: datetime) -> str:
    return instant.isoformat()


def test_the_documented_example_has_no_marks() -> None:
    assert marks("data.reason", None) == set()


@pytest.mark.parametrize("path", ["time", "data.occurred_at", "data.missing.last_seen_at"])
def test_a_clock_that_is_five_minutes_fast_is_not_marked(path: str) -> None:
    assert marks(path, shown(RECEIVED + timedelta(minutes=5))) == set()


@pytest.mark.parametrize("path", ["time", "data.occurred_at", "data.missing.last_seen_at"])
def test_a_clock_that_is_a_microsecond_faster_is_marked(path: str) -> None:
    told = RECEIVED + timedelta(minutes=5, microseconds=1)
    assert marks(path, shown(told)) == {Mark.FUTURE_INSTANT}


def test_a_message_without_missing_facts_is_marked_by_its_own_instants_alone() -> None:
    assert marks("data.missing", None) == set()


@pytest.mark.parametrize(
    ("born", "occurred_at", "expected"),
    [
        ("2008-03-28", "2026-03-27T23:59:59+00:00", set()),
        ("2008-03-28", "2026-03-28T00:00:00+00:00", {Mark.ADULT}),
        ("2007-07-02", "2025-07-01T22:59:59+00:00", set()),  # 23:59:59 in Nottingham
        ("2007-07-02", "2025-07-01T23:00:00+00:00", {Mark.ADULT}),  # midnight in Nottingham
        ("2008-02-29", "2026-02-28T12:00:00+00:00", set()),
        ("2008-02-29", "2026-03-01T00:00:00+00:00", {Mark.ADULT}),
    ],
)
def test_a_child_comes_of_age_on_the_eighteenth_birthday_in_london(
    born: str, occurred_at: str, expected: set[Mark]
) -> None:
    message = spoiled("data.child.date_of_birth", born)
    message["data"]["occurred_at"] = occurred_at
    assert marks_of(read_notification(message), RECEIVED) == expected


def test_a_child_born_on_29_february_has_its_birthday_in_a_leap_year() -> None:
    assert [age_at(date(2008, 2, 29), on) for on in (date(2028, 2, 28), date(2028, 2, 29))] == [19, 20]


def test_the_first_moment_of_the_calendar_has_a_day_too() -> None:
    assert marks("data.occurred_at", "0001-01-01T00:00:00+00:00") == set()


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("943 476 5919", "9434765919"),
        ("943-476-5919", "9434765919"),
        (" 9434765919 ", "9434765919"),
        ("9434765918", None),
        ("943476591", None),
        ("not known", None),
        ("0000000000", None),
        ("9999999999", None),  # its check digit is right
        ("", None),
        (None, None),
    ],
)
def test_an_nhs_number_needs_its_check_digit_and_must_not_be_one_digit_ten_times(
    told: str | None, meant: str | None
) -> None:
    assert valid_nhs_number(told) == meant


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("B801200005001", "B801200005001"),
        ("b801 2000 05001", "B801200005001"),
        ("A801200005001", None),
        ("B80120000500", None),
        ("B8012000050012", None),
        ("I801200005001", None),
        ("not known", None),
        ("", None),
        (None, None),
    ],
)
def test_a_pupil_number_needs_its_check_letter(told: str | None, meant: str | None) -> None:
    assert valid_upn(told) == meant


@pytest.mark.parametrize("number", ["J941220319001", "M80120000500A"])
def test_a_pupil_number_may_be_of_a_new_authority_or_temporary(number: str) -> None:
    """North Northamptonshire is 941 since 2021; a temporary number ends in a letter."""
    assert valid_upn(number) == number


def test_numbers_that_cannot_be_are_marked() -> None:
    facts = {"family_name": "Okafor", "date_of_birth": "2011-07-02"}
    told = marks_of_child(**facts, nhs_number="9434765918", upn="A801200005001")
    assert told == {Mark.BAD_NHS_NUMBER, Mark.BAD_UPN}


@pytest.mark.parametrize(
    "identifier",
    [{"authority_child_id": "C-100482"}, {"nhs_number": "943 476 5919"}, {"upn": "B801200005001"}],
)
def test_an_identifier_makes_name_and_birth_date_unnecessary(identifier: dict[str, str]) -> None:
    assert marks_of_child(**identifier) == set()


def test_a_number_that_cannot_be_makes_nothing_unnecessary() -> None:
    assert marks_of_child(nhs_number="9999999999") == {
        Mark.BAD_NHS_NUMBER,
        Mark.NO_IDENTITY,
        Mark.NO_BIRTH_DATE,
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NOTHING_TOLD, {Mark.NO_IDENTITY, Mark.NO_BIRTH_DATE}),
        ({"family_name": "Okafor", "date_of_birth": "2011-07-02"}, set()),
        ({"family_name": "Okafor"}, {Mark.NO_BIRTH_DATE}),
        ({"given_names": "Amara", "date_of_birth": "2011-07-02"}, {Mark.NO_IDENTITY}),
        ({"family_name": " ", "authority_child_id": " "}, {Mark.NO_IDENTITY, Mark.NO_BIRTH_DATE}),
    ],
)
def test_without_an_identifier_the_family_name_and_the_birth_date_are_missed(
    facts: dict[str, str], expected: set[Mark]
) -> None:
    assert marks_of_child(**facts) == expected
