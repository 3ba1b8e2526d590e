"""Instants carry an offset, days are days, and neither is guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from schemas.notification import ChildFacts
from schemas.scalars import read_instant
from tests.unit.wire import problems, spoiled

SUCH_AS = "such as 2026-03-28T22:41:00+00:00"
NO_OFFSET = "has no offset: add Z or one such as +01:00, so that nobody has to guess the zone"


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-28T22:41:00+00:00",
        "2026-03-28T22:41:00Z",
        "2026-03-28t22:41:00z",
        "2026-03-28 22:41Z",
        "2026-03-28T23:41:00+01:00",
        "2026-03-28T23:41:00+0100",
        "2026-03-28T17:41:00.000-05:00",
        "2026-03-28T22:41:00.0000009Z",
        datetime(2026, 3, 28, 22, 41, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 41, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_an_instant_is_read_in_utc_to_the_microsecond(written: object) -> None:
    instant = read_instant(written)
    assert (instant, instant.tzinfo) == (datetime(2026, 3, 28, 22, 41, tzinfo=UTC), UTC)


@pytest.mark.parametrize("field", ["time", "data.occurred_at", "data.missing.last_seen_at"])
def test_an_instant_without_an_offset_is_refused_for_nobody_may_guess(field: str) -> None:
    assert problems(spoiled(field, "2026-03-29T01:30:00")) == [f"{field}: {NO_OFFSET}"]


def test_a_naive_datetime_is_refused_as_well() -> None:
    with pytest.raises(ValueError, match="has no offset"):
        read_instant(datetime(2026, 3, 28, 22, 41))  # noqa: DTZ001  # what is refused


NOT_INSTANTS: tuple[Any, ...] = (
    *(1774737660, 1774737660.0, True, [], {}, "", "28/03/2026 22:41", "2026-03-28", "20260328T224100Z"),
    *(
        "2026-03-28T22:41:00+25:00",
        "2026-03-28T22:41:00+01:60",
        "2026-03-28T22:41:00+01",
        "٢٠٢٦-03-28T22:41Z",
    ),
)


@pytest.mark.parametrize("written", NOT_INSTANTS)
def test_what_is_not_an_instant_is_answered_with_one(written: Any) -> None:
    assert problems(spoiled("time", written)) == [f"time: must be an instant {SUCH_AS}"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-02-29T12:00:00Z", "day is out of range for month"),
        ("2026-13-01T12:00:00Z", "month must be in 1..12"),
        ("2026-03-28T24:00:00Z", "hour must be in 0..23"),
        ("2026-03-28T22:60:00Z", "minute must be in 0..59"),
        ("2026-06-30T23:59:60Z", "second must be in 0..59"),
        ("0000-01-01T00:00:00Z", "year 0 is out of range"),
    ],
)
def test_an_instant_that_does_not_exist_is_refused_with_the_reason(written: str, why: str) -> None:
    assert problems(spoiled("data.occurred_at", written)) == [
        f"data.occurred_at: does not exist ({why}): write an instant {SUCH_AS}"
    ]


@pytest.mark.parametrize("written", ["0001-01-01T00:30:00+01:00", "9999-12-31T23:30:00-01:00"])
def test_an_instant_that_utc_cannot_hold_is_refused(written: str) -> None:
    assert problems(spoiled("time", written)) == ["time: lies outside the years 1 to 9999 once it is in UTC"]


@pytest.mark.parametrize("written", ["02/07/2011", "2011-7-2", "2011-07-02T00:00:00Z", 20110702, 15.5])
def test_what_is_not_a_day_is_answered_with_one(written: Any) -> None:
    assert problems(spoiled("data.child.date_of_birth", written)) == [
        "data.child.date_of_birth: must be a day such as 2011-07-02"
    ]


def test_a_day_that_does_not_exist_is_refused_with_the_reason() -> None:
    assert problems(spoiled("data.child.date_of_birth", "2011-02-29")) == [
        "data.child.date_of_birth: does not exist (day is out of range for month):"
        " write a day such as 2011-07-02"
    ]


def test_a_day_is_kept_but_an_instant_is_not_taken_for_one() -> None:
    born = date(2011, 7, 2)
    assert ChildFacts(date_of_birth=born).date_of_birth == born
    with pytest.raises(ValueError, match="must be a day"):
        ChildFacts.model_validate({"date_of_birth": datetime(2011, 7, 2, tzinfo=UTC)})
