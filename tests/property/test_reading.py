"""Whatever arrives is either a notification or unreadable: nothing else ever leaves the door."""

import contextlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.notification import TYPES
from schemas.reading import Unreadable, canonical, digest, parse_json, read_notification
from schemas.scalars import read_instant
from tests.unit.wire import REPORTED

characters = st.characters(exclude_categories=())  # lone surrogates and NUL with the rest
text = st.text(characters, max_size=8)
hostile = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    text,
    st.sampled_from((*TYPES, "2026-03-28T22:41:00Z", "0001-01-01T00:00:00+23:59", "x" * 201, "1.0")),
)
json_values = st.recursive(
    hostile,
    lambda some: st.one_of(st.lists(some, max_size=3), st.dictionaries(text, some, max_size=3)),
    max_leaves=5,
)
plain_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()
    ),
    lambda some: st.one_of(st.lists(some, max_size=3), st.dictionaries(st.text(), some, max_size=3)),
    max_leaves=5,
)


def _paths(value: Any, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield (*path, name)
            yield from _paths(item, (*path, name))


PATHS = (
    *_paths(REPORTED),
    *(("data", part) for part in ("located", "returned", "prevention_interview", "reason")),
)


def replaced(message: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    if not isinstance(message, dict):
        return message
    return {**message, path[0]: replaced(message.get(path[0], {}), path[1:], value)}


def check(message: Any) -> None:
    """Read the message; what is refused says why, and what is read is read again from its one spelling."""
    try:
        notification = read_notification(message)
    except Unreadable as error:
        refused = error
    else:
        assert read_notification(parse_json(canonical(message))) == notification
        return
    assert all(problem.message for problem in refused.problems)
    assert str(refused).encode()  # not empty, and fit to be written anywhere


@given(st.lists(st.tuples(st.sampled_from(PATHS), json_values), max_size=3))
def test_the_example_with_anything_anywhere_is_read_or_refused(
    changes: list[tuple[tuple[str, ...], Any]],
) -> None:
    message: Any = REPORTED
    for path, value in changes:
        message = replaced(message, path, value)
    check(message)


@given(json_values)
def test_any_json_value_is_read_or_refused(message: Any) -> None:
    check(message)


@given(st.one_of(st.binary(), st.text().map(str.encode), json_values.map(json.dumps).map(str.encode)))
def test_any_bytes_are_parsed_or_refused(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        canonical(parse_json(content))


@given(st.integers(0, 2**12), st.binary(max_size=3))
def test_the_example_broken_anywhere_is_read_or_refused(place: int, instead: bytes) -> None:
    content = json.dumps(REPORTED).encode()
    place %= len(content)
    with contextlib.suppress(Unreadable):
        check(parse_json(content[:place] + instead + content[place + 1 :]))


@given(st.text("0123456789-+:.TtZz ", max_size=30))
def test_any_text_is_an_instant_in_utc_or_a_value_error(written: str) -> None:
    with contextlib.suppress(ValueError):
        offset = read_instant(written).utcoffset()
        assert offset is not None
        assert not offset


@given(st.datetimes(), st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_an_instant_written_with_any_offset_is_read_as_that_instant(shown: datetime, minutes: int) -> None:
    instant = shown.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    with contextlib.suppress(ValueError):  # outside the years
        assert read_instant(instant.isoformat()) == instant


@given(plain_values)
def test_one_spelling_is_read_back_as_the_same_value(value: Any) -> None:
    assert parse_json(canonical(value)) == value
    assert canonical(parse_json(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text(), plain_values, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_the_fields_is_no_content(message: dict[str, Any], random: Any) -> None:
    fields = list(message.items())
    random.shuffle(fields)
    assert digest(dict(fields)) == digest(message)
