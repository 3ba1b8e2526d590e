"""Domain events: what became true of an episode or an interview. Ids and facts, never a name."""

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from schemas import topics
from schemas.scalars import AuthorityCode, Instant
from schemas.words import Category, EpisodeStatus, RiskLevel, Stage


def _open(schema: dict[str, Any]) -> None:
    """Publish that others get on with fields that they do not know; we put in none that is not named here."""
    schema.pop("additionalProperties", None)


class Event(BaseModel):
    """What every event tells; `type` is the CloudEvents type under which it is published."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_open)
    type: ClassVar[str]
    topic: ClassVar[str]

    authority: AuthorityCode
    child_id: UUID

    @property
    @abstractmethod
    def subject_id(self) -> UUID:
        """The episode or interview that it happened to."""


class EpisodeEvent(Event):
    """An episode and all its facts as they are since this event."""

    topic = topics.EPISODES

    episode_id: UUID
    status: EpisodeStatus
    category: Category | None
    risk_level: RiskLevel | None
    started_at: Instant | None
    located_at: Instant | None
    returned_at: Instant | None
    conflict_reasons: tuple[str, ...]

    @property
    def subject_id(self) -> UUID:
        return self.episode_id


class EpisodeOpened(EpisodeEvent):
    """A child is missing, or was told of for the first time."""

    type = "homeward.episode.opened.v1"


class EpisodeChanged(EpisodeEvent):
    """A fact was corrected; the status is as before."""

    type = "homeward.episode.changed.v1"


class ChildLocated(EpisodeEvent):
    """The child was found and is not home yet."""

    type = "homeward.episode.child-located.v1"


class ChildReturned(EpisodeEvent):
    """The child is back: the clock runs."""

    type = "homeward.episode.child-returned.v1"


class EpisodeReopened(EpisodeEvent):
    """What ended the episode no longer holds: the child is missing after all."""

    type = "homeward.episode.reopened.v1"


class EpisodeCancelled(EpisodeEvent):
    """It was recorded in error."""

    type = "homeward.episode.cancelled.v1"


class EpisodeSuperseded(Event):
    """The episode is no more; its incidents are in another one, or in none."""

    type = "homeward.episode.superseded.v1"
    topic = topics.EPISODES

    episode_id: UUID
    superseded_by: UUID | None

    @property
    def subject_id(self) -> UUID:
        return self.episode_id


class InterviewEvent(Event):
    """An interview and its deadline as they are since this event."""

    topic = topics.INTERVIEWS

    interview_id: UUID
    episode_id: UUID
    status: Stage
    clock_started_at: Instant
    clock_message: tuple[str, str]
    """`source` and `id` of a message of the incident that started the clock."""
    due_at: Instant
    provisional_due: bool
    reason: str | None = None
    voided_from: Stage | None = None

    @property
    def subject_id(self) -> UUID:
        return self.interview_id


class InterviewDue(InterviewEvent):
    """The clock started: an interview has to be offered and held."""

    type = "homeward.interview.due.v1"


class ClockChanged(InterviewEvent):
    """What the deadline rests on changed: another instant, another message, or confirmed by a return."""

    type = "homeward.interview.clock-changed.v1"


class InterviewFollowed(InterviewEvent):
    """The interview went with its incident to another episode or child."""

    type = "homeward.interview.followed.v1"


class InterviewVoided(InterviewEvent):
    """There is no longer a reason for this interview; `reason` says why."""

    type = "homeward.interview.voided.v1"


class InterviewReopened(InterviewEvent):
    """The incident that the interview was voided with stands again."""

    type = "homeward.interview.reopened.v1"


EVENTS: tuple[type[Event], ...] = (
    EpisodeOpened,
    EpisodeChanged,
    ChildLocated,
    ChildReturned,
    EpisodeReopened,
    EpisodeCancelled,
    EpisodeSuperseded,
    InterviewDue,
    ClockChanged,
    InterviewFollowed,
    InterviewVoided,
    InterviewReopened,
)
