"""Long text that says nothing: how much of it is phrases, and whether anything in it is of this child."""

from typing import Final

from domain.quality.filling_words import FORMULAS_OF_LENGTH
from domain.quality.office_words import OFFICE
from domain.quality.people_words import KIN
from domain.quality.reading import Reading
from domain.quality.text import WORD, stem, unquoted, words

LONG_TEXT: Final = 30
"""Words."""
VERY_LONG_TEXT: Final = 45
LONG_WORD: Final = 8
"""Letters."""
EMPTY: Final = 0.42
EMPTY_WITHOUT_FACTS: Final = 0.22
FEW_FACTS: Final = 1


def is_empty(reading: Reading, text: str) -> bool:
    """Whether a long text would fit any child; plain words without one fact count as well."""
    told = unquoted(text)
    count = len(words(told))
    if count < LONG_TEXT:
        return False
    found = emptiness_of(reading, told)
    return found >= EMPTY or (
        count >= VERY_LONG_TEXT and found >= EMPTY_WITHOUT_FACTS and _facts(reading, told) <= FEW_FACTS
    )


def emptiness_of(reading: Reading, text: str) -> float:
    """Return about 0 for plain speech, up to 1 for filled pages: long words, office words, phrases."""
    said = words(text)
    long = sum(len(word) >= LONG_WORD for word in said)
    office = sum(stem(word) in OFFICE for word in said)
    phrases = len(FORMULAS_OF_LENGTH.findall(text))
    return (long + office + 3 * phrases - len(reading.specific(text))) / max(len(said), 1)


def _facts(reading: Reading, text: str) -> int:
    """Return how many names, numbers and relatives stand in a text, the child's own name aside."""
    found = 0
    for match in WORD.finditer(text):
        base = stem(match[0].lower())
        is_name = match[0][0].isupper() and match[0] not in {"I", "I'm"} and not _begins(text, match.start())
        found += (is_name and base not in reading.own_names) or match[0][0].isdigit() or base in KIN
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins there, where everything has a capital letter."""
    before = text[:at].rstrip(" \"'(-–—")
    return not before or before[-1] in ".!?:;…\n"
