"""What the measures count: each figure in plain words, and which figures are one question about a whole.

What somebody was asked, what was answered, whether it was in time and how far the record is are different
questions. Each has one answer per interview, so that its figures add up to the whole.

The indicators are those of the freedom of information requests by Missing People: offered, completed,
completed within 72 hours.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Figure(StrEnum):
    """What is counted; `MEANS` says it in plain words."""

    KNOWN = "known"
    INTERVIEWS = "interviews"
    VOIDED = "voided"
    NEVER_ASKED = "never_asked"
    NOBODY_REACHED = "nobody_reached"
    DECLINED_UNASKED = "declined_unasked"
    NOT_POSSIBLE_UNASKED = "not_possible_unasked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    OFFER_DECLINED = "offer_declined"
    UNDECIDED = "undecided"
    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"
    PROVISIONAL = "provisional"
    PROVISIONAL_COVERED = "provisional_covered"
    PROVISIONAL_OPEN = "provisional_open"
    MISSING_ONCE = "missing_once"
    MISSING_AGAIN = "missing_again"
    COVERED = "covered"
    OWN_CONVERSATION = "own_conversation"
    SHARED_CONVERSATION = "shared_conversation"
    RECORD_AWAITED = "record_awaited"
    RECORD_ELSEWHERE = "record_elsewhere"
    SENT_BACK = "sent_back"
    WITH_MANAGER = "with_manager"
    APPROVED = "approved"
    HELD = "held"
    ATTEMPTED = "attempted"
    SUBMITTED = "submitted"


F = Figure
MEANS: Final[Mapping[Figure, str]] = {
    F.KNOWN: "every interview whose deadline lies in the period, voided ones too",
    F.INTERVIEWS: "interviews whose deadline lies in the period, without voided ones",
    F.VOIDED: "taken off the list: the incident was cancelled or merged, has no clock, or a person struck it",
    F.NEVER_ASKED: "no attempt to offer it was recorded",
    F.NOBODY_REACHED: "at least one attempt was made and nobody was reached: it was not offered yet",
    F.DECLINED_UNASKED: "recorded as declined although no offer was recorded",
    F.NOT_POSSIBLE_UNASKED: "recorded as not possible before anybody tried to offer it",
    F.OFFERED: "offered to the child or carer at least once",
    F.ACCEPTED: "offered, and the last answer was yes",
    F.OFFER_DECLINED: "offered, and the last answer was no",
    F.UNDECIDED: "offered, and the last answer was neither yes nor no",
    F.IN_TIME: "the conversation took place by the deadline, 72 hours after a confirmed return",
    F.LATE: "the conversation took place after the deadline",
    F.WAITING: "no conversation yet, and the deadline is still ahead",
    F.OVERDUE: "no conversation yet, and the deadline has passed",
    F.DECLINED: "closed because the child or carer does not want it",
    F.NOT_POSSIBLE: "closed because it cannot be held",
    F.PROVISIONAL: "the return is not confirmed, so that nobody can say whether it is in time",
    F.PROVISIONAL_COVERED: "the return is not confirmed, and the conversation took place",
    F.PROVISIONAL_OPEN: "the return is not confirmed, and there was no conversation yet",
    F.MISSING_ONCE: "the child has one interview in the period",
    F.MISSING_AGAIN: "the child has more than one interview in the period",
    F.COVERED: "a conversation about this episode took place, its own or one for several episodes",
    F.OWN_CONVERSATION: "it has the conversation itself",
    F.SHARED_CONVERSATION: "it was covered by the conversation of another interview",
    F.RECORD_AWAITED: "the conversation took place and no record was submitted yet",
    F.RECORD_ELSEWHERE: "the interview was imported: its record is in the former system",
    F.SENT_BACK: "the record was sent back, and not submitted again yet",
    F.WITH_MANAGER: "the record is submitted, and no manager decided on it yet",
    F.APPROVED: "the record is approved",
    F.HELD: "conversations that took place: one that covers three episodes counts once here",
    F.ATTEMPTED: "at least one attempt to offer it was recorded, whoever was reached",
    F.SUBMITTED: "the record is submitted, approved or not",
}
"""What each figure counts, in plain words."""

PARTS: Final[Mapping[tuple[Figure, str], tuple[Figure, ...]]] = {
    (F.KNOWN, "on the list"): (F.INTERVIEWS, F.VOIDED),
    (F.INTERVIEWS, "asked"): (
        F.OFFERED, F.NOBODY_REACHED, F.NEVER_ASKED, F.DECLINED_UNASKED, F.NOT_POSSIBLE_UNASKED,
    ),
    (F.OFFERED, "answer"): (F.ACCEPTED, F.OFFER_DECLINED, F.UNDECIDED),
    (F.INTERVIEWS, "in time"): (
        F.IN_TIME, F.LATE, F.WAITING, F.OVERDUE, F.DECLINED, F.NOT_POSSIBLE, F.PROVISIONAL,
    ),
    (F.PROVISIONAL, "conversation"): (F.PROVISIONAL_COVERED, F.PROVISIONAL_OPEN),
    (F.INTERVIEWS, "missing again"): (F.MISSING_ONCE, F.MISSING_AGAIN),
    (F.COVERED, "whose conversation"): (F.OWN_CONVERSATION, F.SHARED_CONVERSATION),
    (F.COVERED, "record"): (
        F.RECORD_AWAITED, F.SENT_BACK, F.WITH_MANAGER, F.APPROVED, F.RECORD_ELSEWHERE,
    ),
}  # fmt: skip
"""Which figures are one question about a whole: each interview of the whole is in exactly one of them."""
