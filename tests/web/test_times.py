"""Times as people read them and type them."""

from datetime import UTC, datetime, timedelta

import pytest

from web.pages.local_time import CameTwice, NotATime, Typed, read_day, read_moment, read_time
from web.pages.times import count, how_long, moment, respoken, time_left


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-03-28T22:10", "28 March 2026 at 10:10pm"),
        ("2026-07-01T22:10", "1 July 2026 at 11:10pm"),
        ("2026-01-05T09:00", "5 January 2026 at 9am"),
        ("2026-01-05T12:00", "5 January 2026 at midday"),
        ("2026-01-05T00:00", "5 January 2026 at midnight"),
        ("2026-01-05T00:05", "5 January 2026 at 12:05am"),
        ("2026-01-05T12:30", "5 January 2026 at 12:30pm"),
    ],
)
def test_a_moment_is_told_in_london(instant: str, words: str) -> None:
    assert moment(at(instant)) == words


def test_a_time_that_was_kept_in_a_sentence_is_told_like_the_others() -> None:
    assert respoken("submitted, held on 27 November 2026 at 00:05") == (
        "submitted, held on 27 November 2026 at 12:05am"
    )
    assert respoken("located on 1 April 2026 at 12:00") == "located on 1 April 2026 at midday"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-10-25T00:30", "25 October 2026 at 1:30am (BST)"),
        ("2026-10-25T01:30", "25 October 2026 at 1:30am (GMT)"),
        ("2026-10-25T02:00", "25 October 2026 at 2am"),
        ("2026-10-24T23:59", "25 October 2026 at 12:59am"),
        ("2026-03-29T00:59", "29 March 2026 at 12:59am"),
        ("2026-03-29T01:00", "29 March 2026 at 2am"),
    ],
)
def test_only_in_the_hour_that_comes_twice_it_says_which(instant: str, words: str) -> None:
    assert moment(at(instant)) == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-07-01T22:30", "today at 11:30pm"),
        ("2026-07-01T23:30", "tomorrow at 12:30am"),
        ("2026-06-30T22:30", "yesterday at 11:30pm"),
        ("2026-06-29T10:00", "29 June 2026 at 11am"),
    ],
)
def test_a_near_day_is_named_by_the_calendar_in_london(instant: str, words: str) -> None:
    assert moment(at(instant), now=at("2026-07-01T12:00")) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (72, "72 hours left"),
        (12.99, "12 hours left"),
        (1, "1 hour left"),
        (0.76, "45 minutes left"),
        (0.001, "due now"),
        (-0.001, "due now"),
        (-0.5, "overdue by 30 minutes"),
        (-5.2, "overdue by 5 hours"),
        (-95, "overdue by 95 hours"),
        (-96, "overdue by 4 days"),
        (100, "4 days left"),
    ],
)
def test_what_is_left_is_never_told_as_more_than_it_is(hours: float, words: str) -> None:
    assert time_left(hours) == words


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=3, minutes=59), "3 hours"),
        (timedelta(days=3, hours=23), "95 hours"),
        (timedelta(days=26), "26 days"),
    ],
)
def test_a_length_of_time_stands_in_its_largest_whole_unit(elapsed: timedelta, words: str) -> None:
    assert how_long(elapsed) == words


def test_a_number_agrees_with_its_noun() -> None:
    assert [count(1, "child", "children"), count(1200, "question")] == ["1 child", "1,200 questions"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14:30", "14:30"),
        ("2:30pm", "14:30"),
        (" 2.30 PM ", "14:30"),
        ("1430", "14:30"),
        ("0905", "09:05"),
        ("9am", "09:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("midnight", "00:00"),
        ("Midday", "12:00"),
        ("00:00", "00:00"),
    ],
)
def test_a_time_may_be_typed_in_many_ways(text: str, read: str) -> None:
    assert read_time(text).isoformat("minutes") == read


@pytest.mark.parametrize("month", ["11", "nov", "Nov.", "November"])
def test_a_month_may_be_typed_by_its_name(month: str) -> None:
    assert read_day("9", month, "2026").isoformat() == "2026-11-09"


@pytest.mark.parametrize("text", ["", "2", "25:00", "13pm", "0am", "12:60", "half two", "1:2", "١٢:٠٠"])
def test_what_is_no_time_says_what_to_type(text: str) -> None:
    with pytest.raises(NotATime, match="2:30pm") as refused:
        read_time(text)
    assert refused.value.field == "time"


@pytest.mark.parametrize(
    "parts",
    [("", "3", "2026"), ("31", "2", "2026"), ("1", "13", "2026"), ("1", "3", "26"), ("x", "3", "2026")],
)
def test_what_is_no_day_says_what_to_type(parts: tuple[str, str, str]) -> None:
    with pytest.raises(NotATime, match="28 3 2026"):
        read_day(*parts)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        (Typed("28", "03", "2026", "22:10"), "2026-03-28T22:10"),
        (Typed("1", "7", "2026", "22:10"), "2026-07-01T21:10"),
        (Typed("25", "10", "2026", "1:30am", "first"), "2026-10-25T00:30"),
        (Typed("25", "10", "2026", "1:30am", "second"), "2026-10-25T01:30"),
        (Typed("25", "10", "2026", "2am"), "2026-10-25T02:00"),
        (Typed("29", "3", "2026", "2am"), "2026-03-29T01:00"),
        (Typed("28", "3", "2026", "22:10", "second"), "2026-03-28T22:10"),
    ],
)
def test_a_typed_moment_is_on_a_clock_in_london(typed: Typed, instant: str) -> None:
    assert read_moment(typed) == at(instant)


@pytest.mark.parametrize("which", ["", "third"])
def test_a_time_that_came_twice_has_to_be_told_apart(which: str) -> None:
    with pytest.raises(CameTwice, match="01:30 on 25 October 2026 happened twice") as refused:
        read_moment(Typed("25", "10", "2026", "1:30am", which))
    assert refused.value.field == "which"


@pytest.mark.parametrize("text", ["1am", "1:30am", "1:59am"])
def test_a_time_that_the_clocks_went_past_did_not_happen(text: str) -> None:
    with pytest.raises(NotATime, match="did not happen"):
        read_moment(Typed("29", "3", "2026", text))
