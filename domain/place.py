"""Whether a place, in the words somebody typed, would tell a stranger who the child is or where they live."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from domain.identity import normalise
from schemas.notification import Address

SHORTEST: Final = 3
"""Letters from which on a word may tell more than by being the same word."""
_STREETS: Final = """
street road lane avenue close drive way court house flat place gardens grove crescent terrace park hill the
and hall home homes school centre
"""
COMMON: Final = frozenset(_STREETS.split())
"""Words of addresses that many places have."""
_SORTS: Final = """
accommodation agency care carer carers children childrens family foster fostered fostering hostel independent
kinship local lodgings other own parent parents placed placement provision registered relative relatives
residential secure semi supported supportive unit with
"""
OF_PLACEMENTS: Final = frozenset(_SORTS.split())
"""Words for the sort of a placement: they tell of no single one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What would tell who a child is: names, addresses, and what placements and homes are called."""

    names: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    placements: tuple[str, ...] = ()


def tells(place: str, known: Known) -> bool:
    """Whether a place has a word in it by which the child could be known.

    Accents, apostrophes, a possessive s, spaces in a name or postcode, and the end of a word do not matter:
    `Seans house` tells of Seán, `Seb's` of Sebastian, `Amaras flat` of Amara. Rather once too often.
    """
    words = _words(place)
    said = {*words, *_joined(words)}
    short_forms = {
        short
        for word in words
        for short in (word, word.removesuffix("s"))
        if len(short) >= SHORTEST and word not in COMMON
    }
    names = {word for name in known.names for word in (*_words(name), normalise(name)) if word}
    telling = {*names, *_of_addresses(known.addresses), *_of_placements(known.placements)}
    return any(_begins(one, word) for one in said for word in telling) or any(
        name.startswith(one) for one in short_forms for name in names
    )


def _begins(said: str, word: str) -> bool:
    """Whether a word is there, as it is, in the possessive, or as the beginning of a longer one."""
    return said in {word, f"{word}s"} or (len(word) >= SHORTEST and said.startswith(word))


def _of_addresses(addresses: Iterable[Address]) -> Iterator[str]:
    """Yield the names and numbers of where somebody lives; districts and towns are other people's too."""
    for address in addresses:
        lines = address.lines or ()
        for line in (*lines[:1], *(line for line in lines[1:] if _is_of_a_street(line))):
            yield from _of_line(line, COMMON)
        if postcode := normalise(address.postcode):
            yield postcode


def _is_of_a_street(line: str) -> bool:
    return any(word in COMMON or word[0].isdigit() for word in _words(line))


def _of_placements(placements: Iterable[str]) -> Iterator[str]:
    for placement in placements:
        yield from _of_line(placement, COMMON | OF_PLACEMENTS)


def _of_line(line: str, common: frozenset[str]) -> Iterator[str]:
    return (word for word in _words(line) if len(word) >= SHORTEST and word not in common)


def _words(text: str) -> list[str]:
    """Return the words of a text without case, accents and apostrophes."""
    return [word for part in re.split(r"[\s,;:./()&+_\"“”–—-]+", text) if (word := normalise(part))]


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Yield neighbours as one word: `O Neill`, `NG2 4BT`."""
    return (f"{one}{other}" for one, other in pairwise(words))
