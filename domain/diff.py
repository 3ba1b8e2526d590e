"""What changed between two folds, as domain events: that difference is all that others are told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.episode import Episode
from domain.interview import Interview, Placed
from schemas import events
from schemas.words import Category, EpisodeStatus, RiskLevel, Stage

BECAME: Mapping[EpisodeStatus, type[events.EpisodeEvent]] = {
    EpisodeStatus.OPEN: events.EpisodeReopened,
    EpisodeStatus.LOCATED: events.ChildLocated,
    EpisodeStatus.RETURNED: events.ChildReturned,
    EpisodeStatus.CANCELLED: events.EpisodeCancelled,
}
"""What happened when an episode came to have this status."""


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """The facts of an episode that are told to others."""

    status: EpisodeStatus
    category: Category | None
    risk_level: RiskLevel | None
    started_at: datetime | None
    located_at: datetime | None
    returned_at: datetime | None
    conflict_reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """All episodes and interviews of the children that one change concerns, by id."""

    episodes: Mapping[UUID, tuple[UUID, EpisodeFacts]]
    """Of each live episode: its child, and its facts."""
    interviews: Mapping[UUID, Interview]


def facts_of(episode: Episode) -> EpisodeFacts:
    """Return what others are told of an episode."""
    return EpisodeFacts(
        status=episode.status,
        category=episode.category,
        risk_level=episode.risk_level,
        started_at=episode.started_at,
        located_at=episode.located_at,
        returned_at=episode.returned_at,
        conflict_reasons=episode.conflicts,
    )


def state_of(placed: tuple[Placed, ...], interviews: tuple[Interview, ...]) -> State:
    """Return the state that a fold leads to."""
    return State(
        {one.id: (one.child_id, facts_of(one.episode)) for one in placed},
        {interview.id: interview for interview in interviews},
    )


def diff(
    before: State, after: State, superseded_by: Mapping[UUID, UUID | None], authority: str
) -> tuple[events.Event, ...]:
    """Return what happened, episodes first; nothing where nothing changed."""
    return (
        *_episodes(before, after, authority),
        *_superseded(before, after, superseded_by, authority),
        *_interviews(before, after, authority),
    )


def _episodes(before: State, after: State, authority: str) -> Iterator[events.Event]:
    for id_, (child_id, facts) in after.episodes.items():
        was = before.episodes.get(id_)
        if was != (child_id, facts):
            yield _episode_event(was[1] if was else None, facts)(
                authority=authority,
                child_id=child_id,
                episode_id=id_,
                **{name: getattr(facts, name) for name in EpisodeFacts.__slots__},
            )


def _episode_event(was: EpisodeFacts | None, now: EpisodeFacts) -> type[events.EpisodeEvent]:
    if was is None and now.status is EpisodeStatus.OPEN:
        return events.EpisodeOpened
    if was is not None and was.status is now.status:
        return events.EpisodeChanged
    return BECAME[now.status]


def _superseded(
    before: State, after: State, superseded_by: Mapping[UUID, UUID | None], authority: str
) -> Iterator[events.Event]:
    for id_, (child_id, _) in before.episodes.items():
        if id_ not in after.episodes:
            yield events.EpisodeSuperseded(
                authority=authority,
                child_id=child_id,
                episode_id=id_,
                superseded_by=superseded_by.get(id_),
            )


def _interviews(before: State, after: State, authority: str) -> Iterator[events.Event]:
    for id_, now in after.interviews.items():
        was = before.interviews.get(id_)
        if was == now:
            continue
        for kind in _interview_events(was, now):
            yield kind(
                authority=authority,
                child_id=now.child_id,
                interview_id=id_,
                episode_id=now.episode_id,
                status=now.stage,
                clock_started_at=now.clock_started_at,
                clock_message=now.anchor,
                due_at=now.due_at,
                provisional_due=now.provisional_due,
                reason=now.voided_reason,
                voided_from=now.voided_from,
            )


def _interview_events(was: Interview | None, now: Interview) -> Iterator[type[events.InterviewEvent]]:
    if was is None:
        yield events.InterviewDue
        return
    if (was.child_id, was.episode_id) != (now.child_id, now.episode_id):
        yield events.InterviewFollowed
    if was.stage is not now.stage:
        yield events.InterviewVoided if now.stage is Stage.VOIDED else events.InterviewReopened
    if _clock(was) != _clock(now):
        yield events.ClockChanged


def _clock(interview: Interview) -> tuple[object, ...]:
    return interview.clock_started_at, interview.due_at, interview.provisional_due, interview.anchor
