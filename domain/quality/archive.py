"""The records that were there before, so that text taken from one is found at once among ten thousand.

A record is kept as numbers, one per word (see `masking`). An index over hashed four-word shingles finds the
few records worth comparing; a shingle that stands in many children's records is a phrase of the form and
leads nowhere (document frequency over children). The sentences of the few are compared word by word.
"""

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from typing import Final, NamedTuple

from domain.identity import normalise
from domain.quality.alike import SHORTEST, Ours, Sentence, Taken, shingles, taken
from domain.quality.masking import masked_sentences, name_stems, narrative
from domain.quality.text import words
from schemas.record import InterviewRecord

FORM_CHILDREN: Final = 4
FORM_SHARE: Final = 0.005
"""A shingle in the records of so many other children, or this share of them, is a phrase of the form."""
TAKEN_WORDS: Final = 14
"""Words, masked ones aside, from which on it is copying: a long sentence, or two."""
MOST_COMPARED: Final = 30
_ONE_IN: Final = 2
"""One shingle in so many is indexed, chosen by its own hash, so the same ones in every record."""
_NUMBER_BITS: Final = 20
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)?")
_END: Final = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A child by the names in use. `id` tells children apart; `sex` as police send it, or None."""

    id: str
    given_names: str
    family_name: str
    also_known_as: tuple[str, ...] = ()
    sex: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """Stems of every word of the names."""
        return name_stems(self.given_names, self.family_name, *self.also_known_as)

    @property
    def called(self) -> frozenset[str]:
        """The words, normalised, of the given and other names; notes in brackets beside one left out."""
        return _words_of(self.given_names, *(_IN_BRACKETS.sub(" ", each) for each in self.also_known_as))

    @property
    def family(self) -> frozenset[str]:
        """The words, normalised, of the family name."""
        return _words_of(self.family_name)


def _words_of(*names: str) -> frozenset[str]:
    return frozenset(normalise(word) for name in names for word in words(name))


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as the archive keeps it: its narrative as numbers, each sentence ended by 0."""

    interview_id: str
    child: Child
    masked: "array[int]"


class Copy(NamedTuple):
    """All that a record has in common with one other."""

    filed: Filed
    taken: tuple[Taken, ...]

    @property
    def length(self) -> int:
        return sum(each.length for each in self.taken)

    def of_other(self, child: Child) -> bool:
        """Whether it is another child's record, and more than a chance sentence."""
        return self.filed.child.id != child.id and self.length >= TAKEN_WORDS


def file_record(interview_id: str, child: Child, record: InterviewRecord) -> Filed:
    """Return a record as the archive keeps it: about 3 kB, which a store may keep as bytes."""
    masked = array("I")
    for _, text in narrative(record):
        for _, sentence in masked_sentences(text, child.names):
            masked.extend((*sentence, _END))
    return Filed(interview_id, child, masked)


class _Shelf:
    """Filed records with an entry for each indexed shingle: its hash, then the record's number; sorted."""

    def __init__(self, filed: tuple[Filed, ...]) -> None:
        self.filed = filed
        self.entries = array("Q", sorted(_entries(filed)))

    def having(self, shingle: int) -> Iterator[Filed]:
        """Yield the records in which a shingle stands."""
        lowest = shingle << _NUMBER_BITS
        for at in range(bisect_left(self.entries, lowest), len(self.entries)):
            if self.entries[at] >> _NUMBER_BITS != shingle:
                return
            yield self.filed[self.entries[at] - lowest]


@dataclass(frozen=True)
class Archive:
    """Filed records with their index. Adding makes a new archive; the order of adding does not matter.

    A record that is filed again takes the place of its first form, which may stand on a shelf a while longer.
    """

    shelves: tuple[_Shelf, ...] = ()
    latest: Mapping[str, Filed] = field(default_factory=dict, compare=False)

    def adding(self, filed: Iterable[Filed]) -> "Archive":
        """Return the archive with more records. Shelves double in size, so that adding one stays cheap."""
        added = {each.interview_id: each for each in filed}
        if not added:
            return self
        latest = {**self.latest, **added}
        new = tuple(added.values())
        shelves = list(self.shelves)
        while shelves and len(shelves[-1].filed) < 2 * len(new):
            new = (*(e for e in shelves.pop().filed if latest.get(e.interview_id) is e), *new)
        return Archive((*shelves, _Shelf(new)), latest)

    def without(self, interview_ids: Collection[str]) -> "Archive":
        """Return the archive without these records."""
        if not interview_ids:
            return self
        kept = {each: filed for each, filed in self.latest.items() if each not in interview_ids}
        return Archive(self.shelves, kept)

    @cached_property
    def children(self) -> dict[str, Child]:
        """Every child of the archive by id."""
        return {each.child.id: each.child for each in self.latest.values()}

    @cached_property
    def named(self) -> Mapping[str, tuple[Child, ...]]:
        """The children of the archive by each word, normalised, of their given and other names."""
        found: dict[str, dict[str, Child]] = {}
        for child in self.children.values():
            for word in child.called:
                found.setdefault(word, {})[child.id] = child
        return {word: tuple(children.values()) for word, children in found.items()}

    def copies(self, record: InterviewRecord, child: Child, interview_id: str) -> tuple[Copy, ...]:
        """Return what the record has in common with each other one, the most first."""
        ours = _sentences_of(record, child)
        asked = set(chain.from_iterable(_indexed(our.masked) for our in ours))
        found = {shingle: self._having(shingle, child) for shingle in asked}
        form = {shingle for shingle, having in found.items() if having is None}
        by_id = {filed.interview_id: filed for having in found.values() for filed in having or ()}
        hits = Counter(filed.interview_id for having in found.values() for filed in having or ())
        hits.pop(interview_id, None)
        likely = nsmallest(MOST_COMPARED, hits, key=lambda each: (-hits[each], each))
        new = [our for our in ours if not _of_the_form(our.masked, form)]
        copies = (Copy(by_id[each], tuple(taken(new, _unfiled(by_id[each].masked)))) for each in likely)
        return tuple(sorted((c for c in copies if c.taken), key=lambda c: (-c.length, c.filed.interview_id)))

    def _having(self, shingle: int, child: Child) -> list[Filed] | None:
        """Return the records in which a shingle stands; None where so many have it that it is of the form."""
        limit = max(FORM_CHILDREN, FORM_SHARE * len(self.children))
        found: list[Filed] = []
        others: set[str] = set()
        for filed in chain.from_iterable(shelf.having(shingle) for shelf in self.shelves):
            if self.latest.get(filed.interview_id) is not filed:
                continue
            found.append(filed)
            others.add(filed.child.id)
            if len(others - {child.id}) >= limit:
                return None
        return found


EMPTY: Final = Archive()


def _sentences_of(record: InterviewRecord, child: Child) -> list[Ours]:
    return [
        Ours(place, span.text, masked)
        for place, text in narrative(record)
        for span, masked in masked_sentences(text, child.names)
        if len(masked) >= SHORTEST
    ]


def _entries(filed: Iterable[Filed]) -> Iterator[int]:
    for number, each in enumerate(filed):
        indexed = {shingle for sentence in _unfiled(each.masked) for shingle in _indexed(sentence)}
        yield from (shingle << _NUMBER_BITS | number for shingle in indexed)


def _indexed(sentence: Sentence) -> Iterator[int]:
    return (shingle for shingle in shingles(sentence) if shingle % _ONE_IN == 0)


def _of_the_form(sentence: Sentence, form: set[int]) -> bool:
    """Whether more than half of a sentence is phrases of the form."""
    indexed = list(_indexed(sentence))
    return 2 * sum(shingle in form for shingle in indexed) > len(indexed)


def _unfiled(masked: "array[int]") -> Iterator[Sentence]:
    start = 0
    for at, each in enumerate(masked):
        if each == _END:
            yield tuple(masked[start:at])
            start = at + 1
