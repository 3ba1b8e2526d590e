"""The analysis: pattern over episodes, change in risk, and what it means; and long text that says nothing."""

from collections.abc import Iterator
from typing import Final

from domain.quality.analysis_words import EARLIER, NO_EARLIER, OF_MEANING, OF_PATTERNS, OF_STATUS
from domain.quality.filling_words import FORMULAS_OF_LENGTH, OF_ITSELF
from domain.quality.finding import Finding, quote
from domain.quality.office_words import OFFICE
from domain.quality.reading import Reading
from domain.quality.text import sentences, stem, unquoted, words

FEW: Final = 2
RETOLD: Final = 0.7
"""Share of the words of `meaning` that stand in the account, from which on it only tells again."""
WORDS_OF_LONG_TEXT: Final = 35
LONG_WORD: Final = 8
"""Letters."""
EMPTY: Final = 0.42
EMPTY_IF_SHORT: Final = 0.5


def analysis(reading: Reading) -> Iterator[Finding]:
    """Yield what the analysis does not say."""
    if reading.told.declined:
        return
    part = reading.record.analysis
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
        if place.startswith(("account.", "analysis.")) and _is_empty(reading, text):
            yield Finding("empty_words", place, quote(next(sentences(text)).text))


def _compares(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text) or NO_EARLIER.fullmatch(text):
        return False
    facts = len(reading.specific(text))
    return EARLIER.search(text) is not None and (facts >= FEW or not OF_PATTERNS.search(text))


def _means(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text):
        return False
    if len(words(text)) >= WORDS_OF_LONG_TEXT and _emptiness(reading, text) >= EMPTY:
        return True  # long and empty: that is said by `empty_words`
    if _emptiness(reading, text) >= EMPTY_IF_SHORT or (OF_STATUS.search(text) and not reading.specific(text)):
        return False
    signs = len(OF_MEANING.findall(text))
    return signs > 0 and not (signs <= FEW and _retells(reading, text))


def _retells(reading: Reading, text: str) -> bool:
    said = reading.specific(text)
    return sum(each in reading.told_stems for each in said) >= RETOLD * len(said)


def _weighs(reading: Reading, text: str) -> bool:
    if reading.says_nothing(text):
        return False
    return bool(reading.specific(text)) or not OF_ITSELF.search(text)


def _emptiness(reading: Reading, text: str) -> float:
    """Return about 0 for plain speech, up to 1 for filled pages: long words, office words, phrases."""
    said = words(text)
    long = sum(len(word) >= LONG_WORD for word in said)
    office = sum(stem(word) in OFFICE for word in said)
    phrases = len(FORMULAS_OF_LENGTH.findall(text))
    return (long + office + 3 * phrases - len(reading.specific(text))) / len(said)


def _is_empty(reading: Reading, text: str) -> bool:
    told = unquoted(text)
    return len(words(told)) >= WORDS_OF_LONG_TEXT and _emptiness(reading, told) >= EMPTY
