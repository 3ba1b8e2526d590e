"""The plan is a fold of its entries: each makes one version, and nothing else does.

The same entries give the same plan in whatever batches they come. An entry about an action that is not in
this plan (its child was split off) makes a version that changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from uuid import UUID

from domain.marks import LONDON
from domain.plan.parts import Action, Closing, Entry, Plan, Source, Version
from domain.plan.same import alike
from schemas.plan import Done, NotDone, OnAction, Outcomes, Revised, State, Step, Superseded
from schemas.plan_policy import PlanPolicy


def fold(entries: Iterable[Entry], policy: PlanPolicy) -> Plan:
    """Return the plan of one child's entries, in whatever order they are given."""
    in_order = sorted(entries, key=lambda entry: entry.no)
    return reduce(lambda plan, entry: after(plan, entry, policy), in_order, Plan())


def after(plan: Plan, entry: Entry, policy: PlanPolicy) -> Plan:
    """Return the plan with one more entry, which is later than all before."""
    actions = _acted(plan, entry, policy)
    on = day_of(entry.at)
    version = Version(plan.number + 1, entry, actions, _review_on(actions, on, policy))
    return Plan((*plan.versions, version))


def day_of(instant: datetime) -> date:
    """Return the day of an instant, in London."""
    return instant.astimezone(LONDON).date()


def _acted(plan: Plan, entry: Entry, policy: PlanPolicy) -> tuple[Action, ...]:
    match entry.step:
        case Outcomes() as step:
            return _entered(plan.actions, list(_sources(step, entry)), policy.same_action)
        case OnAction() as step if (found := plan.find(step.action)) is not None:
            return tuple(_one(found, step, entry) if each is found else each for each in plan.actions)
        case _:
            return plan.actions


def _one(action: Action, step: Step, entry: Entry) -> Action:
    """Return an action after a step about it. The latest word on how it ended holds."""
    match step:
        case Revised():
            return replace(action, owner=step.owner or action.owner, due_on=step.due_on or action.due_on)
        case Done():
            state = State.DONE
        case NotDone():
            state = State.NOT_DONE
        case Superseded():
            state = State.SUPERSEDED
        case _:
            return action
    return replace(action, state=state, closing=Closing(step, entry.by, entry.at))


def _sources(step: Outcomes, entry: Entry) -> Iterator[Source]:
    told_on = step.held_on or day_of(entry.at)
    for number, outcome in enumerate(step.outcomes, start=1):
        yield Source(entry.interview_id, number, outcome, told_on, entry.by)


def _entered(actions: Sequence[Action], sources: Sequence[Source], same_action: float) -> tuple[Action, ...]:
    """Return the actions with a record's outcomes in them: each joins the open one that says it, or is new.

    The pair that agrees most is joined first, so that the order in which a record has its outcomes does not
    matter much. Two outcomes of one record never become one action: its author wrote them apart.
    """
    joins = _joins(actions, sources, same_action)
    joined = [_join(each, joins[each.id]) if each.id in joins else each for each in actions]
    taken = {source.id for source in joins.values()}
    return (*joined, *(_new(source) for source in sources if source.id not in taken))


def _joins(actions: Sequence[Action], sources: Sequence[Source], same_action: float) -> dict[UUID, Source]:
    """Return which outcome joins which action, by the action's id."""
    pairs = sorted(
        (-likeness, number, place)
        for number, source in enumerate(sources)
        for place, action in enumerate(actions)
        if action.is_open() and (likeness := _likeness(action, source)) >= same_action
    )
    joins: dict[UUID, Source] = {}
    taken: set[int] = set()
    for _, number, place in pairs:
        if number not in taken and actions[place].id not in joins:
            taken.add(number)
            joins[actions[place].id] = sources[number]
    return joins


def _likeness(action: Action, source: Source) -> float:
    owners = tuple(sorted({action.owner, source.outcome.owner}))
    return alike(action.what, source.outcome.what, owners)


def _new(source: Source) -> Action:
    outcome = source.outcome
    return Action(source.id, outcome.what, outcome.owner, outcome.due_on, outcome.measure, (source,))


def _join(action: Action, source: Source) -> Action:
    """Return an action that another interview asks for too.

    It stays what it is and is due by the earlier of the two days: only a person may give it longer. The
    later interview says who does it.
    """
    outcome = source.outcome
    days = [day for day in (action.due_on, outcome.due_on) if day]
    return replace(
        action,
        owner=outcome.owner or action.owner,
        due_on=min(days, default=None),
        measure=action.measure or outcome.measure,
        sources=(*action.sources, source),
    )


def _review_on(actions: Iterable[Action], on: date, policy: PlanPolicy) -> date:
    """Return when to look again: by the first day on which something is due, and in good time anyway."""
    due = [each.due_on for each in actions if each.is_open() and each.due_on and each.due_on >= on]
    return min((on + policy.review_after, *due))
