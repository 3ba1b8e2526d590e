"""Pronouns of the other sex that can mean nobody but the child."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from domain.quality.finding import Finding, quote
from domain.quality.identity import names
from domain.quality.people_words import OF_EITHER, OF_MEN, OF_WOMEN
from domain.quality.pronoun_words import ACTS_ON_CHILD, CALENDAR, CHILD_AS_ANY, HELPED, USES_OTHERS
from domain.quality.reading import Reading
from domain.quality.text import WORD, sentences, stem, unquoted, words
from domain.quality.voice_words import FIRST_PERSON

HE: Final = frozenset({"he", "him", "his", "himself", "he's", "he'd", "he'll"})
SHE: Final = frozenset({"she", "her", "hers", "herself", "she's", "she'd", "she'll"})
SUBJECTS: Final = frozenset({"he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"})
ABOUT_THE_CHILD: Final = re.compile(
    r"account\.|harm\.(?:what|health)|analysis\.(?:push|pattern|risk_why|meaning)|living\.school"
)
"""Where `he` or `she` without anybody named before is the child."""


class _Asked(NamedTuple):
    """What is looked for: the pronouns that would be wrong, and stems of names that stand for the child."""

    reading: Reading
    wrong: frozenset[str]
    own: frozenset[str]

    @property
    def fitting(self) -> frozenset[str]:
        """Stems of words for people of whom the wrong pronoun may speak."""
        return OF_EITHER | (OF_MEN if self.wrong is HE else OF_WOMEN)


def pronouns(reading: Reading) -> Iterator[Finding]:
    """Yield where a pronoun of the other sex can mean nobody but the child."""
    wrong = {"female": HE, "male": SHE}.get(reading.told.child.sex or "", frozenset())
    used = {word for text in reading.texts.values() for word in words(text)}
    if wrong.isdisjoint(used) or any(USES_OTHERS.search(text) for text in reading.texts.values()):
        return
    strange = tuple(names(reading))
    asked = _Asked(reading, wrong, reading.told.child.names | {stem(each.words.lower()) for each in strange})
    for place, text in reading.texts.items():
        if ABOUT_THE_CHILD.match(place) and (found := _in_place(asked, place, text)):
            yield Finding("other_pronoun", place, quote(found))
    if found := _said_by_carer(asked):
        yield Finding("other_pronoun", "carer.view", quote(found))
    yield from _of_strangers(asked, strange)
    yield from _in_outcomes(asked)
    for taken in (
        taken for copy in reading.copies for taken in copy.taken if copy.of_other(reading.told.child)
    ):
        if _has_only(words(taken.words), wrong):
            yield Finding("other_pronoun", taken.place, quote(taken.words))


def _of_strangers(asked: _Asked, strange: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the sentences in which another child's name stands for this one, with that child's pronoun."""
    for each in strange:
        for sentence in sentences(unquoted(asked.reading.texts[each.place])):
            said = words(sentence.text)
            if each.words.lower() in said and _has_only(said[said.index(each.words.lower()) :], asked.wrong):
                yield Finding("other_pronoun", each.place, quote(sentence.text))


def _in_outcomes(asked: _Asked) -> Iterator[Finding]:
    """Yield the outcomes that are to help the child and call them by the wrong pronoun."""
    for place, text in asked.reading.texts.items():
        helped = HELPED.search(text) if place.startswith("outcomes.") and place.endswith(".what") else None
        if helped and helped[0].split()[-1].lower() in asked.wrong:
            before = WORD.finditer(text, 0, helped.start())
            if not any(_is_somebody(asked, each) for each in before):
                yield Finding("other_pronoun", place, quote(text))


def _in_place(asked: _Asked, place: str, text: str) -> str | None:
    """Return what is found in one text; in an account others may be spoken of in all its parts."""
    told = unquoted(text)
    if place.startswith("account.") and (
        FIRST_PERSON.search(told) or _speaks_of_others(asked, asked.reading.account)
    ):
        return None
    found = _wrong_pronoun(asked, told)
    is_elses = found and place.startswith("account.") and _right_before(asked, told, found)
    return None if is_elses else found


def _right_before(asked: _Asked, told: str, found: str) -> bool:
    """Whether the teller has the child's own pronoun before: then the other one is somebody else's."""
    before = words(told[: told.find(found)])
    return not (HE | SHE).difference(asked.wrong).isdisjoint(before)


def _speaks_of_others(asked: _Asked, text: str) -> bool:
    quoted = set(words(text)) - set(words(unquoted(text)))
    return not quoted.isdisjoint(asked.wrong) or any(
        stem(word.removesuffix("'s")) in asked.fitting for word in words(CHILD_AS_ANY.sub(" ", text))
    )


def _wrong_pronoun(asked: _Asked, text: str) -> str | None:
    """Return the first sentence with only the wrong pronoun, if nobody else was spoken of before it."""
    others = False
    for sentence in sentences(CHILD_AS_ANY.sub(_blank, text)):
        found = list(WORD.finditer(sentence.text))
        at = next((number for number, each in enumerate(found) if each[0].lower() in asked.wrong), None)
        here = any(_is_somebody(asked, each) for each in found[:at])
        if at is not None:
            named = [stem(each[0].lower().removesuffix("'s")) in asked.own for each in found[:at]]
            if here or (others and named[:1] != [True]):
                return None
            if any(named) and found[at][0].lower() not in SUBJECTS:
                return None  # `Leo misses her`: somebody else
            alone = _has_only(words(sentence.text), asked.wrong) and not ACTS_ON_CHILD.search(sentence.text)
            return text[sentence.start : sentence.end] if alone else None
        others = others or here
    return None


def _is_somebody(asked: _Asked, match: re.Match[str]) -> bool:
    """Whether a word is somebody of whom the pronoun may speak: a word for people, or a name."""
    base = stem(match[0].lower().removesuffix("'s"))
    if base in asked.fitting:
        return True
    if not match[0][0].isupper() or base in asked.own or match[0].lower() in CALENDAR:
        return False
    return match[0][0] != "I" if match.start() > 0 else base in asked.reading.names_known


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _has_only(said: Iterable[str], wrong: frozenset[str]) -> bool:
    """Whether a sentence has the wrong pronoun as its subject or object and the right one not at all."""
    found = set(said)
    return not wrong.isdisjoint(found) and (SHE if wrong is HE else HE).isdisjoint(found)


def _said_by_carer(asked: _Asked) -> str | None:
    """Return the carer's words with the wrong pronoun for the child, where it cannot be the carer."""
    carer, wrong = asked.reading.record.carer, asked.wrong
    who = {stem(word) for word in words(carer.who)}
    if who.isdisjoint(OF_WOMEN if wrong is HE else OF_MEN) or not who.isdisjoint(
        OF_MEN if wrong is HE else OF_WOMEN
    ):
        return None
    return _wrong_pronoun(asked, unquoted(asked.reading.texts.get("carer.view", "")))
