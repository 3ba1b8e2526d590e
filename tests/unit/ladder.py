"""Interviews, episodes and staff as the ladder sees them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.ladder.due import DueStep, Subject, due_steps
from domain.ladder.standing import (
    EpisodeAt,
    InterviewAt,
    carried,
    standing_of_episodes,
    standing_of_interview,
)
from schemas.ladder_policy import LadderPolicy
from schemas.words import EpisodeStatus, Stage

INTERVIEW, CHILD = UUID(int=1), UUID(int=2)
POLICY = LadderPolicy()
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return an instant of 2026 in UTC, such as 03-28 22:10, or one with its year."""
    year = "" if text.count("-") == 2 else "2026-"
    return datetime.fromisoformat(f"{year}{text}").replace(tzinfo=UTC)


def known(since: str, stage: Stage, due: str, **facts: datetime) -> InterviewAt:
    return InterviewAt(at(since), stage, at(due), **facts)


def interview(*values: InterviewAt, interviewer: str | None = None) -> Subject:
    history = standing_of_interview(carried(values))
    return Subject(INTERVIEW, CHILD, history, interview_id=INTERVIEW, interviewer=interviewer)


def episodes(**told: Sequence[EpisodeAt]) -> dict[str, Subject]:
    """Return the episodes of one child, by the names that a test gives them."""
    ids = {name: UUID(int=100 + place) for place, name in enumerate(told)}
    known_of = standing_of_episodes({ids[name]: values for name, values in told.items()}, POLICY)
    return {name: Subject(id_, CHILD, known_of[id_], episode_id=id_) for name, id_ in ids.items()}


def away(since: str, status: EpisodeStatus | None = EpisodeStatus.OPEN, **facts: str) -> EpisodeAt:
    return EpisodeAt(at(since), status, **{name: at(text) for name, text in facts.items()})


def steps(subject: Subject, as_of: str, policy: LadderPolicy = POLICY) -> list[tuple[str, datetime]]:
    """Return the steps that came due, each with when."""
    return [(one.step.id, one.due_at) for one in due_steps(subject, policy, at(as_of))]


def names(subject: Subject, as_of: str, policy: LadderPolicy = POLICY) -> list[str]:
    return [name for name, _ in steps(subject, as_of, policy)]


def due(subject: Subject, as_of: str) -> tuple[DueStep, ...]:
    return due_steps(subject, POLICY, at(as_of))
