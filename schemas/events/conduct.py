"""What people did to an interview."""

from uuid import UUID

from schemas import topics
from schemas.events.base import Event
from schemas.events.interviews import InterviewEvent
from schemas.handover import HandoverAnswer
from schemas.scalars import AuthorityCode, Instant


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


class InterviewReinstated(InterviewMoved):
    """What a person took off the list is on it again."""

    type = "homeward.interview.reinstated.v1"


class InterviewsCovered(InterviewMoved):
    """Its conversation covers further interviews."""

    type = "homeward.interview.covers.v1"


class InterviewCovered(InterviewMoved):
    """It is held in another one's conversation."""

    type = "homeward.interview.covered.v1"


class InterviewUncovered(InterviewMoved):
    """It is no longer held in another one's conversation."""

    type = "homeward.interview.uncovered.v1"


class InterviewImported(InterviewMoved):
    """What a former system knew of it was brought along, as the authority began with Homeward."""

    type = "homeward.interview.imported.v1"


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
