"""Whose record it is: names of other children of the archive."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from domain.identity import normalise
from domain.quality.archive import Child
from domain.quality.common_words import COMMONEST
from domain.quality.finding import Finding
from domain.quality.people_words import ALSO_WORDS
from domain.quality.reading import Reading
from domain.quality.text import WORD, lines, pattern, unquoted, words

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
SHORTEST: Final = 2
"""Letters of a name."""
LISTED: Final = re.compile(
    r"intelligence\.|carer\.who|offer\.by|.*\.(?:owner|by|with_whom|child_chose_person|child_chose_place|address)$"
)
"""Where names stand that are known by standing there."""
_COMMON: Final = frozenset(map(normalise, ALSO_WORDS | COMMONEST))
_CHOOSES: Final = pattern(
    ("said|says|chose|chooses|wanted|wants|asked|picked|prefer\\w*|agreed|decided|opted|would",)
)
_SPEAKS: Final = re.compile(
    r"\s+(?:says?|said|told|tells|asked|asks|is|was|has|had|went|wants|wanted|feels|felt|stayed|left|came)(?!\w)"
)
_LOOK_BACK: Final = 40
_BEGINS: Final = re.compile(r"(?:^|[.!?:;…\n])[\s\"'(–—*•-]*$")


class _Others(NamedTuple):
    """The children whose names would be strange here, by each word; and who is known from copied text."""

    reading: Reading
    known: frozenset[str]
    in_copies: frozenset[str]
    """Names that stand in a sentence which was taken from that child's record."""
    of_copies: frozenset[str]
    """Names of the children from whose records more than a chance sentence was taken."""

    def children(self, name: str) -> list[Child]:
        own = self.reading.told.child
        if name in self.known:
            return []
        named = self.reading.told.archive.named.get(name, ())
        return [each for each in named if each.id != own.id and each.family != own.family]


def names(reading: Reading) -> Iterator[Finding]:
    """Yield where the name of another child of the archive stands who is nobody this record speaks of.

    It is certain where both names of that child stand together, or where the sentence is from that child's
    record; otherwise it may be a namesake.
    """
    others = _others(reading)
    strange: dict[str, Finding] = {}
    introduced: set[str] = set()
    for place, text in reading.texts.items():
        told = unquoted(text)
        for match in WORD.finditer(text):
            name = normalise(match[0].removesuffix("'s"))
            if len(name) < SHORTEST or not match[0][0].isupper() or not (named := others.children(name)):
                continue
            is_full = _stands_in_full(text, match, named)
            copied = name in others.in_copies or name in others.of_copies
            if name in _COMMON and not (is_full or (copied and _is_a_name(text, match))):
                continue
            spoken = told[match.start()] != match[0][0]
            if not copied and (spoken or _is_listed(place, text, match) or _is_introduced(text, match)):
                introduced.add(name)
            else:
                certain = is_full or name in others.in_copies & others.of_copies
                strange.setdefault(
                    name, Finding("other_name", place, match[0].removesuffix("'s"), certain=certain)
                )
    yield from (finding for name, finding in strange.items() if name not in introduced)


def _others(reading: Reading) -> _Others:
    told = reading.told
    people = (person.name for person in reading.record.intelligence.people)
    known = {normalise(word) for each in (*told.staff, *people) for word in words(each)}
    in_copies = set[str]()
    of_copies = set[str]()
    for copy in reading.copies:
        called = copy.filed.child.called
        said = (normalise(word.removesuffix("'s")) for taken in copy.taken for word in words(taken.words))
        in_copies |= called.intersection(said)
        if copy.of_other(told.child):
            of_copies |= called
    return _Others(
        reading,
        frozenset(known | told.child.called | told.child.family),
        frozenset(in_copies),
        frozenset(of_copies),
    )


def _stands_in_full(text: str, match: re.Match[str], named: Iterable[Child]) -> bool:
    """Whether another part of the same child's name stands before or after."""
    before = [*WORD.finditer(text[max(0, match.start() - _LOOK_BACK) : match.start()])][-1:]
    after = WORD.search(text, match.end(), match.end() + _LOOK_BACK)
    near = {
        normalise(each[0].removesuffix("'s"))
        for each in (*before, *([after] if after else ()))
        if each[0][0].isupper()
    } - {normalise(match[0])}
    return any(not near.isdisjoint(child.family | child.called) for child in named)


def _is_a_name(text: str, match: re.Match[str]) -> bool:
    """Whether a capital letter makes a word a name: inside a sentence, or as somebody who speaks or acts."""
    return _BEGINS.search(text[: match.start()]) is None or _SPEAKS.match(text, match.end()) is not None


def _is_listed(place: str, text: str, match: re.Match[str]) -> bool:
    """Whether a name is known by standing there; who chooses among those offered is the child."""
    chooses = (
        ".child_chose" in place
        and _BEGINS.search(text[: match.start()])
        and _CHOOSES.match(text, match.end() + 1)
    )
    return LISTED.match(place) is not None and not chooses


def _is_introduced(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    linking = _LINKING.search(before)
    before = before[: linking.start()] if linking else before
    ends = [each.end() for each in COMPANY.finditer(before)]
    return bool(ends and ends[-1] == len(before)) or _EXPLAINED.match(text, match.end()) is not None
