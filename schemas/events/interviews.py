"""What the facts made of an interview and its clock."""

from uuid import UUID

from schemas import topics
from schemas.events.base import Event
from schemas.scalars import Instant
from schemas.words import Stage


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
