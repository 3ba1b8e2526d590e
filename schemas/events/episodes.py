"""What became true of a missing episode."""

from uuid import UUID

from schemas import topics
from schemas.events.base import Event
from schemas.scalars import Instant
from schemas.words import Category, EpisodeStatus, RiskLevel


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
