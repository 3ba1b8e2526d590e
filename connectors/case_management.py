"""Another system that keeps children's plans, as far as Homeward has to do with it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from schemas.plan_update import PlanUpdate


class NotDelivered(Exception):
    """It did not work. The message says why in plain words, and names nobody."""


class NotNow(NotDelivered):
    """It may work later; not before `retry_after_seconds`, if the other system said so.

    Whether it has been done is not known: the other system may have done it and its answer be lost.
    """

    def __init__(self, why: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(why)
        self.retry_after_seconds = retry_after_seconds


class Refused(NotDelivered):
    """It will not work until a person mends something, here or there."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the other system calls it: its id there, and its version; null where it has none."""

    remote_id: str | None
    version: str | None


class Kept(StrEnum):
    """How the other system keeps what it was told."""

    SAME = "same"
    MISSING = "missing"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was found there. `why` says what differs, without any of its words."""

    kept: Kept
    version: str | None = None
    why: str = ""


class CaseManagement(Protocol):
    """Takes updates of children's plans; the same one again changes nothing."""

    async def deliver(self, update: PlanUpdate) -> Delivered:
        """Tell it, unless it has it.

        Raises:
            NotNow: it may work later.
            Refused: it will not.
        """
        ...

    async def read_back(self, update: PlanUpdate) -> ReadBack:
        """Look whether it is there as it was told.

        Raises:
            NotNow: it may work later.
            Refused: it will not.
        """
        ...
