"""What a deed is told as: the domain event of each command."""

from collections.abc import Mapping
from typing import Final

from domain.lifecycle import Covered, Deed, Imported, Uncovered
from schemas import events
from schemas.commands import (
    Allocate,
    Answer,
    Approve,
    Arrange,
    Cover,
    Decline,
    Hold,
    NotPossible,
    Offer,
    Reallocate,
    Reinstate,
    SendBack,
    Submit,
    Void,
)
from store.conduct import Conducted, Given

TOLD_AS: Final[Mapping[type[Deed], type[events.InterviewMoved]]] = {
    Allocate: events.InterviewAllocated,
    Reallocate: events.InterviewReallocated,
    Offer: events.InterviewOffered,
    Arrange: events.InterviewArranged,
    Hold: events.InterviewHeld,
    Submit: events.RecordSubmitted,
    SendBack: events.RecordSentBack,
    Approve: events.RecordApproved,
    Decline: events.InterviewDeclined,
    NotPossible: events.InterviewNotPossible,
    Void: events.InterviewStruck,
    Reinstate: events.InterviewReinstated,
    Cover: events.InterviewsCovered,
    Covered: events.InterviewCovered,
    Uncovered: events.InterviewUncovered,
    Imported: events.InterviewImported,
}


def event_of(authority: str, now: Conducted, deed: Deed, given: Given) -> events.InterviewMoved:
    """Return what others are told of a deed: ids and facts, none of its words."""
    interview, progress = now.interview, now.progress
    missed = isinstance(deed, Offer) and deed.answer is Answer.NOT_REACHED
    kind = events.InterviewAttempted if missed else TOLD_AS[type(deed)]
    return kind(
        authority=authority,
        child_id=interview.child_id,
        interview_id=interview.id,
        episode_id=interview.episode_id,
        status=interview.stage,
        clock_started_at=interview.clock_started_at,
        clock_message=interview.anchor,
        due_at=interview.due_at,
        provisional_due=interview.provisional_due,
        reason=interview.voided_reason,
        voided_from=interview.voided_from,
        version=now.version,
        command=given.no,
        by=given.by,
        digest=given.digest.hex(),
        interviewer=progress.interviewer,
        attempts=progress.attempts,
        offered_at=progress.offered_at,
        accepted=progress.accepted,
        arranged_for=progress.arranged_for,
        held_at=progress.held_at,
        submitted_at=progress.submitted_at,
        approved_at=progress.approved_at,
        declined_at=progress.declined_at,
        covered_by=progress.covered_by,
    )
