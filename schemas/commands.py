"""What people do to an interview: one command each, with who, when and why.

`by` names the member of staff, as the directory has them, on whose word it is done.
"""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from schemas.prose import Line, Part, Prose, Reason, Words
from schemas.record import SECTIONS, Contact
from schemas.scalars import Instant, Name


class Answer(StrEnum):
    """What came of an attempt to offer the interview."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNDECIDED = "undecided"
    NOT_REACHED = "not_reached"
    """Nobody was reached: an attempt, but nothing was offered."""


class Spoken(StrEnum):
    """Who was spoken to, or who declined."""

    CHILD = "child"
    CARER = "carer"
    BOTH = "both"


class Command(Part):
    """What every command tells; `name` stands in its address."""

    name: ClassVar[str]
    by: Name


class Allocate(Command):
    """Give the interview to an interviewer; `chosen_by_child` says that the child asked for this person."""

    name = "allocate"
    interviewer: Name
    chosen_by_child: bool = False
    why: Prose = ""


class Reallocate(Allocate):
    """Give the interview to somebody else, with the reason."""

    name = "reallocate"
    why: Reason


class Offer(Command):
    """One attempt to offer the interview: when (null: now), how, to whom, and the answer."""

    name = "offer"
    at: Instant | None = None
    how: Contact
    to: Spoken = Spoken.CHILD
    answer: Answer
    note: Prose = ""


class Arrange(Command):
    """Agree on a time and a place."""

    name = "arrange"
    starts_at: Instant
    minutes: Annotated[int, Field(ge=10, le=480)] = 60
    place: Words


class Hold(Command):
    """The conversation took place, at `held_at` (null: now)."""

    name = "hold"
    held_at: Instant | None = None
    held_by: Name | None = None
    """Who held it, where that is not whom it was given to."""
    place: Line = ""


FEWEST_WORDS = 3


class FindingAnswer(Part):
    """Why a blocking finding of the quality gate does not hold for this record; the manager sees it."""

    finding: Name
    reason: Reason

    @field_validator("reason")
    @classmethod
    def _in_words(cls, reason: str) -> str:
        if len(reason.split()) < FEWEST_WORDS:
            raise ValueError("is no reason yet: say in a sentence why the finding does not hold")
        return reason


class Submit(Command):
    """Hand draft number `draft` to the manager."""

    name = "submit"
    draft: Annotated[int, Field(ge=1)]
    answers: tuple[FindingAnswer, ...] = ()


class SectionReason(Part):
    """What has to be better in one section."""

    section: Name
    reason: Reason

    @field_validator("section")
    @classmethod
    def _known(cls, section: str) -> str:
        if section not in SECTIONS:
            raise ValueError(f"is no section: use one of {', '.join(SECTIONS)}")
        return section


class SendBack(Command):
    """Give a submitted record back to its interviewer, with what has to be better."""

    name = "send-back"
    reasons: Annotated[tuple[SectionReason, ...], Field(min_length=1)]


class Approve(Command):
    """Approve the record, with the manager's decision: its outcomes enter the child's plan."""

    name = "approve"
    decision: Reason


class Decline(Command):
    """The child does not want it: by whom, why, what else was offered, and what the carer told."""

    name = "decline"
    at: Instant | None = None
    declined_by: Spoken
    reason: Reason
    also_offered: Reason
    """What else, and who else, was offered."""
    carer_said: Reason
    """What the parent or carer knows, or why nobody was asked."""
    authorised_by: Name


class NotPossible(Command):
    """It cannot be held, such as when the child has moved abroad."""

    name = "not-possible"
    reason: Reason
    authorised_by: Name


class Void(Command):
    """A person takes it off the list, as when it stands twice; the rules do not bring it back."""

    name = "void"
    reason: Reason


class Reinstate(Command):
    """Put back on the list what a person took off it, with the reason: it goes on from where it was."""

    name = "reinstate"
    reason: Reason


class Cover(Command):
    """Let this conversation cover further interviews of the same child, with the reason."""

    name = "cover"
    interviews: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]
    reason: Reason

    @model_validator(mode="after")
    def _each_once(self) -> "Cover":
        if len(set(self.interviews)) < len(self.interviews):
            raise ValueError("names an interview twice: name each once")
        return self


COMMANDS: tuple[type[Command], ...] = (
    Allocate,
    Reallocate,
    Offer,
    Arrange,
    Hold,
    Submit,
    SendBack,
    Approve,
    Decline,
    NotPossible,
    Void,
    Reinstate,
    Cover,
)
"""Every command but `record`, which saves a draft and moves nothing."""
