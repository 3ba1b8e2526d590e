"""Why something was not understood, in plain words: reasons are kept for whoever writes a format."""

import re
from collections.abc import Mapping
from typing import Any, Final

from web.mending.asked import BY_NAME, PLACES_ASKED
from web.mending.filling import value_at
from web.record.reading import nearest

MOST_SAID: Final = 100
CONTAINERS: Final = {"data": "What happened, and to whom", "data.child": "Which child"}
LACKING: Final = "not told"
UNKNOWN: Final = "is no word that is known here"
PLAIN: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in {
        r"does not exist \(.*": "does not exist",
        r"does not exist, or is not written as .*": "does not exist, or is not written as this force does",
        r"can be read in two ways.*": "can be read in two ways, such as day and month exchanged",
        r"is no word that the format knows.*": UNKNOWN,
        r"is not a type this service reads.*": UNKNOWN,
        r"must be '.*": UNKNOWN,
        r"must be (?:a valid boolean|true or false).*": "is neither yes nor no",
        r"has no offset.*": "does not say whether it is London time",
        r"must be an instant such as.*": "is no date with a time that is known here",
        r"must be a day such as.*": "is no date that is known here",
        r"came twice in the night.*": "came twice in the night in which the clocks went back: say which",
        r".* lies after what happened.*": "lies after what happened",
        r"has no time of day.*": "has no time of day",
        r"is lacking: nothing stands under (.*)": rf"{LACKING}; nothing stands under \1",
        r"is lacking.*": LACKING,
    }.items()
)
"""What reasons say to whoever writes a format or a program, and what that means for a screener."""


def asked_at(place: str) -> str | None:
    """Return the name of the question about a place in a message, or about what stands around it."""
    return nearest(PLACES_ASKED, place) if place else None


def in_words(place: str, message: str, told: Mapping[str, Any] | None = None) -> str:
    """Return one reason in plain words; with the message that it is about, with what stands there."""
    name = asked_at(place)
    if name is None:
        return f"{CONTAINERS.get(place, place)}: {_plain(message)}" if place else message
    asked = BY_NAME[name]
    value = value_at(told, asked) if told is not None else None
    said = (
        "" if value is None or isinstance(value, dict | list | bool) or str(value) in message else str(value)
    )
    short = f"{said[:MOST_SAID]}…" if len(said) > MOST_SAID else said
    why = LACKING if told is not None and _is_of_nothing(value, message) else _plain(message)
    return f"{asked.question.label}: {f'“{short}” ' if short else ''}{why}"


def _is_of_nothing(value: Any, message: str) -> bool:
    return value is None and message.startswith("must be ")


def _plain(message: str) -> str:
    for pattern, words in PLAIN:
        if pattern.fullmatch(message):
            return pattern.sub(words, message)
    return message
