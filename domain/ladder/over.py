"""When an alert is over, and why."""

from datetime import datetime

from domain.ladder.due import Subject, instants
from schemas.ladder_policy import LadderStep, Watch

MOVED = "the deadline moved"
GONE = "what it was about is no more"
NO_STEP = "the ladder no longer has this step"
DECIDED = "it was decided on"


def over(step: LadderStep | None, due_at: datetime, subject: Subject | None, decided: bool) -> str | None:
    """Return why an open alert is over; None while it stands.

    `due_at` is the alert's own instant; `decided`: it was acknowledged with a decision. An alert for a
    deadline that has moved since stays as evidence, and is over.
    """
    if step is None:
        return NO_STEP
    if subject is None:
        return GONE
    anchor = subject.now.anchors.get(step.watches)
    if anchor is None or step.watches not in subject.now.undone:
        return subject.now.stands
    if due_at not in instants(step, anchor, due_at):
        return MOVED
    return DECIDED if decided and step.watches is Watch.REPEATEDLY_MISSING else None
