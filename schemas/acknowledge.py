"""What somebody answers to an alert."""

from schemas.prose import Part, Reason
from schemas.scalars import Name


class Acknowledge(Part):
    """`by`, as the directory has them, has seen the alert and says what is done about it, or why nothing."""

    by: Name
    decision: Reason
