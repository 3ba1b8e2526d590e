"""Children whom only named people see; and looking at one all the same: with a reason, and told at once.

Source: Data Protection Act 2018, Schedule 1, paragraph 18 (safeguarding of children), and the Caldicott
Principles 3 and 4: the least that is needed, and access on a strict need to know. An emergency does not wait
for an administrator; it leaves a trace that somebody looks at.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from casework.alerts import flow_subject, new_alert, surroundings, tell_of, write_down
from casework.apply import CHANGED
from casework.policy_in_force import in_force
from casework.refusals import BadInput, Conflict, Unknown
from domain.ladder.tell import tell
from schemas.alerts_policy import Channel, When
from schemas.ladder_policy import Audience, LadderStep, Watch
from schemas.notices import GLASS_BROKEN
from schemas.policy import Policy
from schemas.reading import Problem
from store import alerts, glass, ledger, restrictions
from store.database import Store, Transaction
from store.glass import Broken
from store.restrictions import Restriction
from store.views import children

HOLDS: Final = timedelta(hours=4)
"""How long somebody sees the child."""
SHORTEST, LONGEST = 20, 1000
"""How long a reason is: nobody explains an emergency in two words."""
STEP: Final = LadderStep(
    id=GLASS_BROKEN,
    watches=Watch.FLOW_FAILED,
    tells=(Audience.TEAM_MANAGER,),
    expects="Look at who opened the restricted record and why, and write down what you found.",
    answer_within=timedelta(hours=4),
    when=When.ANY_HOUR,
    channels=(Channel.INBOX, Channel.EMAIL),
)
LOOKING_UP: Final = "system:restricted"
"""Who finds a child that the person asking may not see; no more than its id is used."""


async def restrict(
    store: Store, authority: str, restriction: Restriction, *, person: str, now: datetime
) -> None:
    """Restrict a child to the people named.

    Raises:
        Unknown: there is no such child, or the person may not see it.
        BadInput: nobody is named, or the reason is no reason.
    """
    problems = _of_reason(restriction.reason or "")
    if not restriction.people:
        problems.append(Problem("people", "name at least one person who may see the child"))
    if problems:
        raise BadInput(problems)
    async with store.transaction(authority, person, exclusive=True) as tx:
        await _seen(tx, restriction.child_id)
        told = {"people": sorted(restriction.people), "reason": restriction.reason}
        await ledger.write(tx, [_entry("child.restricted", restriction.child_id, told)], now)
        await restrictions.restrict(tx, restriction, now)
        await tx.tell(CHANGED)


async def lift(store: Store, authority: str, child_id: UUID, why: str, *, person: str, now: datetime) -> None:
    """Let everybody see a child again.

    Raises:
        Unknown: there is no such child, or the person may not see it.
        BadInput: the reason is no reason.
        Conflict: the child is not restricted.
    """
    if problems := _of_reason(why):
        raise BadInput(problems)
    async with store.transaction(authority, person, exclusive=True) as tx:
        await _seen(tx, child_id)
        if not await restrictions.lift(tx, child_id, by=person, why=why, now=now):
            raise Conflict("this child is not restricted, or not any more")
        await ledger.write(tx, [_entry("child.unrestricted", child_id, {"reason": why})], now)
        await tx.tell(CHANGED)


async def break_glass(
    store: Store, authority: str, known_as: str, reason: str, *, person: str, policy: Policy, now: datetime
) -> UUID:
    """Let a person see a restricted child for a while, tell the managers at once, and return the child.

    `known_as` is the authority's own number of the child, or our id. What is asked in vain is written down.

    Raises:
        BadInput: the reason is no reason, or no restricted child is known by that number.
    """
    if problems := _of_reason(reason):
        raise BadInput(problems)
    async with store.transaction(authority, person, exclusive=True) as tx:
        child_id = await _hidden(tx, known_as)
        if child_id is None:
            await ledger.write(
                tx, [ledger.Entry("glass.missed", f"person/{person}", {"reason": reason})], now
            )
        else:
            await _break(tx, child_id, reason, policy, now)
    if child_id is None:
        raise BadInput([Problem("known_as", "is the number of no child whose record is closed to you")])
    return child_id


async def review(
    store: Store, authority: str, id_: UUID, found: str, *, person: str, by: str, now: datetime
) -> None:
    """Write down what a manager found, and end the access if it still goes on.

    Raises:
        Unknown: there is no such access.
        BadInput: what was found is not said, or it is the manager's own.
        Conflict: it was reviewed before.
    """
    if problems := _of_reason(found, "found"):
        raise BadInput(problems)
    async with store.transaction(authority, person) as tx:
        broken = await glass.find(tx, id_)
        if broken is None:
            raise Unknown("there is no such access")
        if broken.person == person:
            raise BadInput([Problem("found", "is about your own access: somebody else reviews it")])
        if not await glass.review(tx, id_, by, found, now):
            raise Conflict("somebody has reviewed this already: look at it again")
        await glass.end(tx, id_, now)
        told = {"access": str(id_), "by": by}
        await ledger.write(tx, [ledger.Entry("glass.reviewed", f"glass/{id_}", told)], now)
        await tx.tell(CHANGED)


async def _seen(tx: Transaction, child_id: UUID) -> None:
    if await children.find(tx, child_id) is None:
        raise Unknown("there is no such child, or it may not be seen")


async def _hidden(tx: Transaction, known_as: str) -> UUID | None:
    """Return the restricted child that a number means and that the person asking does not see."""
    async with tx.as_system(LOOKING_UP) as all_:
        child_id = await children.resolve(all_, known_as.strip())
    hidden = child_id is not None and await children.find(tx, child_id) is None
    return child_id if hidden else None


async def _break(tx: Transaction, child_id: UUID, reason: str, policy: Policy, now: datetime) -> None:
    broken = Broken(uuid4(), child_id, tx.person, reason, now, now + HOLDS, None, None, None, None)
    await glass.add(tx, broken)
    told = {"access": str(broken.id), "reason": reason, "until": broken.until_at.isoformat()}
    await ledger.write(tx, [_entry("glass.broken", child_id, told)], now)
    alert = new_alert(tx.authority, flow_subject(f"glass/{broken.id}"), STEP, now, now)
    await alerts.raise_(tx, [alert])
    around = await surroundings(tx, await in_force(tx, policy), now)
    await tell_of(tx, [(alert, tell(STEP, STEP.tells, around, None))], now)
    await write_down(tx, [(alert, None, "raised", {"access": str(broken.id)})], now)
    await tx.tell(CHANGED)


def _of_reason(reason: str, field: str = "reason") -> list[Problem]:
    length = len(reason.strip())
    if SHORTEST <= length <= LONGEST:
        return []
    return [Problem(field, f"say it in {SHORTEST} to {LONGEST:,} characters; this has {length:,}")]


def _entry(action: str, child_id: UUID, payload: Mapping[str, object]) -> ledger.Entry:
    return ledger.Entry(action, f"child/{child_id}", payload, child_id)
