"""The four purposes of the interview, and what belongs around it: the offer, the carer, the sharing.

Source: statutory guidance (2014): find harm and deal with it; understand why; help the child feel safe and
know their options; give information on staying safe, helplines included.
"""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.emptiness import EMPTY, emptiness_of, is_empty
from domain.quality.filling_words import DONE_AFTER_ALL, FACTORS, NOT_DONE
from domain.quality.finding import Finding, quote
from domain.quality.purpose_words import CONTACT, HARM_SAID, OF_OTHERS, WHY
from domain.quality.reading import Reading
from domain.quality.text import sentences, stemmed, words

FEW_WORDS: Final = 12


def purposes(reading: Reading) -> Iterator[Finding]:
    """Yield which of the four purposes the record does not show."""
    if reading.told.declined:
        return
    record = reading.record
    if record.harm.came_to_harm is None and not _says_of_harm(reading):
        certain = not any(place.startswith("harm.") for place in reading.texts)
        yield Finding("purpose_harm", "harm.came_to_harm", quote(record.harm.what), certain=certain)
    if not _says_why(reading):
        part = record.analysis
        lacks = all(map(reading.says_nothing, (part.push, part.pull, reading.account and part.meaning)))
        yield Finding("purpose_why", "analysis.push", quote(part.push or part.pull), certain=lacks)
    if _is_bare(reading, record.help.options):
        yield _bare(reading, "purpose_safe", "options")
    if _is_bare(reading, record.help.safety_information, unless=CONTACT):
        yield _bare(reading, "purpose_information", "safety_information")


def _bare(reading: Reading, rule: str, name: str) -> Finding:
    text = getattr(reading.record.help, name)
    return Finding(rule, f"help.{name}", quote(text), certain=reading.says_nothing(text))


def surroundings(reading: Reading) -> Iterator[Finding]:
    """Yield what lacks of the carer's view, the sharing and the offer."""
    record = reading.record
    if reading.says_nothing(record.carer.view) and reading.says_nothing(record.carer.not_asked):
        yield Finding("carer_view_missing", "carer.view", quote(record.carer.view))
    if reading.says_nothing(record.sharing.nothing_shared) and all(
        reading.says_nothing(each.with_whom) for each in record.sharing.shared
    ):
        yield Finding("sharing_missing", "sharing.shared", quote(record.sharing.nothing_shared))
    for name in ("child_chose_person", "child_chose_place", "confidentiality"):
        if reading.says_nothing(text := getattr(record.offer, name)):
            yield Finding("offer_incomplete", f"offer.{name}", quote(text))


def _says_of_harm(reading: Reading) -> bool:
    harm = reading.record.harm
    return any(
        HARM_SAID.search(text)
        for text in (reading.texts.get("harm.what", ""), reading.texts.get("harm.health", ""))
    ) or any(not reading.says_nothing(action.what) for action in harm.actions)


def _says_why(reading: Reading) -> bool:
    analysis = reading.record.analysis
    if any(_names_a_cause(reading, text) for text in (analysis.push, analysis.pull)):
        return True
    return any(_tells_why(reading, sentence.text) for sentence in sentences(reading.account))


def _tells_why(reading: Reading, sentence: str) -> bool:
    """Whether somebody would hear a reason; phrases of the office are full of the words of reasons."""
    is_long = len(words(sentence)) >= FEW_WORDS
    return WHY.search(OF_OTHERS.sub(" ", sentence)) is not None and (
        not is_long or emptiness_of(reading, sentence) < EMPTY
    )


def _names_a_cause(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text) or is_empty(reading, text):
        return False
    return bool(reading.specific(text, _OF_FACTORS)) or not FACTORS.search(text)


_OF_FACTORS: Final = stemmed("factors multiple various complex dynamic interplay multitude variety")
SUBJECTS: Final = stemmed(
    "option options safety safe staying keeping advice usual talked spoke went through leaflet sheet"
)
"""What such a box is about by its heading."""


def _is_bare(reading: Reading, text: str, unless: re.Pattern[str] | None = None) -> bool:
    """Whether a box says that something was done and not what: `Options discussed with Amara.`"""
    if reading.says_nothing(text):
        return True
    if unless and unless.search(text):
        return False
    if len(words(text)) >= FEW_WORDS:
        return False
    return not reading.specific(text, SUBJECTS) or (
        NOT_DONE.match(text) is not None and DONE_AFTER_ALL.search(text) is None
    )
