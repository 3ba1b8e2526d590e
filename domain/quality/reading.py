"""A record as the rules read it, with what is told to the gate beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from domain.quality.archive import EMPTY, Archive, Child, Copy
from domain.quality.filling_words import NOTHING
from domain.quality.office_words import GRAMMAR, OFFICE
from domain.quality.people_words import ROLES
from domain.quality.text import plain, quotations, stem, stems, words
from schemas.record import InterviewRecord, texts

_ONE_TO_ONE: Final = re.compile(r"(?<!\w)(?:1\s?[:/-]\s?1|121)(?!\w)")
_NAME_INSIDE: Final = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+")
FORMULAS: Final = GRAMMAR | OFFICE | ROLES


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the gate is told beside the record. Instants carry an offset.

    `earlier_episodes` are the starts of the child's missing episodes before this one; `staff` are names of
    people of the authority; `archive` holds the records that were there before, this child's and others'.
    """

    child: Child
    submitted_at: datetime
    interview_id: str = ""
    started_at: datetime | None = None
    returned_at: datetime | None = None
    held_at: datetime | None = None
    declined: bool = False
    earlier_episodes: tuple[datetime, ...] = ()
    staff: tuple[str, ...] = ()
    archive: Archive = EMPTY


@dataclass(frozen=True)
class Reading:
    """A record and its circumstances, with what several rules ask of them reckoned once."""

    record: InterviewRecord
    told: Circumstances
    texts: dict[str, str] = field(init=False)
    """Every text that is not empty by its place, with plain quotation marks."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", {place: plain(text) for place, text in texts(self.record)})

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Stems of the names of this child and of the staff: they make no text specific."""
        child = self.told.child
        named = (child.given_names, child.family_name, *child.also_known_as, *self.told.staff)
        return frozenset(name for each in named for name in stems(each))

    def specific(self, text: str, also_formulas: Iterable[str] = ()) -> list[str]:
        """Return the stems that say something of this child: no grammar, no office, no name of theirs."""
        without = FORMULAS | self.own_names | frozenset(also_formulas)
        said = words(_ONE_TO_ONE.sub(" ", text))
        return [
            each for word in said if ((each := stem(word)) not in without and len(each) > 1) or word.isdigit()
        ]

    def says_nothing(self, text: str) -> bool:
        """Whether a box holds no more than a sign that somebody was there."""
        bare = plain(text).strip(" .,;:-–—_/\\!?*#()[]\n\t")
        return not words(bare) or NOTHING.fullmatch(bare) is not None

    @cached_property
    def account(self) -> str:
        """The three parts of the account as one text."""
        return "\n".join(text for place, text in self.texts.items() if place.startswith("account."))

    @cached_property
    def told_stems(self) -> frozenset[str]:
        """Stems of all that the child told or that is known of this absence, without formulas."""
        sections = ("account.", "harm.", "living.", "help.", "carer.", "intelligence.", "exploitation.")
        told = (text for place, text in self.texts.items() if place.startswith(sections))
        return frozenset(each for text in told for each in self.specific(text))

    @cached_property
    def _told_words(self) -> str:
        sections = ("account.", "harm.", "living.", "help.would", "carer.")
        told = (" ".join(words(text)) for place, text in self.texts.items() if place.startswith(sections))
        return f" {' | '.join(told)} "

    def is_quoted(self, text: str) -> bool:
        """Whether a text, or something quoted in it, stands word for word in what was told."""
        quoted = [each.text for each in quotations(plain(text))] or [text]
        pieces = (words(piece) for each in quoted for piece in re.split(r"…|\.{2,}|[.!?;]", plain(each)))
        return any(len(piece) > 1 and f" {' '.join(piece)} " in self._told_words for piece in pieces)

    @cached_property
    def names_known(self) -> frozenset[str]:
        """Stems of words with a capital letter inside a sentence, or listed as people: others by name."""
        listed = (person.name for person in self.record.intelligence.people)
        inside = (word for text in self.texts.values() for word in _NAME_INSIDE.findall(text))
        found = {each for name in (*listed, *inside) for each in stems(name.removesuffix("'s"))}
        return frozenset(found - self.told.child.names - GRAMMAR)

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """What the record has in common with those of the archive."""
        return self.told.archive.copies(self.record, self.told.child, self.told.interview_id)
