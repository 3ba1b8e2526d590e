"""What people do to a return home interview: every lawful move in one table, and the fold of their commands.

The rules of `domain.interview` may void an interview at any stage and bring it back to the stage that it had:
what people did to it stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from domain.imported import Imported
from domain.progress import Covered, Progress, Uncovered
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

__all__ = [
    "BY_PERSON", "MOVES", "NOT_YET", "PLAIN", "Covered", "Deed", "Imported", "NotAllowed", "Progress",
    "Uncovered", "after", "allowed", "progress_of",
]  # fmt: skip

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


Deed = Command | Covered | Uncovered | Imported
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
        case Imported():
            return _bring_along(progress, deed)
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


def _bring_along(progress: Progress, deed: Imported) -> Progress:
    """Take over what a former system knew, as long as nobody did anything about it here."""
    if progress.stage is not Stage.DUE or progress.covered_by:
        raise NotAllowed(
            f"what was before cannot be imported, since the interview is {PLAIN[progress.stage]}"
        )
    return replace(
        progress,
        stage=deed.stage,
        interviewer=deed.interviewer,
        attempts=progress.attempts or int(deed.attempted_at is not None),
        attempted_at=_first(progress.attempted_at, deed.attempted_at),
        offered_at=_first(progress.offered_at, deed.offered_at),
        accepted=deed.was_accepted,
        held_at=deed.held_at,
        declined_at=deed.closed_at if deed.stage is Stage.DECLINED else None,
        closed_reason=deed.reason,
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
