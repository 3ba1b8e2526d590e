"""Whose record it is: names of other children, and pronouns that are not the child's."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from domain.identity import normalise
from domain.quality.archive import Child
from domain.quality.finding import Finding, quote
from domain.quality.people_words import ALSO_WORDS, OF_EITHER, OF_MEN, OF_WOMEN
from domain.quality.reading import Reading
from domain.quality.text import WORD, lines, sentences, stem, unquoted, words

HE: Final = frozenset({"he", "him", "his", "himself", "he's", "he'd", "he'll"})
SHE: Final = frozenset({"she", "her", "hers", "herself", "she's", "she'd", "she'll"})
SUBJECTS: Final = frozenset({"he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"})

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
USES_OTHERS: Final = lines(
    r"""
    pronouns?
    they/them
    he/him
    she/her
    non-?binary
    trans(?:gender)?
    gender[- ]?fluid
    identif(?:y|ies) as
    """
)
LISTED: Final = re.compile(
    r"intelligence\.|carer\.who|offer\.by|.*\.(?:owner|by|with_whom|child_chose_person|child_chose_place|address)$"
)
"""Where names stand that are known by standing there."""
ABOUT_THE_CHILD: Final = re.compile(
    r"account\.|harm\.(?:what|health)|analysis\.(?:pattern|risk_why|meaning)|living\.school"
)
"""Where `he` or `she` without anybody named before is the child."""
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


def pronouns(reading: Reading) -> Iterator[Finding]:
    """Yield where a pronoun of the other sex can mean nobody but the child."""
    wrong = {"female": HE, "male": SHE}.get(reading.told.child.sex or "", frozenset())
    if not wrong or any(USES_OTHERS.search(text) for text in reading.texts.values()):
        return
    for place, text in reading.texts.items():
        if ABOUT_THE_CHILD.match(place) and (found := _wrong_pronoun(reading, unquoted(text), wrong)):
            yield Finding("other_pronoun", place, quote(found))
    if found := _said_by_carer(reading, wrong):
        yield Finding("other_pronoun", "carer.view", quote(found))
    for taken in (
        taken for copy in reading.copies for taken in copy.taken if copy.of_other(reading.told.child)
    ):
        if _has_only(words(taken.words), wrong):
            yield Finding("other_pronoun", taken.place, quote(taken.words))


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


def _wrong_pronoun(reading: Reading, text: str, wrong: frozenset[str]) -> str | None:
    """Return the first sentence with only the wrong pronoun, if nobody else was spoken of before it."""
    fitting = OF_EITHER | (OF_MEN if wrong is HE else OF_WOMEN)
    own = reading.told.child.names
    for sentence in sentences(text):
        for match in WORD.finditer(sentence.text):
            word, base = match[0].lower(), stem(match[0].lower().removesuffix("'s"))
            if word in wrong:
                return sentence.text if _has_only(words(sentence.text), wrong) else None
            if base in fitting or (
                match.start() > 0 and match[0][0].isupper() and base not in own and word[0] != "i"
            ):
                return None
    return None


def _has_only(said: Iterable[str], wrong: frozenset[str]) -> bool:
    """Whether a sentence has the wrong pronoun as its subject or object and the right one not at all."""
    found = set(said)
    return not wrong.isdisjoint(found) and (SHE if wrong is HE else HE).isdisjoint(found)


def _said_by_carer(reading: Reading, wrong: frozenset[str]) -> str | None:
    """Return the carer's words with the wrong pronoun for the child, where it cannot be the carer."""
    carer = reading.record.carer
    who = {stem(word) for word in words(carer.who)}
    if who.isdisjoint(OF_WOMEN if wrong is HE else OF_MEN) or not who.isdisjoint(
        OF_MEN if wrong is HE else OF_WOMEN
    ):
        return None
    return _wrong_pronoun(reading, unquoted(reading.texts.get("carer.view", "")), wrong)
