"""Text as numbers, with what a copier changes masked: names, numbers, days, pronouns, relatives."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final
from zlib import crc32

from domain.quality.people_words import KIN
from domain.quality.text import WORD, Span, plain, sentences, stem, stemmed, stems
from schemas.record import InterviewRecord, texts

NARRATIVE: Final = (
    "account.",
    "harm.",
    "exploitation.",
    "living.",
    "help.would",
    "help.options",
    "carer.view",
    "analysis.",
    "outcomes.",
)
"""Where text ought to be new each time. Offers, advice and lawful bases are worded alike by right."""
_NOT_NARRATIVE: Final = (".owner", ".by", ".who")

LOWEST_WORD: Final = 16
"""Numbers below stand for what is masked."""
_NAME, _NUMBER, _PRONOUN, _KIN, _DAY = range(1, 6)
_LONGEST_SENTENCE: Final = 60
_MASKS: Final[Mapping[str, int]] = (
    dict.fromkeys(
        stemmed("he she they him her them his hers their theirs himself herself themselves"), _PRONOUN
    )
    | dict.fromkeys(stemmed("he's she's they're he'd she'd they'd he'll she'll they'll"), _PRONOUN)
    | dict.fromkeys(KIN | stemmed("carer girl boy lad man woman"), _KIN)
    | dict.fromkeys(
        stemmed(
            "monday tuesday wednesday thursday friday saturday sunday january february march april june july"
            " august september october november december"
        ),
        _DAY,
    )
    | dict.fromkeys(
        stemmed(
            "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty half"
        ),
        _NUMBER,
    )
)


def narrative(record: InterviewRecord) -> Iterator[tuple[str, str]]:
    """Yield the texts that ought to be new in each record, with their places."""
    for place, text in texts(record):
        if place.startswith(NARRATIVE) and not place.endswith(_NOT_NARRATIVE):
            yield place, plain(text)


def masked_sentences(text: str, names: frozenset[str]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield each sentence (at most 60 words of it at a time) with its words as numbers.

    `names`: stems that are a child's name wherever they stand.
    """
    for sentence in sentences(text):
        found = tuple(WORD.finditer(sentence.text))
        for first in range(0, len(found), _LONGEST_SENTENCE):
            part = found[first : first + _LONGEST_SENTENCE]
            start, end = part[0].start(), part[-1].end()
            span = Span(sentence.text[start:end], sentence.start + start, sentence.start + end)
            yield span, _joined(number(word[0], word.start() > 0, names) for word in part)


def number(word: str, inside: bool, names: frozenset[str]) -> int:
    """Return the number of a word; `inside` a sentence a capital letter makes a name."""
    base = stem(word.lower())
    if base in names or (inside and word[0].isupper() and len(word) > 1 and not word.startswith("I'")):
        return _MASKS.get(base, _NAME)
    return _NUMBER if word[0].isdigit() else _number_of(base)


def name_stems(*named: str) -> frozenset[str]:
    """Return the stems of all words in names."""
    return frozenset(each for name in named for each in stems(name))


@lru_cache(maxsize=100_000)
def _number_of(base: str) -> int:
    return _MASKS.get(base) or max(crc32(base.encode("utf-8", "surrogatepass")), LOWEST_WORD)


def _joined(numbers: Iterator[int]) -> tuple[int, ...]:
    """Return numbers with a mask that is repeated, as in a name of two words, taken once."""
    kept: list[int] = []
    for each in numbers:
        if each >= LOWEST_WORD or not kept or kept[-1] != each:
            kept.append(each)
    return tuple(kept)
