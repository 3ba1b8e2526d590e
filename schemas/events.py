"""Domain events: what became true of an episode, an interview or a plan. Ids and facts, never a name."""

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from schemas import topics
from schemas.handover import HandoverAnswer
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


class InterviewMoved(InterviewEvent):
    """What somebody did to an interview, and where it stands since. `digest` is that of the command."""

    version: int
    command: int
    by: str
    digest: str
    interviewer: str | None
    attempts: int
    offered_at: Instant | None
    accepted: bool | None
    arranged_for: Instant | None
    held_at: Instant | None
    submitted_at: Instant | None
    approved_at: Instant | None
    declined_at: Instant | None
    covered_by: UUID | None


class InterviewAllocated(InterviewMoved):
    """Somebody has it to hold."""

    type = "homeward.interview.allocated.v1"


class InterviewReallocated(InterviewMoved):
    """Somebody else has it to hold."""

    type = "homeward.interview.reallocated.v1"


class InterviewAttempted(InterviewMoved):
    """Somebody tried to offer it and reached nobody."""

    type = "homeward.interview.attempted.v1"


class InterviewOffered(InterviewMoved):
    """It was offered, and answered or thought about."""

    type = "homeward.interview.offered.v1"


class InterviewArranged(InterviewMoved):
    """A time and a place were agreed."""

    type = "homeward.interview.arranged.v1"


class InterviewHeld(InterviewMoved):
    """The conversation took place."""

    type = "homeward.interview.held.v1"


class RecordSubmitted(InterviewMoved):
    """The record is with the manager."""

    type = "homeward.interview.submitted.v1"


class RecordSentBack(InterviewMoved):
    """The record is back with its interviewer, with what has to be better."""

    type = "homeward.interview.sent-back.v1"


class RecordApproved(InterviewMoved):
    """The record is approved: its outcomes are in the child's plan."""

    type = "homeward.interview.approved.v1"


class InterviewDeclined(InterviewMoved):
    """The child does not want it."""

    type = "homeward.interview.declined.v1"


class InterviewNotPossible(InterviewMoved):
    """It cannot be held."""

    type = "homeward.interview.not-possible.v1"


class InterviewStruck(InterviewMoved):
    """A person took it off the list."""

    type = "homeward.interview.struck.v1"


class InterviewsCovered(InterviewMoved):
    """Its conversation covers further interviews."""

    type = "homeward.interview.covers.v1"


class InterviewCovered(InterviewMoved):
    """It is held in another one's conversation."""

    type = "homeward.interview.covered.v1"


class InterviewUncovered(InterviewMoved):
    """It is no longer held in another one's conversation."""

    type = "homeward.interview.uncovered.v1"


class HandoverEvent(Event):
    """An interview on its way to the authority in whose area the child lives; `authority` is its owner."""

    topic = topics.INTERVIEWS

    handover_id: UUID
    interview_id: UUID
    host: AuthorityCode
    by: str
    responsible: AuthorityCode

    @property
    def subject_id(self) -> UUID:
        return self.interview_id


class HandoverOffered(HandoverEvent):
    """It is offered to the host, which may answer until `accept_by`; its owner stays responsible."""

    type = "homeward.interview.handover-offered.v1"

    accept_by: Instant


class HandoverAnswered(HandoverEvent):
    """The host answered, the owner took the offer back, or nobody answered in time.

    `recorded_by_owner`: the host is not served here, and its owner wrote down what it said.
    """

    type = "homeward.interview.handover-answered.v1"

    answer: HandoverAnswer
    recorded_by_owner: bool


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
    InterviewAllocated,
    InterviewReallocated,
    InterviewAttempted,
    InterviewOffered,
    InterviewArranged,
    InterviewHeld,
    RecordSubmitted,
    RecordSentBack,
    RecordApproved,
    InterviewDeclined,
    InterviewNotPossible,
    InterviewStruck,
    InterviewsCovered,
    InterviewCovered,
    InterviewUncovered,
    HandoverOffered,
    HandoverAnswered,
    PlanChanged,
    AlertRaised,
    AlertAcknowledged,
    AlertClimbed,
    AlertClosed,
)
