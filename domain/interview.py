"""The return home interview: how it follows its incident and its clock as the facts change (rule 8)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from domain.clock import Clock, interview_due_at
from domain.continuity import NAMESPACE
from domain.episode import Episode
from domain.telling import MessageKey
from schemas.words import EpisodeStatus, Stage, VoidReason

FURTHEST = (
    Stage.VOIDED,
    Stage.DUE,
    Stage.ALLOCATED,
    Stage.OFFERED,
    Stage.ARRANGED,
    Stage.NOT_POSSIBLE,
    Stage.DECLINED,
    Stage.HELD,
    Stage.SUBMITTED,
    Stage.APPROVED,
)
"""The stages from the least to the furthest: of two interviews that become one, the furthest stays."""

SETTLED = frozenset({Stage.HELD, Stage.SUBMITTED, Stage.APPROVED, Stage.DECLINED, Stage.VOIDED})
"""Once here, the deadline is history and no longer follows the facts."""

CANCELLED, MERGED, NO_CLOCK = VoidReason.CANCELLED, VoidReason.MERGED, VoidReason.NO_CLOCK

STOPPED = frozenset({CANCELLED, NO_CLOCK})
"""Reasons for which the last live interview of an episode was voided, not one beside it."""

RULES = frozenset(VoidReason)
"""Reasons for which the rules void an interview, and may reopen it; what a person voided stays so."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview. `anchor` is a message of the incident whose end started its clock.

    `voided_from` is the stage to which a voided interview goes back when its incident stands again.
    """

    id: UUID
    child_id: UUID
    episode_id: UUID
    stage: Stage
    clock_started_at: datetime
    due_at: datetime
    provisional_due: bool
    anchor: MessageKey
    voided_reason: str | None = None
    voided_from: Stage | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A folded episode with its id and its child."""

    id: UUID
    child_id: UUID
    episode: Episode


def follow(
    interviews: Collection[Interview],
    placed: Sequence[Placed],
    within: timedelta,
    elsewhere: Iterable[UUID] = (),
) -> tuple[Interview, ...]:
    """Return the interviews as they are after a fold: each episode with a clock has exactly one live one.

    `interviews` are all of the children concerned, `placed` all their episodes; `within` is the policy's
    window. An interview goes where its incident goes. Order does not matter. `elsewhere` are ids that no
    new one may get.
    """
    ordered = sorted(interviews, key=lambda interview: interview.id)
    used = {interview.id for interview in ordered} | set(elsewhere)
    anchored: dict[MessageKey, list[Interview]] = defaultdict(list)
    for interview in ordered:
        anchored[interview.anchor].append(interview)
    after: dict[UUID, Interview] = {}
    for one in placed:
        here = [i for key in one.episode.notifications for i in anchored.get(key, ())]
        for interview in _settle(here, one, within, used):
            after[interview.id] = interview
    live = {i.episode_id for i in after.values() if i.stage is not Stage.VOIDED}
    homeless = [i for i in ordered if i.id not in after]
    return (*after.values(), *(_void(i, MERGED if i.episode_id in live else NO_CLOCK) for i in homeless))


def _settle(
    here: Sequence[Interview], one: Placed, within: timedelta, used: Collection[UUID]
) -> Iterator[Interview]:
    """Yield the interviews of one episode: one that is live if it has a clock, the others voided."""
    if one.episode.status is EpisodeStatus.CANCELLED:
        yield from (_move(_void(interview, CANCELLED), one) for interview in here)
        return
    stays, clock = _furthest(here, one.id), one.episode.clock
    if clock:
        yield _keep_time(_reopen(stays), one, clock, within) if stays else _begin(one, clock, within, used)
    elif stays:
        yield _move(_void(stays, NO_CLOCK), one)
    yield from (_move(_void(interview, MERGED), one) for interview in here if interview is not stays)


def _furthest(here: Iterable[Interview], episode_id: UUID) -> Interview | None:
    """Return the live interview that got furthest, else the one that may be reopened.

    Beside one that a person voided, only one that was stopped after that may be.
    """

    def progress(interview: Interview) -> tuple[int, bool, bool, int, bool]:
        return (
            FURTHEST.index(interview.stage),
            interview.voided_reason in STOPPED,
            interview.voided_reason is not None and interview.voided_reason not in RULES,
            FURTHEST.index(interview.voided_from or interview.stage),
            interview.episode_id == episode_id,
        )

    return max(here, key=progress, default=None)


def _begin(one: Placed, clock: Clock, within: timedelta, used: Collection[UUID]) -> Interview:
    return Interview(
        id=_new_id(one, clock, used),
        child_id=one.child_id,
        episode_id=one.id,
        stage=Stage.DUE,
        clock_started_at=clock.starts_at,
        due_at=interview_due_at(clock.starts_at, within),
        provisional_due=one.episode.provisional_due,
        anchor=clock.anchor,
    )


def _new_id(one: Placed, clock: Clock, used: Collection[UUID]) -> UUID:
    again = 0
    while (new := uuid5(NAMESPACE, f"interview/{one.id}/{'/'.join(clock.anchor)}/{again}")) in used:
        again += 1
    return new


def _keep_time(interview: Interview, one: Placed, clock: Clock, within: timedelta) -> Interview:
    here = _move(interview, one)
    if interview.stage in SETTLED:
        return here
    return replace(
        here,
        clock_started_at=clock.starts_at,
        due_at=interview_due_at(clock.starts_at, within),
        provisional_due=one.episode.provisional_due,
        anchor=clock.anchor,
    )


def _move(interview: Interview, one: Placed) -> Interview:
    return replace(interview, child_id=one.child_id, episode_id=one.id)


def _void(interview: Interview, reason: VoidReason) -> Interview:
    """Void it; a conversation that was already held, or refused, is not undone by a missing clock."""
    if interview.stage is Stage.VOIDED:
        return interview
    if interview.stage in SETTLED and reason is NO_CLOCK:
        return interview
    return replace(interview, stage=Stage.VOIDED, voided_reason=reason.value, voided_from=interview.stage)


def _reopen(interview: Interview) -> Interview:
    if interview.stage is not Stage.VOIDED or interview.voided_reason not in RULES:
        return interview
    return replace(interview, stage=interview.voided_from or Stage.DUE, voided_reason=None, voided_from=None)
