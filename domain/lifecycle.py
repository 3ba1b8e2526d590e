"""What people do to a return home interview: every lawful move in one table, and the fold of their commands.

The rules of `domain.interview` may void an interview at any stage and bring it back to the stage that it had:
what people did to it stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from schemas.commands import (
    Allocate,
    Answer,
    Approve,
    Arrange,
    Command,
    Cover,
    Decline,
    Hold,
    NotPossible,
    Offer,
    Reallocate,
    Reinstate,
    SendBack,
    Submit,
    Void,
)
from schemas.words import Stage

MOVES: Final[Mapping[tuple[Stage, type[Command]], Stage]] = {
    (Stage.DUE, Allocate): Stage.ALLOCATED,
    (Stage.DUE, NotPossible): Stage.NOT_POSSIBLE,
    (Stage.DUE, Void): Stage.VOIDED,
    (Stage.DUE, Cover): Stage.DUE,
    (Stage.ALLOCATED, Reallocate): Stage.ALLOCATED,
    (Stage.ALLOCATED, Offer): Stage.OFFERED,
    (Stage.ALLOCATED, Decline): Stage.DECLINED,
    (Stage.ALLOCATED, NotPossible): Stage.NOT_POSSIBLE,
    (Stage.ALLOCATED, Void): Stage.VOIDED,
    (Stage.ALLOCATED, Cover): Stage.ALLOCATED,
    (Stage.OFFERED, Reallocate): Stage.OFFERED,
    (Stage.OFFERED, Offer): Stage.OFFERED,
    (Stage.OFFERED, Arrange): Stage.ARRANGED,
    (Stage.OFFERED, Hold): Stage.HELD,
    (Stage.OFFERED, Decline): Stage.DECLINED,
    (Stage.OFFERED, NotPossible): Stage.NOT_POSSIBLE,
    (Stage.OFFERED, Void): Stage.VOIDED,
    (Stage.OFFERED, Cover): Stage.OFFERED,
    (Stage.ARRANGED, Reallocate): Stage.ARRANGED,
    (Stage.ARRANGED, Offer): Stage.OFFERED,
    (Stage.ARRANGED, Arrange): Stage.ARRANGED,
    (Stage.ARRANGED, Hold): Stage.HELD,
    (Stage.ARRANGED, Decline): Stage.DECLINED,
    (Stage.ARRANGED, NotPossible): Stage.NOT_POSSIBLE,
    (Stage.ARRANGED, Void): Stage.VOIDED,
    (Stage.ARRANGED, Cover): Stage.ARRANGED,
    (Stage.HELD, Submit): Stage.SUBMITTED,
    (Stage.HELD, Void): Stage.VOIDED,
    (Stage.SUBMITTED, SendBack): Stage.HELD,
    (Stage.SUBMITTED, Approve): Stage.APPROVED,
    (Stage.DECLINED, Offer): Stage.OFFERED,
    (Stage.DECLINED, Reallocate): Stage.DECLINED,
    (Stage.NOT_POSSIBLE, Allocate): Stage.ALLOCATED,
}
"""Every lawful move but `reinstate`, which goes back to the stage before `void`. A child who declined may be
asked again; what was not possible may become so."""

BY_PERSON: Final = "person"
"""Why an interview is voided that a person took off the list; their words are its `closed_reason`."""

PLAIN: Final[Mapping[Stage, str]] = {
    Stage.DUE: "not allocated yet",
    Stage.ALLOCATED: "allocated, and nobody was reached with an offer yet",
    Stage.OFFERED: "offered",
    Stage.ARRANGED: "arranged",
    Stage.HELD: "held",
    Stage.SUBMITTED: "submitted",
    Stage.APPROVED: "approved",
    Stage.DECLINED: "declined",
    Stage.NOT_POSSIBLE: "recorded as not possible",
    Stage.VOIDED: "voided",
}


class NotAllowed(ValueError):
    """A command that cannot be given at this stage; the message says what can."""


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


Deed = Command | Covered | Uncovered
NOT_YET: Final = Progress()


def progress_of(deeds: Iterable[tuple[Deed, datetime]]) -> Progress:
    """Return what people's commands, in their order and each with its moment, made of an interview.

    Raises:
        NotAllowed: one of them was not allowed where it stands.
    """
    progress = NOT_YET
    for deed, at in deeds:
        progress = after(progress, deed, at)
    return progress


def after(progress: Progress, deed: Deed, at: datetime) -> Progress:
    """Return the progress after one more command, given at `at` (UTC).

    Raises:
        NotAllowed: it cannot be given at this stage.
    """
    match deed:
        case Covered():
            return _share(progress, deed)
        case Uncovered():
            return _part(progress, deed)
        case Offer(answer=Answer.NOT_REACHED) if (progress.stage, Offer) in MOVES:
            return _attempt(progress, deed.at or at)
        case Reinstate() if progress.struck_from:
            return replace(progress, stage=progress.struck_from, struck_from=None, closed_reason=None)
    stage = MOVES.get((progress.stage, type(deed)))
    if stage is None:
        raise NotAllowed(_why_not(progress.stage, type(deed)))
    return replace(_done(progress, deed, at), stage=stage)


def allowed(stage: Stage) -> list[str]:
    """Return the names of the commands that can be given at a stage, in the order of the path."""
    names = [command.name for (at, command) in MOVES if at is stage]
    return [Reinstate.name] if stage is Stage.VOIDED else names


def _why_not(stage: Stage, command: type[Command]) -> str:
    can = allowed(stage)
    then = f"what can be done now: {', '.join(can)}" if can else "nothing more can be done to it"
    return f"{command.name} cannot follow, since the interview is {PLAIN[stage]}; {then}"


def _done(progress: Progress, command: Command, at: datetime) -> Progress:
    do = _DO.get(type(command))
    return do(progress, command, at) if do else progress


def _allocate(progress: Progress, command: Allocate, at: datetime) -> Progress:
    return replace(
        progress,
        interviewer=command.interviewer,
        chosen_by_child=command.chosen_by_child,
        allocated_at=progress.allocated_at or at,
        closed_reason=None,
    )


def _attempt(progress: Progress, at: datetime) -> Progress:
    first = min(progress.attempted_at or at, at)
    return replace(progress, attempts=progress.attempts + 1, attempted_at=first)


def _offer(progress: Progress, command: Offer, at: datetime) -> Progress:
    at = command.at or at
    answers = {Answer.ACCEPTED: True, Answer.DECLINED: False}
    return replace(
        _attempt(progress, at),
        offered_at=min(progress.offered_at or at, at),
        accepted=answers.get(command.answer),
        declined_at=None,
        closed_reason=None,
        arranged_for=None,
        arranged_until=None,
        place=None,
    )


def _arrange(progress: Progress, command: Arrange, at: datetime) -> Progress:
    return replace(
        progress,
        arranged_at=progress.arranged_at or at,
        arranged_for=command.starts_at,
        arranged_until=command.starts_at + timedelta(minutes=command.minutes),
        place=command.place,
        accepted=True,
    )


def _hold(progress: Progress, command: Hold, at: datetime) -> Progress:
    place = command.place or progress.place
    interviewer = command.held_by or progress.interviewer
    held_at = command.held_at or at
    return replace(progress, held_at=held_at, place=place, interviewer=interviewer, accepted=True)


def _submit(progress: Progress, command: Submit, at: datetime) -> Progress:
    return replace(progress, submitted_at=at, record_no=command.draft)


def _send_back(progress: Progress, _: SendBack, at: datetime) -> Progress:
    return replace(progress, submitted_at=None, sent_back_at=at)


def _approve(progress: Progress, _: Approve, at: datetime) -> Progress:
    return replace(progress, approved_at=at)


def _decline(progress: Progress, command: Decline, at: datetime) -> Progress:
    return replace(progress, accepted=False, declined_at=command.at or at, closed_reason=command.reason)


def _close(progress: Progress, command: NotPossible, _: datetime) -> Progress:
    return replace(progress, closed_reason=command.reason)


def _strike(progress: Progress, command: Void, _: datetime) -> Progress:
    return replace(progress, closed_reason=command.reason, struck_from=progress.stage)


def _share(progress: Progress, deed: Covered) -> Progress:
    """Take over what was done to the other; what was done to this one first stays first."""
    other = deed.as_it_is
    return replace(
        other,
        covered_by=deed.by,
        attempts=other.attempts + (0 if progress.covered_by == deed.by else progress.attempts),
        allocated_at=_first(progress.allocated_at, other.allocated_at),
        attempted_at=_first(progress.attempted_at, other.attempted_at),
        offered_at=_first(progress.offered_at, other.offered_at),
    )


def _part(progress: Progress, deed: Uncovered) -> Progress:
    """Go back to where it was; what was tried and offered in between was tried and offered all the same."""
    return replace(
        deed.as_it_was,
        attempts=progress.attempts,
        attempted_at=progress.attempted_at,
        offered_at=progress.offered_at,
    )


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each), default=None)


_DO: Final[Mapping[type[Command], Callable[[Progress, Any, datetime], Progress]]] = {
    Allocate: _allocate,
    Reallocate: _allocate,
    Offer: _offer,
    Arrange: _arrange,
    Hold: _hold,
    Submit: _submit,
    SendBack: _send_back,
    Approve: _approve,
    Decline: _decline,
    NotPossible: _close,
    Void: _strike,
}
