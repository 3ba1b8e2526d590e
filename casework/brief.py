"""The morning brief: one for each manager and day, however often it is asked for."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from casework.alerts import new_alert
from domain.brief import concerns
from domain.continuity import NAMESPACE
from domain.ladder.standing import spoken
from domain.working_time import LONDON
from schemas.alerts_policy import Channel, When
from schemas.ladder_policy import Audience, LadderStep, Watch
from schemas.notices import DAILY_BRIEF, Brief, Item
from schemas.policy import Policy
from schemas.staff import MANAGERS, Role, StaffMember
from schemas.words import EpisodeStatus, Stage
from store import alerts, staff
from store.alerts import Delivery
from store.database import Store
from store.views import brief as views

BRIEF: Final = "system:brief"
"""Who acts when briefs are made by the clock."""
SENT_AT: Final = time(7, 30)
EVENING: Final = time(17)
"""Overnight begins when offices close."""
DAY: Final = timedelta(days=1)
NO_ANSWER: Final = "a brief asks for no answer"
STEP: Final = LadderStep(
    id=DAILY_BRIEF,
    watches=Watch.NOT_HELD,
    tells=(Audience.TEAM_MANAGER,),
    expects="Read the brief of the morning.",
    when=When.ANY_HOUR,
    channels=(Channel.EMAIL,),
)
"""What a brief is stored as; it is over at once, and nobody climbs for it."""
STANDS: Final = {
    Stage.DUE: "nobody has it",
    Stage.ALLOCATED: "allocated, not offered yet",
    Stage.OFFERED: "offered, no time agreed",
    Stage.ARRANGED: "arranged",
}


async def queue(store: Store, authority: str, as_of: datetime, only: str | None = None) -> tuple[str, ...]:
    """Queue the briefs of the day in London, once it is 07:30; return whose were not queued before.

    `only` names one manager by id. Who is on leave or lacks an address stands there with the reason once it
    was to go out.
    """
    day = as_of.astimezone(LONDON).date()
    due_at = datetime.combine(day, SENT_AT, LONDON)
    if as_of < due_at:
        return ()
    async with store.transaction(authority, BRIEF, exclusive=True) as tx:
        managers = [one for one in await staff.all_of(tx) if one.is_manager and one.works_here_on(day)]
        chosen = [one for one in managers if only in {None, one.id}]
        alert = new_alert(authority, uuid5(NAMESPACE, f"brief/{authority}"), STEP, due_at, as_of)
        known = await alerts.told(tx, [alert.id])
        had = {each.recipient for each in known.get(alert.id, ())}
        new = [_delivery(alert.id, one, as_of) for one in chosen if one.id not in had]
        if new:
            await alerts.raise_(tx, [alert])
            await alerts.close(tx, alert.id, NO_ANSWER, as_of)
            await alerts.tell(tx, new)
    return tuple(each.recipient for each in new)


async def brief_of(
    store: Store, authority: str, policy: Policy, manager: StaffMember, now: datetime
) -> Brief:
    """Return what one manager is to know this morning."""
    today = now.astimezone(LONDON).date()
    async with store.transaction(authority, BRIEF, snapshot=True) as tx:
        people = {one.id: one for one in await staff.all_of(tx)}
        theirs = [
            one
            for one in await views.awaited(tx, _at(today + DAY, time()))
            if concerns(manager, people.get(one.interviewer or ""), policy.alerts)
        ]
        returned = await views.returned(tx, _at(today - DAY, EVENING), now)
        away = await views.away(tx)
        week = await views.week(tx, [today - DAY * back for back in range(7, 0, -1)])
    return Brief(
        as_of=now,
        due_today=_awaited(one for one in theirs if one.due_at >= now),
        overdue=_awaited(one for one in theirs if one.due_at < now),
        returned=tuple(Item(one.returned_at, _interview(one.due_at), _path(one)) for one in returned),
        missing=tuple(Item(one.since_at, _where(one), _path(one)) for one in away),
        week=week,
    )


def _awaited(interviews: Iterable[views.Awaited]) -> tuple[Item, ...]:
    return tuple(Item(one.due_at, STANDS[Stage(one.status)], _path(one)) for one in interviews)


def _interview(due_at: datetime | None) -> str:
    return f"interview due on {spoken(due_at)}" if due_at else "no interview"


def _where(one: views.Away) -> str:
    risk = f"risk {one.risk_level.replace('_', ' ')}" if one.risk_level else "risk not known"
    return f"found, return not told, {risk}" if one.status == EpisodeStatus.LOCATED else risk


def _path(one: views.Awaited | views.Away | views.Returned) -> str:
    return f"/children/{one.child_id}"


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON)


def _delivery(alert_id: UUID, manager: StaffMember, now: datetime) -> Delivery:
    return Delivery(
        id=uuid5(NAMESPACE, f"delivery/{alert_id}/{manager.id}"),
        alert_id=alert_id,
        recipient=manager.id,
        role=max(manager.roles & MANAGERS, key=list(Role).index),
        level=0,
        channel=Channel.EMAIL,
        state="queued",
        why=None,
        queued_at=now,
        not_before=now,
    )
