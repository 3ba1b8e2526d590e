"""The analysis: pattern over episodes, change in risk, and what it means; and long text that says nothing."""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.finding import Finding, quote
from domain.quality.form_words import FORMULAS_OF_LENGTH, OF_ITSELF, OFFICE
from domain.quality.reading import Reading
from domain.quality.text import lines, sentences, stem, unquoted, words

EARLIER: Final = lines(
    """
    (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\\d+(?:st|nd|rd|th)|last|previous|earlier|past|prior|other|former|these|those|both|all|two|three|four|five|six|seven|eight|nine|ten|several|each|every|\\d+) (?:\\w+ ){0,3}(?:times?|episodes?|absences?|occasions?|incidents?|nights?|ones?|missings?|interviews?|records?|weekends?|weeks?|months?|conversations?|visits?)
    (?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|spring|summer|autumn|winter|christmas|easter|half.term)s?
    before
    again
    previously
    earlier
    last
    the (?:first|second|third|fourth|fifth|other|others|rest|same)
    same
    unlike
    different\\w*
    compared
    comparison
    longer
    shorter
    further
    farther
    closer
    later
    more often
    increas\\w+
    decreas\\w+
    escalat\\w+
    always
    each
    every
    usual\\w*
    whereas
    both
    now
    this time
    since
    until now
    new
    changed?
    """
)
"""How a text refers to earlier episodes or compares with them."""

OF_MEANING: Final = lines(
    """
    mean(?:s|ing|t)?
    suggest(?:s|ing|ive)?
    shows?
    indicat(?:es|ing)
    (?:tells?|telling) (?:us|me)
    points? to
    likely
    unlikely
    therefore
    so what
    because
    needs?
    needed
    has to
    have to
    must
    should
    ought to
    cannot
    can't
    can
    could
    won't
    will not
    unless
    until
    if
    rather than
    instead
    matters?
    worr(?:y|ies|ied|ying)
    concern(?:s|ed|ing)?
    patterns?
    behind
    underneath
    underlying
    root
    at the heart
    really about
    (?:is|isn't|not) about
    way of
    sees?
    seems?
    appears?
    feels?
    believes?
    thinks?
    fears?
    relies|depends
    trusts?
    risks?
    danger(?:ous)?
    safe[rty]*
    unsafe
    vulnerable
    protect\\w*
    will
    would
    is
    are
    isn't
    aren't
    does
    doesn't
    don't
    has
    hasn't
    lacks?
    wants?
    keeps?
    makes?
    leaves? (?:her|him|them)
    change[sd]?
    different(?:ly)?
    """
)
"""The signs of judgement: what is, what must be, what follows. An account told again is all in the past tense."""

NO_EARLIER: Final = re.compile(
    r"(?:this (?:is|was) )?(?:(?:the|her|his|their) )?first(?: \w+){0,2}\.?|(?:none|no)\b(?: \w+){0,6}\.?",
    re.IGNORECASE,
)
"""What is written where nobody looked: that there was none."""
OF_PATTERNS: Final = lines(
    """
    missing
    episodes?
    absences?
    patterns?
    history
    chronology
    services
    noted
    recorded
    previous(?:ly)?
    """
)
OF_STATUS: Final = lines(
    """
    risks?
    vulnerab\\w+
    concerns?
    support\\w*
    safe(?:ty|guarding)?
    monitor\\w*
    review\\w*
    professionals?
    """
)
"""Words of standing, not of meaning: `a vulnerable young person at risk`."""
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
    """Return about 0 for plain speech and 0.3 to 1 for filled pages: long and office words, phrases, less facts."""
    said = words(text)
    long = sum(len(word) >= LONG_WORD for word in said)
    office = sum(stem(word) in OFFICE for word in said)
    phrases = len(FORMULAS_OF_LENGTH.findall(text))
    return (long + office + 3 * phrases - len(reading.specific(text))) / len(said)


def _is_empty(reading: Reading, text: str) -> bool:
    told = unquoted(text)
    return len(words(told)) >= WORDS_OF_LONG_TEXT and _emptiness(reading, told) >= EMPTY
