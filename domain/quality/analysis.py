"""The analysis: pattern over episodes, change in risk, and what it means; and long text that says nothing."""

from collections.abc import Iterator
from typing import Final

from domain.quality.analysis_words import EARLIER, NO_EARLIER, OF_MEANING, OF_PATTERNS, OF_STATUS, REASONED
from domain.quality.declining import has_account
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
    if reading.told.declined and not has_account(reading):
        if part.risk is not None and not _weighs(reading, part.risk_why):
            yield _found(reading, "risk_change_missing", "risk_why")
        return
    if reading.told.earlier_episodes and not _compares(reading, part.pattern):
        yield _found(reading, "pattern_missing", "pattern")
    if part.risk is None:
        yield Finding("risk_change_missing", "analysis.risk")
    elif not _weighs(reading, part.risk_why):
        yield _found(reading, "risk_change_missing", "risk_why")
    if not _means(reading, part.meaning):
        formula = not reading.specific(part.meaning) and not REASONED.search(part.meaning)
        yield _found(reading, "meaning_missing", "meaning", formula=formula)


def _found(reading: Reading, rule: str, name: str, *, formula: bool = False) -> Finding:
    """Return the finding: certain where nothing is written, or nothing but a formula."""
    text = getattr(reading.record.analysis, name)
    return Finding(rule, f"analysis.{name}", quote(text), certain=formula or reading.says_nothing(text))


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
