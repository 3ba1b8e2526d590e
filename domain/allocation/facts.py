"""What is known of an interview that somebody has to hold, and of who has work in hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from schemas.staff import StaffMember

COMMON_LANGUAGE: Final = "english"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the child asked for; None where nobody told. `person` is a member of staff, by id."""

    person: str | None = None
    language: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """An interview that somebody has to hold.

    `own_id` is the authority's own number of the child, `social_worker` as its care has it, an id or a name.
    `held_by` are those who held earlier interviews with this child that led to an approved record, the latest
    first.
    """

    interview_id: UUID
    due_at: datetime
    own_id: str | None = None
    in_care: bool = False
    social_worker: str | None = None
    held_by: tuple[str, ...] = ()
    wishes: Wishes = Wishes()

    def asks_for(self, member: StaffMember) -> bool:
        """Whether the child asked for this person."""
        return self.wishes.person is not None and self.wishes.person == member.id


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has in hand: interviews whose record is not submitted yet.

    `waiting` of them have neither been held nor arranged; `arranged` are the slots agreed.
    """

    total: int = 0
    waiting: int = 0
    arranged: tuple[tuple[datetime, datetime], ...] = field(default=())


NOTHING: Final = Load()


def is_in_care(legal_status: str | None, words: Sequence[str]) -> bool:
    """Whether a legal status, as the authority writes it, has one of these words."""
    return bool(legal_status) and any(_has_word(legal_status or "", word) for word in words)


def language_named(text: str, languages: Sequence[str]) -> str | None:
    """Return the first of these languages, beside English, that a text on how to communicate names."""
    others = sorted({language.casefold() for language in languages} - {COMMON_LANGUAGE})
    return next((language for language in others if _has_word(text, language)), None)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
