"""Slots agreed with children: an interviewer cannot be in two places at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from store import allocating
from store.database import Transaction

COUNTING: Final = "system:slots"


@dataclass(frozen=True, slots=True)
class Taken:
    """A time for which an interviewer has agreed to hold an interview; not with whom."""

    starts_at: datetime
    ends_at: datetime


async def clashes(
    tx: Transaction, interviewer: str, starts_at: datetime, ends_at: datetime, besides: UUID
) -> list[Taken]:
    """Return the slots of an interviewer that overlap a time (UTC), the earliest first.

    A slot that begins when another ends does not. `besides` is the interview that is being arranged.
    Interviews with children whom the asker may not see count too: of them only their times leave.
    """
    async with tx.as_system(COUNTING) as counting:
        found = await allocating.arranged(counting, interviewer, starts_at, ends_at)
    return [
        Taken(each.arranged_for, each.arranged_until)
        for each in found
        if each.id != besides and each.arranged_for and each.arranged_until
    ]
