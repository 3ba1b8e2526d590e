"""Injuries that are told of the child and of this absence."""

from collections.abc import Iterator
from re import Pattern
from typing import Final

from domain.quality.injury_words import GRAVE, INJURY, LONG_AGO, NOTED, OF_OTHERS
from domain.quality.negation import affirmed
from domain.quality.reading import Reading

NOTES: Final = ("harm.what", "harm.health")
ACCOUNT: Final = ("account.during", "account.since", "account.before")


def injury(reading: Reading) -> str | None:
    """Return the first sentence that tells of an injury, wherever it stands."""
    return next(_told(reading, NOTES, (NOTED, INJURY)), None) or next(
        _told(reading, ACCOUNT, (INJURY, GRAVE)), None
    )


def grave_injury(reading: Reading) -> str | None:
    """Return the first sentence of an injury that needs an answer, whatever the box says."""
    return next(_told(reading, NOTES, (NOTED, INJURY)), None) or next(_told(reading, ACCOUNT, (GRAVE,)), None)


def _told(reading: Reading, places: tuple[str, ...], patterns: tuple[Pattern[str], ...]) -> Iterator[str]:
    for place in places:
        text = OF_OTHERS.sub(" ", reading.texts.get(place, ""))
        for each in patterns:
            yield from (found.text for found in affirmed(each, text) if not LONG_AGO.search(found.text))
