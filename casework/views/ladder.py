"""The ladder of one interview: what came due and what came of it, and what comes next if nothing is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.refusals import Unknown
from casework.views.managers_alerts import names_of
from domain.ladder.due import Known, instants
from domain.ladder.standing import InterviewAt, carried, standing_of_interview
from schemas.commands import (
    Allocate,
    Approve,
    Arrange,
    Decline,
    Hold,
    NotPossible,
    Offer,
    Reallocate,
    SendBack,
    Submit,
)
from schemas.ladder_policy import LadderPolicy, LadderStep
from schemas.words import Stage
from store import alerts, conduct
from store.alerts import Delivery
from store.conduct import Given
from store.database import Transaction
from store.views import interviews, managers_alerts, managers_board
from store.views.interviews import Interview, Value
from store.views.managers_alerts import Row
from store.views.managers_board import Waiting

__all__ = ["Coming", "Given", "Ladder", "Reached", "ladder"]

EFFECTS: Final = frozenset(
    command.name
    for command in (
        Allocate, Reallocate, Offer, Arrange, Hold, Submit, SendBack, Approve, Decline, NotPossible
    )
)  # fmt: skip
"""What an alert can bring about."""
AHEAD: Final = timedelta(days=30)
NOBODY_HELD: Final = frozenset({Stage.DUE, Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED})


@dataclass(frozen=True, slots=True)
class Reached:
    """A step that came due, who was told, and what was done after it and before the next one.

    `until` is when the next step was raised; None where none was raised later.
    """

    alert: Row
    told: Sequence[Delivery]
    effect: Sequence[Given]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A step that comes at `due_at`, unless it is done by then."""

    step: LadderStep
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ladder:
    """One interview's ladder. `names` are those of staff, by id."""

    interview: Interview
    about: Waiting
    reached: Sequence[Reached]
    coming: Sequence[Coming]
    names: Mapping[str, str]


async def ladder(tx: Transaction, interview_id: UUID, policy: LadderPolicy, now: datetime) -> Ladder:
    """Return the ladder of an interview.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    interview = await interviews.find(tx, interview_id)
    about = (await managers_board.waiting(tx, [interview_id])).get(interview_id)
    if interview is None or about is None:
        raise Unknown("there is no such interview, or it may not be seen")
    raised = await managers_alerts.of_interview(tx, interview_id)
    told = await alerts.told(tx, [row.id for row in raised])
    given = await conduct.given_to(tx, interview_id)
    history = (await interviews.histories(tx, [interview_id])).get(interview_id, [])
    known = _known(interview, history)
    return Ladder(
        interview=interview,
        about=about,
        reached=list(_reached(raised, told, given)),
        coming=sorted(_coming(known, policy, now), key=lambda each: (each.due_at, each.step.id)),
        names=await names_of(tx),
    )


def _reached(
    raised: Sequence[Row], told: Mapping[UUID, Sequence[Delivery]], given: Sequence[Given]
) -> Iterator[Reached]:
    for row in raised:
        at = row.raised_at
        until = next((other.raised_at for other in raised if other.raised_at > at), None)
        effect = [
            each
            for each in given
            if each.name in EFFECTS and at <= each.at and (until is None or each.at < until)
        ]
        yield Reached(row, told.get(row.id, ()), effect, until)


def _known(interview: Interview, history: Sequence[Value]) -> Known:
    """Return what is known of the interview at present, as the ladder reads it."""
    values = [
        InterviewAt(each.at, Stage(each.status), each.due_at, *_moments(interview, Stage(each.status)))
        for each in history
    ]
    stage = Stage(interview.status)
    if not values or (values[-1].stage, values[-1].due_at) != (stage, interview.due_at):
        since = values[-1].since if values else interview.clock_started_at
        values.append(InterviewAt(since, stage, interview.due_at, *_moments(interview, stage)))
    return standing_of_interview(carried(values))[-1]


def _moments(interview: Interview, stage: Stage) -> tuple[datetime | None, datetime | None]:
    held_at = None if stage in NOBODY_HELD else interview.held_at
    return held_at, interview.submitted_at if stage is Stage.SUBMITTED else None


def _coming(known: Known, policy: LadderPolicy, now: datetime) -> Iterator[Coming]:
    """Yield the next time of each step that is still to come."""
    for step in policy.steps:
        anchor = known.anchors.get(step.watches)
        if anchor is None or step.watches not in known.undone:
            continue
        due_at = next((at for at in instants(step, anchor, now + AHEAD) if at > now), None)
        if due_at is not None:
            yield Coming(step, due_at)
