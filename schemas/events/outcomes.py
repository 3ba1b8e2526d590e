"""What became true of a plan or an alert."""

from uuid import UUID

from schemas import topics
from schemas.events.base import Event
from schemas.scalars import Instant


class PlanChanged(Event):
    """A child's safety plan has a new version: `cause` is the kind of the entry that made it.

    `version` and the counts are those of this moment; when children are merged or split, a plan is folded
    again and may count anew. `digest` is that of what was entered.
    """

    type = "homeward.plan.changed.v1"
    topic = topics.PLANS

    interview_id: UUID
    entry_id: UUID
    cause: str
    digest: str
    action_id: UUID | None
    version: int
    actions: int
    open_actions: int

    @property
    def subject_id(self) -> UUID:
        return self.child_id


class AlertEvent(Event):
    """A step of the ladder that came due for an interview or an episode. Whom it went to is not told."""

    topic = topics.ALERTS

    alert_id: UUID
    interview_id: UUID | None
    episode_id: UUID | None
    step: str
    due_at: Instant
    level: int
    """How many roles above the step's own it went."""

    @property
    def subject_id(self) -> UUID:
        return self.alert_id


class AlertRaised(AlertEvent):
    """The step came due: an answer is expected by a certain time."""

    type = "homeward.alert.raised.v1"

    expected_by: Instant


class AlertAcknowledged(AlertEvent):
    """Somebody decided what is done; `by` is their id in the authority's directory."""

    type = "homeward.alert.acknowledged.v1"

    by: str


class AlertClimbed(AlertEvent):
    """Nobody could be reached, or nobody answered in time: the next role up is told."""

    type = "homeward.alert.climbed.v1"

    role: str


class AlertClosed(AlertEvent):
    """It is over: what was expected was done, or the deadline moved."""

    type = "homeward.alert.closed.v1"

    reason: str
