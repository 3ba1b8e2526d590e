"""Injuries that are told of the child and of this absence."""

from collections.abc import Iterator
from re import Pattern
from typing import Final

from domain.quality.injury_words import BY_SOMEBODY, GRAVE, ILLNESS, INJURY, LONG_AGO, NOTED, OF_OTHERS, SMALL
from domain.quality.negation import affirmed
from domain.quality.purpose_words import NO_HARM
from domain.quality.reading import Reading

NOTES: Final = ("harm.what", "harm.health")
ACCOUNT: Final = ("account.during", "account.since", "account.before")


def injury(reading: Reading) -> str | None:
    """Return the first sentence that tells of an injury, wherever it stands."""
    noted = (each for place in NOTES for each in _noted(reading, place))
    told = (each for place in ACCOUNT for each in _told(reading, place, (INJURY, GRAVE)))
    return next(noted, None) or next(told, None)


def is_small(sentence: str) -> bool:
    """Whether a sentence tells of a small injury that nobody did."""
    return SMALL.search(sentence) is not None and BY_SOMEBODY.search(sentence) is None


def grave_injury(reading: Reading) -> str | None:
    """Return the first sentence of an injury that needs an answer, whatever the box says.

    A record that says in words that nobody did harm contradicts itself at most.
    """
    if NO_HARM.search(reading.texts.get("harm.what", "")):
        return None
    places = NOTES if reading.record.harm.came_to_harm is None else NOTES[:1]
    noted = (each for place in places for each in _noted(reading, place))
    told = (each for place in ACCOUNT for each in _told(reading, place, (GRAVE,)))
    return next(noted, None) or next(told, None)


def _noted(reading: Reading, place: str) -> Iterator[str]:
    if not ILLNESS.search(reading.texts.get(place, "")):
        yield from _told(reading, place, (NOTED, INJURY))


def _told(reading: Reading, place: str, patterns: tuple[Pattern[str], ...]) -> Iterator[str]:
    text = OF_OTHERS.sub(" ", reading.texts.get(place, ""))
    for each in patterns:
        yield from (
            found.text
            for found in affirmed(each, text)
            if not LONG_AGO.search(found.text) and not is_small(found.text)
        )
