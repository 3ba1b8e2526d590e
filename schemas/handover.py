"""Handing an interview over to the authority in whose area the child lives: what is offered and answered."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from schemas.prose import Line, Part, Prose, Reason
from schemas.scalars import AuthorityCode, Instant, Name


class HandoverAnswer(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Nobody answered in time."""


def _said(value: str) -> str:
    if not value:
        raise ValueError("is empty: name who of the host authority said so, or leave it out")
    return value


Said = Annotated[Line, AfterValidator(_said)]


class OfferHandover(Part):
    """Offer an interview to a host authority: `to` is its ONS code, `accept_by` until when it may answer."""

    by: Name
    to: AuthorityCode
    reason: Reason
    accept_by: Instant


class HandoverStep(Part):
    """What somebody does to an offer; `name` stands in its address."""

    name: ClassVar[str]
    answer: ClassVar[HandoverAnswer]

    by: Name


class HostStep(HandoverStep):
    """What the host answers. `said_by`: who said so, where the owner's manager records it for the host."""

    said_by: Said | None = None


class AcceptHandover(HostStep):
    """The host takes the interview: from then on it is responsible."""

    name = "accept"
    answer = HandoverAnswer.ACCEPTED
    reason: Prose = ""


class RefuseHandover(HostStep):
    """The host does not take it, and says why."""

    name = "refuse"
    answer = HandoverAnswer.REFUSED
    reason: Reason


class WithdrawHandover(HandoverStep):
    """The owner takes its offer back before it was answered."""

    name = "withdraw"
    answer = HandoverAnswer.WITHDRAWN
    reason: Reason


HANDOVER_STEPS: tuple[type[HandoverStep], ...] = (AcceptHandover, RefuseHandover, WithdrawHandover)
"""Every step, in the order in which they are described."""
