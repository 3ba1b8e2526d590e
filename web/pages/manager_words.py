"""What managers read of interviews: the groups of the board, what was done last, what came of a form."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from store.views.managers_board import Group, Order


class Named(NamedTuple):
    """A group of the board, in a word or two; what stands there when it is empty; whether it alarms."""

    name: str
    nothing: str
    alarms: bool = False


GROUPS: Final[Mapping[Group, Named]] = {
    Group.OVERDUE: Named("Overdue", "No interview is overdue.", alarms=True),
    Group.SOON: Named("Due within 24 hours", "No interview is due within 24 hours."),
    Group.DUE: Named("Due later", "No interview is due later."),
    Group.UNALLOCATED: Named("Not allocated", "Every interview has an interviewer."),
    Group.WRITING: Named("Record not handed in", "No record is waited for."),
    Group.APPROVAL: Named("Waiting for approval", "No record waits for your decision."),
    Group.ESCALATED: Named("Escalated", "Nothing has gone above the team manager.", alarms=True),
    Group.ALL: Named("All unfinished", "Every interview is finished."),
}
ORDERS: Final[Mapping[Order, str]] = {
    Order.DEADLINE: "Deadline",
    Order.CHILD: "Child’s name",
    Order.WORKER: "Who has it",
    Order.RISK: "Risk",
    Order.ATTEMPTS: "Attempts",
}
DID: Final[Mapping[str, str]] = {
    "allocated": "The interview was given to {name}",
    "approved": "The record was approved: its outcomes are in the child’s plan",
    "sent-back": "The record went back to {name}, with your reasons",
}
DONE: Final[Mapping[str, str]] = {
    "allocate": "Allocated",
    "reallocate": "Given to somebody else",
    "offer": "Tried or offered",
    "arrange": "Arranged",
    "hold": "Held",
    "submit": "Record handed in",
    "send-back": "Record sent back",
    "approve": "Record approved",
    "decline": "Declined",
    "not-possible": "Recorded as not possible",
    "void": "Taken off the list",
    "reinstate": "Put back on the list",
    "cover": "Covers another interview",
    "covered": "Joined with another conversation",
    "uncovered": "On its own again",
    "imported": "Imported from the former system",
}
"""What a command did, by its name."""
