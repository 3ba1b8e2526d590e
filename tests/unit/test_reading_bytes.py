"""From bytes to JSON, and one spelling of what it holds."""

import json
from typing import Any

import pytest

from schemas.reading import Unreadable, canonical, digest, parse_json, read_notification
from tests.unit.wire import REPORTED


def unreadable(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        parse_json(content)
    return str(caught.value)


def test_json_in_utf_8_is_parsed() -> None:
    assert parse_json('{"family_name": "Ōkafor"}'.encode()) == {"family_name": "Ōkafor"}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_json(b"\xef\xbb\xbf" + json.dumps(REPORTED).encode()) == REPORTED


def test_bytes_that_are_not_utf_8_are_refused_with_the_place() -> None:
    assert unreadable("Zoë".encode("latin-1")) == "The message is not UTF-8 at byte 2: send it as UTF-8."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        json.dumps(REPORTED).encode()[:-1],
        b"NaN",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": "\x01"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\ud800\\u0041"}',
        b'{"a": "\\udc00"}',
        b"{} {}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 5_000,
        b"<notification/>",
    ],
)
def test_bytes_that_are_not_json_are_refused(content: bytes) -> None:
    assert unreadable(content).startswith("The message is not JSON that can be read: ")


def test_the_error_says_where_the_message_breaks_off() -> None:
    assert unreadable(b'{"specversion": "1.0",') == (
        "The message is not JSON that can be read: EOF while parsing a value at line 1 column 22."
    )


def test_two_spellings_of_one_content_have_one_digest() -> None:
    one = parse_json(b'{"a": "\\u00e9", "b": [1, {"d": null, "c": true}]}')
    other = parse_json('{"b":[1,{"c":true,"d":null}],\n "a":"é"}'.encode())
    assert canonical(one) == canonical(other) == '{"a":"é","b":[1,{"c":true,"d":null}]}'.encode()
    assert digest(one) == digest(other)
    assert len(digest(one)) == 32


@pytest.mark.parametrize("other", [{"a": [2, 1]}, {"a": [1, 2], "b": None}, {"a": ["1", 2]}, {"a": [1, 2.5]}])
def test_another_content_has_another_digest(other: Any) -> None:
    assert digest({"a": [1, 2]}) != digest(other)


def test_what_was_refused_can_still_be_spelled() -> None:
    assert canonical({"a": float("inf"), "b": "\ud800"}) == b'{"a":Infinity,"b":"\\ud800"}'


def test_reading_leaves_the_message_as_it_came() -> None:
    before = digest(REPORTED)
    read_notification(REPORTED)
    assert digest(REPORTED) == before


def test_a_notification_written_and_read_again_is_the_same() -> None:
    notification = read_notification(REPORTED)
    assert read_notification(parse_json(notification.model_dump_json().encode())) == notification
