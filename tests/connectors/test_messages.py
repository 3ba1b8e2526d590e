"""The words of messages: what is late, since when in words a person says, what is expected by when."""

from datetime import UTC, datetime, timedelta

import pytest

from connectors.messages import MOST_LISTED, alert, headline
from connectors.spoken import deadline, moment, span
from schemas.ladder_policy import Watch
from schemas.notices import Notice

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LINK = "https://homeward.example/children/1"


def notice(watch: Watch | None = Watch.NOT_HELD, since: datetime = NOW - 5 * HOUR) -> Notice:
    return Notice("a_step", watch, since, "Hold the interview today.", NOW + 8 * HOUR, "/children/1")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (MINUTE / 2, "less than a minute"),
        (MINUTE, "1 minute"),
        (59 * MINUTE, "59 minutes"),
        (HOUR, "1 hour"),
        (47 * HOUR, "47 hours"),
        (48 * HOUR, "2 days"),
    ],
)
def test_a_span_is_told_in_its_largest_fitting_unit(length: timedelta, said: str) -> None:
    assert span(length) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW - 5 * HOUR, "overdue by 5 hours"),
        (NOW, "due now"),
        (NOW + 23 * HOUR, "due in 23 hours"),
        (NOW - 7 * 24 * HOUR, "overdue by 7 days"),
    ],
)
def test_a_deadline_is_told_from_where_one_stands(at: datetime, said: str) -> None:
    assert deadline(at, NOW) == said


def test_a_moment_is_londons() -> None:
    assert moment(NOW) == "10:00 on Tuesday 31 March 2026"


@pytest.mark.parametrize("watch", [*Watch, None])
def test_everything_that_can_be_late_has_words_and_a_time(watch: Watch | None) -> None:
    assert "5 hours" in headline(notice(watch), NOW)


def test_one_thing_is_told_with_what_is_expected_by_when_and_where_to_look() -> None:
    told = alert([notice()], key="1", to="x", address="https://homeward.example", now=NOW)
    assert told.subject == "Homeward: A return home interview is not held yet: overdue by 5 hours"
    assert "What is expected: Hold the interview today.\nBy: 18:00 on Tuesday 31 March 2026" in told.text
    assert told.short.endswith(LINK)
    assert LINK in told.text


def test_a_text_fits_into_what_notify_sends() -> None:
    long = Notice("a_step", Watch.OUTCOMES_NOT_CONFIRMED, NOW, "x" * 300, NOW, f"/children/{'a' * 36}")
    assert len(alert([long], key="1", to="x", address="https://homeward.example", now=NOW).short) < 918


def test_of_very_many_things_the_first_are_listed_and_the_others_counted() -> None:
    told = alert([notice()] * 70, key="1", to="x", address="https://homeward.example", now=NOW)
    assert told.subject == "Homeward: 70 things wait for you"
    assert told.text.count(LINK) == MOST_LISTED
    assert "And 20 more: https://homeward.example/" in told.text
