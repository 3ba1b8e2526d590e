"""What people do to a child's safety plan: one step, one transaction, once, each making one version."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from casework.apply import CHANGED, entry_of
from casework.refusals import BadInput, Conflict, NotAllowed, Unknown
from casework.views.plans import find_plan, plan_of
from domain.continuity import NAMESPACE
from domain.plan.fold import day_of
from domain.plan.parts import Action, Plan
from domain.plan.words import planned
from schemas.events import PlanChanged
from schemas.plan import OnAction, Outcomes, Reviewed, Revised, State, Step, Superseded
from schemas.plan_policy import PlanPolicy
from schemas.reading import Problem, digest
from schemas.record import InterviewRecord
from store import ledger, outbox, plans
from store.database import Store, Transaction
from store.plans import Kept, New

TERMS: Final = {
    "open": "open",
    "done": "done",
    "not_done": "not done",
    "superseded": "replaced by another",
    "revised": "changed",
    "reviewed": "looked at",
    "outcomes": "outcomes entered",
}
"""States of actions and kinds of steps, in a refusal."""
DEFAULTS: Final = PlanPolicy()
FARTHEST: Final = timedelta(days=5 * 365 + 1)
"""Five years: what is due later than that is a slip of the pen, and would never be asked about."""
_USED: Final = "the key {key} was used for something else: send this with a new key"


@dataclass(frozen=True, slots=True)
class Asked:
    """A step, and what its sender says of it: `version` is the plan's that the sender saw."""

    step: OnAction | Reviewed
    by: str
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What a step did. `repeated`: it was done before, with the same key."""

    child_id: UUID
    version: int
    repeated: bool = False


async def enter_outcomes(
    tx: Transaction,
    interview_id: UUID,
    record: InterviewRecord,
    *,
    by: str,
    now: datetime,
    policy: PlanPolicy = DEFAULTS,
) -> None:
    """Carry an approved record's outcomes into the child's plan, once; a record without any changes nothing.

    The transaction holds the authority's lock. `by` approved it.

    Raises:
        Unknown: there is no such interview, or it may not be seen.
    """
    held = await plans.conversation(tx, interview_id)
    if held is None:
        raise Unknown("there is no such interview, or it may not be seen")
    if not record.outcomes:
        return
    step = Outcomes(
        held_on=day_of(held.held_at) if held.held_at else None,
        outcomes=tuple(planned(outcome, record.account) for outcome in record.outcomes),
    )
    new = _new(tx, f"outcomes/{interview_id}", interview_id, step, by=by, at=now)
    await _keep(tx, held.child_id, new, policy)


async def take_step(
    store: Store,
    authority: str,
    child: str,
    asked: Asked,
    *,
    person: str,
    policy: PlanPolicy,
    now: datetime,
) -> Entered:
    """Do one step to a child's plan; `person` is who is signed in, `now` is UTC.

    `child` is our id, or the authority's own.

    Raises:
        Unknown: there is no such child, plan or action, or it may not be seen.
        Conflict: the plan changed since, or the key was used for something else.
        NotAllowed: the action has ended.
        BadInput: a field cannot be as it is.
        DatabaseUnavailable: nothing was done; the same again does no harm.
    """
    async with store.transaction(authority, person, exclusive=True) as tx:
        child_id, plan = await find_plan(tx, child, policy)
        if not plan.versions:
            raise Unknown("there is no plan of this child yet: it begins with an approved record")
        if before := await plans.kept_with(tx, asked.key):
            return _again(before, child_id, plan, asked)
        interview_id, step = _checked(plan, asked, now)
        new = _new(tx, asked.key, interview_id, step, by=asked.by, at=now, key=asked.key)
        if (kept := await _keep(tx, child_id, new, policy)) is None:
            raise Conflict(_USED.format(key=asked.key))
    return Entered(child_id, kept.number)


def _checked(plan: Plan, asked: Asked, now: datetime) -> tuple[UUID, OnAction | Reviewed]:
    """Return the interview to which the step belongs, and the step by the action's own id."""
    if asked.version != plan.number:
        raise Conflict(_what_changed(plan, asked.version))
    if isinstance(asked.step, Reviewed):
        newest = [each.entry for each in plan.versions if isinstance(each.entry.step, Outcomes)]
        return newest[-1].interview_id, asked.step
    action = plan.find(asked.step.action)
    if action is None:
        raise Unknown("there is no such action in this plan")
    if not action.is_open():
        raise NotAllowed(f"the action is {TERMS[action.state]}: only an open one can be changed")
    if problems := list(_problems(plan, action, asked.step, now)):
        raise BadInput(problems)
    return action.sources[0].interview_id, asked.step.model_copy(update={"action": action.id})


def _problems(plan: Plan, action: Action, step: OnAction, now: datetime) -> Iterator[Problem]:
    match step:
        case Superseded(superseded_by=by):
            other = plan.find(by)
            if other is None or other is action:
                yield Problem("superseded_by", "is no other action of this plan: correct it")
            elif other.state not in {State.OPEN, State.DONE}:
                yield Problem("superseded_by", f"is {TERMS[other.state]}: name an open action")
        case Revised(due_on=due_on, owner=owner):
            yield from _of_day(due_on, day_of(now))
            if (owner or action.owner, due_on or action.due_on) == (action.owner, action.due_on):
                yield Problem("due_on", "and owner are as they were: change one of them")


def _of_day(due_on: date | None, today: date) -> Iterator[Problem]:
    if due_on and due_on < today:
        yield Problem("due_on", "lies in the past: give a day that is still to come")
    if due_on and due_on > today + FARTHEST:
        yield Problem("due_on", "lies more than five years ahead: correct the year")


def _what_changed(plan: Plan, seen: int) -> str:
    since = [f"{TERMS[each.entry.step.kind]} by {each.entry.by}" for each in plan.versions[max(seen, 0) :]]
    then = f" since then: {', '.join(since)};" if since else ""
    return f"the plan is at version {plan.number}, you saw {seen};{then} look at it again, then decide"


def _again(before: Kept, child_id: UUID, plan: Plan, asked: Asked) -> Entered:
    """Return what the same step did before."""
    place = {version.entry.no: version.number for version in plan.versions}
    step = asked.step
    if isinstance(step, OnAction) and (action := plan.find(step.action)):
        step = step.model_copy(update={"action": action.id})
    same = (before.kind, before.body, before.by) == (step.kind, step.model_dump(mode="json"), asked.by)
    if not same or before.no not in place:
        raise Conflict(_USED.format(key=asked.key))
    return Entered(child_id, place[before.no], repeated=True)


def _new(
    tx: Transaction,
    cause: str,
    interview_id: UUID,
    step: Step,
    *,
    by: str,
    at: datetime,
    key: str | None = None,
) -> New:
    return New(
        id=uuid5(NAMESPACE, f"plan/{tx.authority}/{cause}"),
        interview_id=interview_id,
        kind=step.kind,
        body=step.model_dump(mode="json"),
        by=by,
        actor=tx.person,
        at=at,
        key=key,
    )


async def _keep(tx: Transaction, child_id: UUID, new: New, policy: PlanPolicy) -> Plan | None:
    """Write an entry, the ledger's line and the event; return the plan with it, or None if it was there."""
    if not await plans.add(tx, new):
        return None
    plan = await plan_of(tx, child_id, policy)
    event = _event(tx, child_id, new, plan)
    await ledger.write(tx, [entry_of(event)], new.at)
    await outbox.add(tx, [event], new.at)
    await tx.tell(CHANGED)
    return plan


def _event(tx: Transaction, child_id: UUID, new: New, plan: Plan) -> PlanChanged:
    return PlanChanged(
        authority=tx.authority,
        child_id=child_id,
        interview_id=new.interview_id,
        entry_id=new.id,
        cause=new.kind,
        digest=digest({"kind": new.kind, "body": new.body}).hex(),
        action_id=new.body.get("action"),
        version=plan.number,
        actions=len(plan.actions),
        open_actions=sum(each.is_open() for each in plan.actions),
    )
