"""One interview on its ordinary way, as commands."""

from datetime import UTC, datetime

from schemas.commands import (
    Allocate,
    Answer,
    Approve,
    Arrange,
    Decline,
    Hold,
    NotPossible,
    Offer,
    Reallocate,
    Reinstate,
    SectionReason,
    SendBack,
    Spoken,
    Submit,
    Void,
)
from schemas.record import Contact

BACK = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
MONDAY = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 10, 0, tzinfo=UTC)

ALLOCATE = Allocate(by="M-1", interviewer="W-1")
REALLOCATE = Reallocate(by="M-1", interviewer="W-2", why="W-1 is ill")
OFFER = Offer(by="W-1", at=MONDAY, how=Contact.PHONE, answer=Answer.ACCEPTED)
NOBODY = Offer(by="W-1", at=MONDAY, how=Contact.VISIT, answer=Answer.NOT_REACHED)
ARRANGE = Arrange(by="W-1", starts_at=TUESDAY, place="The Limes")
HOLD = Hold(by="W-1", held_at=TUESDAY)
SUBMIT = Submit(by="W-1", draft=3)
SEND_BACK = SendBack(by="M-1", reasons=(SectionReason(section="analysis", reason="So what?"),))
APPROVE = Approve(by="M-1", decision="Agreed; plan to be shared with the school.")
DECLINE = Decline(
    by="W-1",
    at=MONDAY,
    declined_by=Spoken.CHILD,
    reason="Does not want to talk to anybody",
    also_offered="Her aunt, or the school nurse",
    carer_said="Back at ten, calm",
    authorised_by="M-1",
)
NOT_POSSIBLE = NotPossible(by="W-1", reason="Moved to Poland", authorised_by="M-1")
REINSTATE = Reinstate(by="M-1", reason="It was the wrong one")
VOID = Void(by="M-1", reason="Entered twice by hand")
