"""Whether an outcome is about this child: what it names, and whether it answers what was told."""

from collections.abc import Iterable
from typing import Final

from domain.quality.filling_words import CONCRETE, COUNTED
from domain.quality.office_words import GRAMMAR, PROGRAMMES
from domain.quality.outcome_words import ACTS, FOR_PARENTS, FORMULA, PAST, SAID, UNTOLD, WISHED
from domain.quality.people_words import KIN, PERSON
from domain.quality.reading import Reading
from domain.quality.text import plain, quotations, stem, stems, words
from schemas.record import Outcome

ENOUGH: Final = 2
SHARE_OF_ONE: Final = 0.25
SHARE_OF_MANY: Final = 0.15
FEWEST_WORDS: Final = 5
SHORTEST_QUOTE: Final = 2
SHORT_REASON: Final = 6
_NOBODY: Final = frozenset({stem("parents"), stem("partner"), stem("friends")})
"""Relatives that a formula has as well."""


def is_specific(reading: Reading, outcome: Outcome, owner: Iterable[str]) -> bool:
    """Whether it names something particular; one such word is enough where the rest is short or tied.

    `owner` are stems of the owner's name, which says nothing of the child. What somebody does, told with a
    verb such as `rings` or `tells`, is no formula: those speak of what is to be done.
    """
    if reading.says_nothing(outcome.what):
        return False
    what = COUNTED.sub(" ", plain(outcome.what))
    if CONCRETE.search(what) or (len(words(what)) >= FEWEST_WORDS and ACTS.search(what)):
        return True
    named = set(reading.specific(what, owner)) - _NOBODY
    relatives, specific = named & KIN, named - KIN
    content = [each for each in stems(what) if each not in GRAMMAR]
    if not specific - PROGRAMMES:
        return bool(relatives) and FOR_PARENTS.search(what) is None and reading.is_quoted(outcome.why)
    if len(specific) + len(relatives) // 2 >= ENOUGH:
        return len(named) >= SHARE_OF_MANY * len(content)
    return (
        len(named) >= SHARE_OF_ONE * len(content)
        or bool(specific & reading.told_stems)
        or reading.is_quoted(outcome.why)
    )


def is_formula(reading: Reading, what: str) -> bool:
    """Whether a text is a formula from end to end: not a word of it is this child's."""
    if reading.says_nothing(what):
        return True
    left = COUNTED.sub(" ", plain(what))
    return FORMULA.search(left) is not None and not reading.specific(left, PROGRAMMES)


def says_no_more_than_office(reading: Reading, why: str) -> bool:
    """Whether a reason is a few words of the office, such as any child could have."""
    return reading.says_nothing(why) or (
        len(words(why)) <= SHORT_REASON
        and not reading.specific(why)
        and not any(each.search(why) for each in (PAST, SAID, PERSON))
        and _content(reading, why) <= UNTOLD
    )


def is_tied(reading: Reading, why: str) -> bool:
    """Whether a reason quotes what was told, names something of it, or says what somebody did or said."""
    if reading.says_nothing(why):
        return False
    specific = set(reading.specific(why))
    if specific & reading.told_stems or reading.is_quoted(why) or _has_quotation(why):
        return True
    if WISHED.search(why):
        return False  # what every child deserves
    happened = PAST.match(why) is not None
    is_of_somebody = (
        happened or PERSON.search(why) is not None or not reading.told.child.names.isdisjoint(stems(why))
    )
    if specific and (SAID.search(why) or is_of_somebody):
        return True
    return is_of_somebody and PAST.search(why) is not None and bool(_content(reading, why) - UNTOLD)


def _has_quotation(why: str) -> bool:
    return any(len(words(each.text)) >= SHORTEST_QUOTE for each in quotations(plain(why)))


def _content(reading: Reading, text: str) -> set[str]:
    return {each for each in stems(text) if each not in GRAMMAR | reading.own_names}
