"""What is known of interviews, episodes and pushes at each moment, read as what the ladder watches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.ladder.due import Known, Subject
from domain.working_time import LONDON
from schemas.ladder_policy import DEADLINE, LadderPolicy, Watch
from schemas.words import EpisodeStatus, Stage

UNDONE: Final[Mapping[Stage, frozenset[Watch]]] = {
    Stage.DUE: DEADLINE,
    Stage.ALLOCATED: frozenset({Watch.NOT_ARRANGED, Watch.NOT_HELD}),
    Stage.OFFERED: frozenset({Watch.NOT_ARRANGED, Watch.NOT_HELD}),
    Stage.ARRANGED: frozenset({Watch.NOT_HELD}),
    Stage.HELD: frozenset({Watch.RECORD_NOT_SUBMITTED}),
    Stage.SUBMITTED: frozenset({Watch.RECORD_NOT_APPROVED}),
}
"""What is still to be done at each stage; at the others nothing is."""
MISSING: Final = frozenset({EpisodeStatus.OPEN, EpisodeStatus.LOCATED, EpisodeStatus.RETURNED})
"""Episodes that were: a cancelled one never was."""


@dataclass(frozen=True, slots=True)
class InterviewAt:
    """An interview as it was known from `since` on."""

    since: datetime
    stage: Stage
    due_at: datetime
    held_at: datetime | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EpisodeAt:
    """An episode as it was known from `since` on; `status` is null once another one has superseded it."""

    since: datetime
    status: EpisodeStatus | None
    started_at: datetime | None = None
    located_at: datetime | None = None
    returned_at: datetime | None = None

    @property
    def begins_at(self) -> datetime:
        """Its start; where nobody told that, the earliest that is known of it."""
        return self.started_at or self.located_at or self.returned_at or self.since


@dataclass(frozen=True, slots=True)
class PushAt:
    """An approved record's outcomes on their way into another system, as they are now."""

    interview_id: UUID
    child_id: UUID
    queued_at: datetime
    confirmed_at: datetime | None
    stuck: bool


def standing_of_interview(values: Sequence[InterviewAt]) -> tuple[Known, ...]:
    """Return the history of an interview. A deadline that the rules voided is under watch no longer."""
    return tuple(
        Known(value.since, _anchors(value, since), UNDONE.get(value.stage, frozenset()), _stands(value))
        for value, since in zip(values, _with_worker_since(values), strict=True)
    )


def standing_of_episodes(
    child: Mapping[UUID, Sequence[EpisodeAt]], policy: LadderPolicy
) -> dict[UUID, tuple[Known, ...]]:
    """Return the histories of all episodes of one child, by id.

    An episode makes the child repeatedly missing when, with it, enough started in the policy's time.
    """
    moments = sorted({value.since for values in child.values() for value in values})
    known: dict[UUID, list[Known]] = {id_: [] for id_ in child}
    for moment in moments:
        then = {id_: value for id_, values in child.items() if (value := _at(values, moment))}
        starts = [value.begins_at for value in then.values() if value.status in MISSING]
        for id_, value in then.items():
            often = _often(value, starts, policy.repeat_count, policy.repeat_within)
            known[id_].append(_episode_known(moment, value, often=often))
    return {id_: tuple(history) for id_, history in known.items()}


def standing_of_push(push: PushAt) -> tuple[Known, ...]:
    """Return the history of a push, as far as it is kept: that it is stuck is known only while it is."""
    watched = {Watch.OUTCOMES_STUCK, Watch.OUTCOMES_NOT_CONFIRMED}
    anchors = dict.fromkeys(watched, push.queued_at)
    undone = frozenset(watched if push.stuck else {Watch.OUTCOMES_NOT_CONFIRMED})
    first = Known(push.queued_at, anchors, undone, "on its way")
    if push.confirmed_at is None:
        return (first,)
    return (
        first,
        Known(push.confirmed_at, anchors, frozenset(), f"confirmed on {spoken(push.confirmed_at)}"),
    )


def subject_of_push(push: PushAt) -> Subject:
    """Return a push as what may be late: it goes by the id of its interview."""
    return Subject(push.interview_id, push.child_id, standing_of_push(push), interview_id=push.interview_id)


def spoken(at: datetime) -> str:
    """Return a moment as people say it, in London: 31 March 2026 at 10:00."""
    there = at.astimezone(LONDON)
    return f"{there.day} {there:%B %Y at %H:%M}"


def carried(values: Iterable[InterviewAt]) -> list[InterviewAt]:
    """Return values with what each leaves out as it was before: the rules tell nothing of what people did."""
    told: list[InterviewAt] = []
    for value in values:
        before = told[-1] if told else value
        told.append(
            replace(
                value,
                since=max(value.since, before.since),
                held_at=value.held_at or before.held_at,
                submitted_at=value.submitted_at or before.submitted_at,
            )
        )
    return told


def _anchors(value: InterviewAt, with_worker_since: datetime | None) -> dict[Watch, datetime]:
    counted: dict[Watch, datetime | None] = {}
    if value.stage is not Stage.VOIDED:
        counted |= dict.fromkeys(DEADLINE, value.due_at)
    if value.stage is Stage.HELD:
        counted[Watch.RECORD_NOT_SUBMITTED] = with_worker_since
    if value.stage is Stage.SUBMITTED:
        counted[Watch.RECORD_NOT_APPROVED] = value.submitted_at or value.since
    return {watch: at for watch, at in counted.items() if at is not None}


def _with_worker_since(values: Sequence[InterviewAt]) -> Iterator[datetime | None]:
    """Yield since when the record is with its interviewer: since it was held, or sent back."""
    since, before = None, Stage.DUE
    for value in values:
        if value.stage is Stage.HELD and before is Stage.SUBMITTED:
            since = value.since
        elif value.stage is Stage.HELD and since is None:
            since = value.held_at or value.since
        before = value.stage
        yield since


def _stands(value: InterviewAt) -> str:
    match value.stage:
        case Stage.HELD | Stage.SUBMITTED | Stage.APPROVED if value.held_at:
            done = "held" if value.stage is Stage.HELD else f"{value.stage}, held"
            return f"{done} on {spoken(value.held_at)}"
        case _:
            return value.stage.replace("_", " ")


def _at(values: Sequence[EpisodeAt], moment: datetime) -> EpisodeAt | None:
    """Return what was known at a moment; of what was told at the same moment the last counts."""
    return next((value for value in reversed(values) if value.since <= moment), None)


def _often(value: EpisodeAt, starts: Iterable[datetime], count: int, within: timedelta) -> bool:
    if value.status not in MISSING:
        return False
    return sum(value.begins_at - within < start <= value.begins_at for start in starts) >= count


def _episode_known(since: datetime, value: EpisodeAt, *, often: bool) -> Known:
    anchors: dict[Watch, datetime] = {}
    if value.status is EpisodeStatus.OPEN:
        anchors[Watch.STILL_MISSING] = value.begins_at
    if value.status is EpisodeStatus.LOCATED:
        anchors[Watch.RETURN_NOT_CONFIRMED] = value.located_at or value.since
    if often:
        anchors[Watch.REPEATEDLY_MISSING] = value.begins_at
    return Known(since, anchors, frozenset(anchors), _episode_stands(value))


def _episode_stands(value: EpisodeAt) -> str:
    match value:
        case EpisodeAt(status=EpisodeStatus.RETURNED, returned_at=datetime() as at):
            return f"returned on {spoken(at)}"
        case EpisodeAt(status=EpisodeStatus.LOCATED, located_at=datetime() as at):
            return f"located on {spoken(at)}"
        case EpisodeAt(status=None):
            return "part of another episode"
        case _:
            return str(value.status)
