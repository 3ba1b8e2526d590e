"""The analysis: pattern over episodes, change in risk, and what it means; and long text that says nothing."""

from collections.abc import Iterator
from typing import Final

from domain.quality.analysis_words import EARLIER, NO_EARLIER, OF_MEANING, OF_PATTERNS, OF_STATUS
from domain.quality.emptiness import emptiness_of, is_empty
from domain.quality.filling_words import OF_ITSELF
from domain.quality.finding import Finding, quote
from domain.quality.reading import Reading
from domain.quality.text import sentences

FEW: Final = 2
RETOLD: Final = 0.7
"""Share of the words of `meaning` that stand in the account, from which on it only tells again."""
EMPTY_IF_SHORT: Final = 0.5


def analysis(reading: Reading) -> Iterator[Finding]:
    """Yield what the analysis does not say."""
    part = reading.record.analysis
    if reading.told.declined:
        if part.risk is not None and not _weighs(reading, part.risk_why):
            yield Finding("risk_change_missing", "analysis.risk_why", quote(part.risk_why))
        return
    if reading.told.earlier_episodes and not _compares(reading, part.pattern):
        yield Finding("pattern_missing", "analysis.pattern", quote(part.pattern))
    if part.risk is None:
        yield Finding("risk_change_missing", "analysis.risk")
    elif not _weighs(reading, part.risk_why):
        yield Finding("risk_change_missing", "analysis.risk_why", quote(part.risk_why))
    if not _means(reading, part.meaning):
        yield Finding("meaning_missing", "analysis.meaning", quote(part.meaning))


def emptiness(reading: Reading) -> Iterator[Finding]:
    """Yield the long texts of account and analysis that would fit any child."""
    for place, text in reading.texts.items():
        if place.startswith(("account.", "analysis.")) and is_empty(reading, text):
            yield Finding("empty_words", place, quote(next(sentences(text)).text))


def _compares(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text) or NO_EARLIER.fullmatch(text) or is_empty(reading, text):
        return False
    facts = len(reading.specific(text))
    return EARLIER.search(text) is not None and (facts >= FEW or not OF_PATTERNS.search(text))


def _means(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text):
        return False
    if is_empty(reading, text):
        return True  # long and empty: that is said by `empty_words`
    if OF_STATUS.search(text) and (
        emptiness_of(reading, text) >= EMPTY_IF_SHORT or not reading.specific(text)
    ):
        return False
    signs = len(OF_MEANING.findall(text))
    return signs > 0 and not (signs <= FEW and _retells(reading, text))


def _retells(reading: Reading, text: str) -> bool:
    said = reading.specific(text)
    return bool(said) and sum(each in reading.told_stems for each in said) >= RETOLD * len(said)


def _weighs(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text):
        return False
    return bool(reading.specific(text)) or not OF_ITSELF.search(text)
