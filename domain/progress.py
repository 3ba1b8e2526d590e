"""What people did to one interview so far, and what it may share with another one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from schemas.words import Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """What people did to one interview so far: each moment is the first of its kind unless it says `last`.

    `accepted` is the last answer to an offer; `attempts` counts every attempt, whoever was reached.
    `covered_by` is the interview in whose conversation this one is held.
    """

    stage: Stage = Stage.DUE
    interviewer: str | None = None
    chosen_by_child: bool = False
    allocated_at: datetime | None = None
    attempts: int = 0
    attempted_at: datetime | None = None
    offered_at: datetime | None = None
    accepted: bool | None = None
    arranged_at: datetime | None = None
    arranged_for: datetime | None = None
    """The slot agreed last."""
    arranged_until: datetime | None = None
    place: str | None = None
    held_at: datetime | None = None
    submitted_at: datetime | None = None
    """When the record was submitted last; null while it is sent back."""
    record_no: int | None = None
    sent_back_at: datetime | None = None
    approved_at: datetime | None = None
    declined_at: datetime | None = None
    closed_reason: str | None = None
    covered_by: UUID | None = None
    struck_from: Stage | None = None
    """The stage at which a person took it off the list."""


@dataclass(frozen=True, slots=True)
class Covered:
    """From now on this interview shares what is done to another, whose conversation covers it too."""

    by: UUID
    as_it_is: Progress


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The conversation that should have covered it will not take place: it goes on from where it was."""

    as_it_was: Progress
