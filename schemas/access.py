"""Who may do what on the pages, and why somebody looks at a child."""

from enum import StrEnum


class Duty(StrEnum):
    """What somebody does here; a person may have several."""

    WORKER = "worker"
    """Holds and records return home interviews."""
    MANAGER = "manager"
    """Sees what is late; allocates, approves, sends back, acknowledges."""
    SCREENER = "screener"
    """Decides who a child is, and what becomes of messages that could not be taken."""
    AUDITOR = "auditor"
    """Reads who saw and changed what."""
    ADMINISTRATOR = "administrator"
    """People, tokens, the directory of staff, the policy."""


EVERYBODY = frozenset(Duty)
CASEWORK = frozenset({Duty.WORKER, Duty.MANAGER, Duty.SCREENER})
"""Those whose work is with children; an auditor or administrator opens no child's record."""


class Purpose(StrEnum):
    """Why somebody looked at a child. Some follow from what they do, the others are asked for."""

    INTERVIEW = "interview"
    """The child's interview was given to them."""
    MANAGING = "managing"
    """They manage the child's interviews."""
    SCREENING = "screening"
    """They decide who the child is, or what was told of it."""
    RECORDING = "recording"
    """They record what they were told of the child."""
    COVERING = "covering"
    """They stand in for a colleague."""
    PREPARING = "preparing"
    """They prepare a visit or a meeting about the child."""
    SAFEGUARDING = "safeguarding"
    """A safeguarding enquiry concerns the child."""
    COMPLAINT = "complaint"
    """A complaint, or a request to see what is held."""
    OTHER = "other"
    """Something else, in their own words."""
    BREAK_GLASS = "break_glass"
    """The child is restricted; they had to see it all the same."""


ASKED_PURPOSES = (
    Purpose.COVERING,
    Purpose.PREPARING,
    Purpose.SAFEGUARDING,
    Purpose.COMPLAINT,
    Purpose.OTHER,
)
"""Those that a person chooses from."""
