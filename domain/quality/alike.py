"""Whether sentences were taken from another record, compared word by word over masked text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from domain.quality.masking import LOWEST_WORD

Sentence = tuple[int, ...]
"""The words of a sentence as numbers."""

SHINGLE: Final = 4
"""Words in a shingle."""
SHORTEST: Final = 6
"""Words that a sentence needs so that it can be called taken."""
ALIKE: Final = 0.72
"""Share of a sentence's words that must stand in the other in the same order."""
_ALTERNATIVES: Final = 3
"""Sentences of the other record that one of ours is compared with."""
_HASH: Final = (1 << 44) - 1


class Ours(NamedTuple):
    """A sentence of the record that is examined."""

    place: str
    words: str
    masked: Sentence


class Taken(NamedTuple):
    """A sentence of ours that another record has too: how many words, masked aside; whether all of it."""

    place: str
    words: str
    length: int
    whole: bool


def shingles(sentence: Sentence) -> Iterator[int]:
    """Yield the hash of each run of four words; hashes of whole numbers are the same in every process."""
    for at in range(len(sentence) - SHINGLE + 1):
        yield hash(sentence[at : at + SHINGLE]) & _HASH


def taken(ours: Iterable[Ours], theirs: Iterable[Sentence]) -> Iterator[Taken]:
    """Yield the sentences of ours that stand in theirs as well, near enough."""
    known: dict[int, list[Sentence]] = {}
    for sentence in theirs:
        for shingle in shingles(sentence):
            having = known.setdefault(shingle, [])
            if len(having) < _ALTERNATIVES:
                having.append(sentence)
    for our in ours:
        likely = (_common(our.masked, each) for each in _nearest(our.masked, known))
        length, whole = max(likely, default=(0, False))
        if length:
            yield Taken(our.place, our.words, length, whole)


def _nearest(sentence: Sentence, known: dict[int, list[Sentence]]) -> list[Sentence]:
    shared = Counter(each for shingle in shingles(sentence) for each in known.get(shingle, ()))
    return [each for each, _ in shared.most_common(_ALTERNATIVES)]


def _common(ours: Sentence, theirs: Sentence) -> tuple[int, bool]:
    """Return how many unmasked words two sentences share in order, 0 unless they are alike; whether all."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks)
    if shared < ALIKE * len(ours):
        return 0, False
    unmasked = sum(word >= LOWEST_WORD for block in blocks for word in ours[block.a : block.a + block.size])
    return unmasked, shared == len(ours)
