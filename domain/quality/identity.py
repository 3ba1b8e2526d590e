"""Whose record it is: names of other children of the archive."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from domain.identity import normalise
from domain.quality.archive import Child
from domain.quality.finding import Finding
from domain.quality.people_words import ALSO_WORDS
from domain.quality.reading import Reading
from domain.quality.text import WORD, lines, unquoted, words

COMPANY: Final = lines(
    r"""
    (?:boy|girl|best|close|old|new|school|online|family)?\s?(?:friends?|mates?)
    bestie
    (?:step)?(?:brothers?|sisters?|mum|dad|mother|father)
    cousins?
    siblings?
    twin
    (?:grand)?(?:son|daughter|mother|father)
    uncle
    aunt(?:ie|y)?
    nan
    gran
    bf
    gf
    ex
    partner
    neighbour
    (?:lads?|boys?|girls?|man|woman|guy|pupil|resident|child|baby|peer|dog|cat|horse|pony|young person)
    niece
    nephew
    called
    named
    name(?:'s| is| was)
    with
    and
    met
    meet(?:s|ing)?
    saw
    see(?:s|ing)?
    visit\w*
    messag\w*
    text(?:s|ed|ing)?
    rang
    phoned
    snap\w*
    mr
    mrs
    ms
    miss
    dr
    pc
    aka
    """
)
"""Words before a name that say who that person is, or that the child was with them."""
_LINKING: Final = re.compile(
    r"[\s,:('\"-]*(?:(?:her|his|their|my|the|a|an|is|was|from|of)\s+)?$", re.IGNORECASE
)
_EXPLAINED: Final = re.compile(
    r"\s*(?:'s\s+(?:house|flat|mum|dad|place|car|room|nan|brother|sister|party|door|gaff|yard|cousin|friend)\b"
    r"|,?\s*\((?!the child)|,?\s*(?:who|whom|whose|aged)\b|,\s+(?:her|his|their|my|an?|the)\s+\w+|,\s*\d"
    r"|\s+(?:from|off)\s+(?:school|college|football|home|work|next|her|his|the|[A-Z]))"
)
LISTED: Final = re.compile(
    r"intelligence\.|carer\.who|offer\.by|.*\.(?:owner|by|with_whom|child_chose_person|child_chose_place|address)$"
)
"""Where names stand that are known by standing there."""
_COMMON: Final = frozenset(map(normalise, ALSO_WORDS))
_LOOK_BACK: Final = 40


def names(reading: Reading) -> Iterator[Finding]:
    """Yield where the name of another child of the archive stands who is nobody this record speaks of."""
    others = _names_of_others(reading)
    strange: dict[str, Finding] = {}
    known = set(_copied_names(reading, others))
    introduced: set[str] = set()
    for place, text in reading.texts.items():
        told = unquoted(text)
        for match in WORD.finditer(text):
            name = normalise(match[0].removesuffix("'s"))
            if name not in others or not match[0][0].isupper():
                continue
            spoken = told[match.start()] != match[0][0]
            if name not in known and (spoken or LISTED.match(place) or _is_introduced(text, match)):
                introduced.add(name)
            else:
                strange.setdefault(name, Finding("other_name", place, match[0].removesuffix("'s")))
    yield from (finding for name, finding in strange.items() if name not in introduced)


def _names_of_others(reading: Reading) -> frozenset[str]:
    told = reading.told
    known = {normalise(word) for each in (*told.staff, *_named(told.child)) for word in words(each)}
    known |= {normalise(word) for person in reading.record.intelligence.people for word in words(person.name)}
    family = normalise(told.child.family_name)
    others = (
        child
        for child in told.archive.children.values()
        if child.id != told.child.id and normalise(child.family_name) != family
    )
    found = {normalise(word) for child in others for each in _called(child) for word in words(each)}
    return frozenset(name for name in found - known - _COMMON if len(name) > 1)


def _called(child: Child) -> Iterable[str]:
    return (child.given_names, *child.also_known_as)


def _named(child: Child) -> Iterable[str]:
    return (*_called(child), child.family_name)


def _copied_names(reading: Reading, others: frozenset[str]) -> Iterator[str]:
    """Yield the names of the child from whose record a sentence was taken that holds them."""
    for copy in reading.copies:
        theirs = {normalise(word) for each in _called(copy.filed.child) for word in words(each)}
        yield from (
            name
            for taken in copy.taken
            for word in words(taken.words)
            if (name := normalise(word.removesuffix("'s"))) in theirs & others
        )


def _is_introduced(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    linking = _LINKING.search(before)
    before = before[: linking.start()] if linking else before
    ends = [each.end() for each in COMPANY.finditer(before)]
    return bool(ends and ends[-1] == len(before)) or _EXPLAINED.match(text, match.end()) is not None
