"""Who is responsible for an interview that is handed over: one authority at any time.

The owner stays responsible while it only offers. The host is from the moment at which it accepts in time. An
offer that is refused, withdrawn or not answered in time changes nothing: responsibility never left the owner.
The deadline stays what it is, and the owner's ladder goes on.

Source: statutory guidance on children who run away or go missing (2014): the responsible authority makes
sure that the interview takes place, also where the child is placed out of its area.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from schemas.handover import HandoverAnswer
from schemas.words import Stage

AWAITED: Final = frozenset({Stage.DUE, Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED})
"""While nobody held or closed it, an interview can be handed over."""
AT_LEAST: Final = timedelta(hours=24)
"""How long a host may always be given, also for an interview that is late already."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One offer of an interview to a host. `answer` is null until somebody answered, or noted its lapse."""

    id: UUID
    owner: str
    host: str
    interview_id: UUID
    offered_at: datetime
    accept_by: datetime
    answer: HandoverAnswer | None = None
    answered_at: datetime | None = None


def is_open(handover: Handover, now: datetime) -> bool:
    """Whether the host can still answer: at the last moment it can, after it no more."""
    return answer_at(handover, now) is None and now <= handover.accept_by


def answer_at(handover: Handover, now: datetime) -> HandoverAnswer | None:
    """Return what became of an offer by `now`, whether or not anybody wrote down that it lapsed."""
    if handover.answer and handover.answered_at and handover.answered_at <= now:
        return handover.answer
    return HandoverAnswer.LAPSED if now > handover.accept_by else None


def responsible(handovers: Iterable[Handover], owner: str, now: datetime) -> str:
    """Return the one authority that is responsible for an interview; `handovers` are all of it."""
    taken = [each for each in handovers if answer_at(each, now) is HandoverAnswer.ACCEPTED]
    return min(taken, key=lambda each: (each.answered_at, each.id)).host if taken else owner


def latest_answer(due_at: datetime, now: datetime) -> datetime:
    """Return until when a host may be given: to the deadline, and a day in any case."""
    return max(due_at, now + AT_LEAST)


def why_not_offered(stage: Stage, handovers: Iterable[Handover], now: datetime) -> str | None:
    """Return why an interview cannot be offered to a host now; None where it can."""
    if stage not in AWAITED:
        return (
            f"the interview is {stage.replace('_', ' ')}: only one that still has to be held is handed over"
        )
    for each in handovers:
        if answer_at(each, now) is HandoverAnswer.ACCEPTED:
            return f"{each.host} took it already"
        if is_open(each, now):
            return f"it is offered to {each.host} already: withdraw that first"
    return None


def why_not_taken(stage: Stage) -> str | None:
    """Return why nobody can take an interview on any more; None where it still has to be held."""
    if stage in AWAITED:
        return None
    return f"the interview is {stage.replace('_', ' ')}: only one that still has to be held is handed over"


def why_not_answered(handover: Handover, now: datetime) -> str | None:
    """Return why an offer can no longer be answered or withdrawn; None where it can."""
    match answer_at(handover, now):
        case None:
            return None
        case HandoverAnswer.LAPSED:
            until = f"{handover.accept_by:%Y-%m-%dT%H:%M:%SZ}"
            return f"it had to be answered by {until}: {handover.owner} stays responsible, and may offer anew"
        case answer:
            return f"it was {answer} already"
