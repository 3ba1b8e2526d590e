"""Whether what a pattern finds is told as so, or as not so: `no drugs`, `denied`, `wasn't hurt`."""

import re
from collections.abc import Iterator
from typing import Final

from domain.quality.injury_words import NEGATION, NOT_NEGATED
from domain.quality.text import Span, lines, pattern, sentences, words

_CLAUSE_ENDS: Final = lines(
    r"""
    but
    though
    although
    however
    then
    so
    because
    and (?:he|she|they|i|then|we)
    when
    until
    except
    no,
    """
)
_AFTER: Final = re.compile(
    r"[\s,:;–-]*(?:use |involvement |misuse )?(?:(?:was|were|is|are) )?"
    r"(?:denied|not (?:seen|found|known|reported|told|involved|disclosed|present)|none|no\b|nil|ruled out)",
    re.IGNORECASE,
)
_SAID_NO: Final = pattern((r"(?:said|says|say) no(?! (?:but|at first))", r"turned (?:it|them|him|her) down"))
_WORDS_BEFORE: Final = 8
_CHARACTERS_BEFORE: Final = 90


def affirmed(found: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield the sentences in which a pattern is found and not negated."""
    for sentence in sentences(text):
        if any(not _is_negated(sentence.text, match) for match in found.finditer(sentence.text)):
            yield sentence


def _is_negated(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[max(0, match.start() - _CHARACTERS_BEFORE) : match.start()]
    ends = [0, *(each.end() for each in _CLAUSE_ENDS.finditer(before))]
    clause = NOT_NEGATED.sub(" ", before[ends[-1] :])
    near = " ".join(words(clause)[-_WORDS_BEFORE:])
    if _SAID_NO.search(before):
        return True
    return NEGATION.search(near) is not None or _AFTER.match(sentence, match.end()) is not None
