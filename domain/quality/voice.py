"""The child's voice: whether the account holds the child's own words, or only tells about the child."""

from collections.abc import Iterator
from typing import Final

from domain.quality.finding import Finding, quote
from domain.quality.reading import Reading
from domain.quality.text import Span, quotations, sentences, stems, unquoted, words
from domain.quality.voice_words import (
    CHILD_AGAIN,
    CHILDS_LINE,
    FIRST_PERSON,
    INTERVIEWER,
    REPORTED,
    SCRIPT,
    SPEECH,
    SPOKEN_BY_OTHERS,
    WITHOUT_SPEECH,
)

LONGEST_LABEL: Final = 2
LOOK_BACK: Final = 120


def voice(reading: Reading) -> Iterator[Finding]:
    """Yield a finding where nothing in the account is the child's own."""
    child = reading.told.child.names
    if reading.told.declined or any(_speaks(text, child) for text in _parts(reading)):
        return
    account = reading.account
    first = next(sentences(account), Span("", 0, 0))
    somebody_speaks = (
        REPORTED.search(account)
        or FIRST_PERSON.search(INTERVIEWER.sub(" ", account))
        or [*quotations(account)]
    )
    yield Finding("voice_missing", "account", quote(first.text), certain=not somebody_speaks)


def _parts(reading: Reading) -> Iterator[str]:
    return (text for place, text in reading.texts.items() if place.startswith("account."))


def _speaks(text: str, child: frozenset[str]) -> bool:
    told = unquoted(text)
    return any(_is_childs(text, each) for each in quotations(text)) or (
        not _is_tellers(told, child) and any(_is_first_person(each.text) for each in sentences(told))
    )


def _is_childs(text: str, quoted: Span) -> bool:
    """Whether a quotation is the child's: not a label of an office, not the words of somebody else."""
    before = [Span("", 0, 0), *sentences(text[max(0, quoted.start - LOOK_BACK) : quoted.start - 1])][-1].text
    others = [*SPOKEN_BY_OTHERS.finditer(before)]
    if others and not CHILD_AGAIN.search(before, others[-1].end()):
        return False
    if len(words(quoted.text)) > LONGEST_LABEL or quoted.text.rstrip().endswith((".", "!", "?", "…")):
        return True
    return SPEECH.search(before[-40:]) is not None or not words(text[: quoted.start])


def _is_tellers(told: str, child: frozenset[str]) -> bool:
    """Whether `I` and `we` are the interviewer's: children do not call themselves by their name."""
    named = [
        each.text
        for each in sentences(told)
        if not child.isdisjoint(stems(each.text)) and not CHILDS_LINE.search(each.text)
    ]
    return bool(named) and (
        any(FIRST_PERSON.search(each) for each in named) or INTERVIEWER.search(told) is not None
    )


def _is_first_person(sentence: str) -> bool:
    left = INTERVIEWER.sub(" ", sentence)
    return any(
        spoken.search(each)
        for spoken, each in ((FIRST_PERSON, left), (WITHOUT_SPEECH, sentence), (SCRIPT, sentence))
    )
