"""One child's whole life with us: absences, interviews, a plan that was changed, alerts and a decision."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from casework.alerts import acknowledge
from casework.plans import Asked, take_step
from casework.views.plans import Plan, find_plan
from schemas.acknowledge import Acknowledge
from schemas.commands import Arrange
from schemas.plan import Done
from schemas.plan_policy import PlanPolicy
from store.database import Store
from tests.chasing import World, allocate, offer, person
from tests.messages import AMARA, NOTTINGHAM, message
from tests.web.plans import approved, interview_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = datetime(2026, 3, 19, 17, 30, tzinfo=UTC)
SECOND = datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
RISKS: dict[str, Any] = {
    "risk_level": "high",
    "category": "missing",
    "circumstances": "Left after a row about her phone and did not come back from town.",
    "risk_factors": ["county_lines"],
    "missing_from": "childrens_home",
    "last_seen_place": "Slab Square",
}


async def whole_life(store: Store, now: datetime) -> str:
    """Tell of it, and return the child's id; her second interview is arranged, and she is missing again."""
    world = World(store, now=FIRST)
    await world.staffed(person("W-1", name="Zainab Patel"), person("M-1", name="Kwame Osei"))
    await _away(world, FIRST, "1", back_after=7 * HOUR)
    interview = await interview_of(store)
    world.now += DAY
    await world.do(interview, allocate())
    await world.chase(FIRST + 3 * DAY)
    await _decide(world)
    await world.hold(interview)
    await approved(store, interview, world.now + DAY, by="M-1")
    child, plan = await _plan(store)
    step = Done(action=plan.actions[0].id, seen="They met twice at the family centre.")
    await take_step(
        store, NOTTINGHAM, str(child), Asked(step, "Ms Patel", "life", plan.number),
        person="system:test", policy=PlanPolicy(), now=world.now + 2 * DAY,
    )  # fmt: skip
    await _away(world, SECOND, "2", back_after=12 * HOUR)
    second = await interview_of(store, place=1)
    world.now = SECOND + DAY
    slot = Arrange(by="W-1", starts_at=now + 20 * HOUR, minutes=45, place="The library at Sneinton")
    await world.do(second, allocate(), offer(), slot)
    await world.chase(now - HOUR)
    again: dict[str, Any] = {"child": AMARA, "subject": "NP-L3", "missing": RISKS}
    await world.tell(message("reported", now - 5 * HOUR, id="l3", **again))
    return str(child)


async def _away(world: World, at: datetime, number: str, back_after: timedelta) -> None:
    told: dict[str, Any] = {"child": AMARA, "subject": f"NP-L{number}"}
    world.now = at + back_after
    await world.tell(
        message("reported", at + HOUR, id=f"l{number}", told_at=at + HOUR, missing=RISKS, **told),
        message("returned", at + back_after, id=f"l{number}b", told_at=world.now,
                returned={"returned_to": "childrens_home"}, **told),
    )  # fmt: skip


async def _decide(world: World) -> None:
    ((alert,),) = await world.rows("SELECT id FROM alerts ORDER BY due_at LIMIT 1")
    told = Acknowledge(by="M-1", decision="Zainab sees her at school tomorrow.")
    await acknowledge(
        world.store, NOTTINGHAM, alert, told, key="life", person="system:test", now=world.now + HOUR
    )


async def _plan(store: Store) -> tuple[UUID, Plan]:
    async with store.transaction(NOTTINGHAM) as tx:
        return await find_plan(tx, "C-100482", PlanPolicy())
