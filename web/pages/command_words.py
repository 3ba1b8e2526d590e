"""What people do to an interview, in words: the acts, and what may be said with each."""

from typing import Final

ACTS: Final = {
    "allocate": "Give it to an interviewer",
    "reallocate": "Give it to another interviewer",
    "offer": "Record an attempt to offer it",
    "arrange": "Arrange a time",
    "hold": "Record that it was held",
    "submit": "Hand the record to the manager",
    "send-back": "Send the record back",
    "approve": "Approve the record",
    "decline": "Record that the child declined",
    "not-possible": "Record that it is not possible",
    "void": "Take it off the list",
    "reinstate": "Put it back on the list",
    "cover": "Let one conversation cover several absences",
}
"""Each command as what somebody may do."""

DONE: Final = {
    "offer": "The attempt is recorded",
    "arrange": "The time and place are recorded",
    "hold": "It is recorded that the interview was held",
    "decline": "It is recorded that the child declined",
    "not-possible": "It is recorded that the interview is not possible",
    "void": "The interview is off the list",
    "reinstate": "The interview is back on the list",
    "cover": "The conversation now covers the other absences too",
}
"""What is so after a form of ours."""

HAPPENED: Final = {
    "allocate": "allocated",
    "reallocate": "reallocated",
    "offer": "offered",
    "arrange": "arranged",
    "hold": "held",
    "submit": "submitted",
    "send-back": "sent-back",
    "approve": "approved",
    "decline": "declined",
    "not-possible": "not-possible",
    "void": "struck",
    "reinstate": "reinstated",
    "cover": "covers",
    "covered": "covered",
    "uncovered": "uncovered",
    "imported": "imported",
}
"""Which change a kept command is, as `terms.CHANGES` names them."""

CONTACTS: Final = {
    "visit": "Visit",
    "phone": "Telephone",
    "video": "Video call",
    "message": "Text or other message",
    "letter": "Letter",
    "other": "Another way",
}
SPOKEN: Final = {"child": "The child", "carer": "The parent or carer", "both": "Both"}
ANSWERS: Final = {
    "accepted": "Yes",
    "undecided": "Not decided yet",
    "declined": "No",
    "not_reached": "Nobody was reached",
}
