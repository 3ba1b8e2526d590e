"""My interviews, by what they wait for: what is late first, then today, then what I still have to write."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.marks import LONDON
from schemas.words import Stage
from store.database import Transaction
from store.views import my_interviews
from store.views.interviews import AWAITED
from store.views.my_interviews import Mine

LATELY: Final = timedelta(days=7)
"""How long what is finished still stands there."""
MOST: Final = 500


class Group(StrEnum):
    """What an interview waits for, in the order in which the page shows it."""

    OVERDUE = "overdue"
    TODAY = "today"
    SENT_BACK = "sent-back"
    TO_WRITE = "to-write"
    LATER = "later"
    APPROVAL = "approval"
    FINISHED = "finished"


async def my_interviews_of(
    tx: Transaction, interviewer: str, now: datetime
) -> Mapping[Group, Sequence[Mine]]:
    """Return somebody's interviews by group, in each the soonest deadline first; `now` is UTC."""
    found = await my_interviews.of_interviewer(tx, interviewer, now - LATELY, MOST)
    grouped: dict[Group, list[Mine]] = {group: [] for group in Group}
    for one in found:
        grouped[group_of(one, now)].append(one)
    grouped[Group.FINISHED].sort(key=lambda one: one.finished_at or now, reverse=True)
    return grouped


def group_of(one: Mine, now: datetime) -> Group:
    """Return what one interview waits for."""
    match Stage(one.status):
        case Stage.HELD:
            return Group.SENT_BACK if one.sent_back_at else Group.TO_WRITE
        case Stage.SUBMITTED:
            return Group.APPROVAL
        case stage if stage in AWAITED:
            return _by_time(one, now)
        case _:
            return Group.FINISHED


def _by_time(one: Mine, now: datetime) -> Group:
    """Return whether it is late, or today's: due today, or agreed for today or a day before."""
    if one.due_at < now:
        return Group.OVERDUE
    today = now.astimezone(LONDON).date()
    soonest = min(one.due_at, one.arranged_for or one.due_at)
    return Group.TODAY if soonest.astimezone(LONDON).date() <= today else Group.LATER
