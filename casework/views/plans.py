"""A child's safety plan as it is read: whose it is, its versions, and what changed between them."""

from uuid import UUID

from casework.refusals import BadInput, Unknown
from domain.plan.changes import Change, changes
from domain.plan.fold import day_of, fold
from domain.plan.parts import Action, Plan, Source, Version
from schemas.plan_policy import PlanPolicy
from schemas.reading import Problem
from store import plans
from store.database import Transaction
from store.views import children

__all__ = [
    "Action",
    "Change",
    "Plan",
    "Source",
    "Version",
    "changes_of",
    "day_of",
    "find_plan",
    "plan_of",
    "version_of",
]


async def find_plan(tx: Transaction, child: str, policy: PlanPolicy) -> tuple[UUID, Plan]:
    """Return whom an id of ours, or the authority's own, means, and that child's plan.

    Raises:
        Unknown: there is no such child, or it may not be seen.
    """
    child_id = await children.resolve(tx, child)
    if child_id is None:
        raise Unknown("there is no such child, or it may not be seen")
    return child_id, await plan_of(tx, child_id, policy)


async def plan_of(tx: Transaction, child_id: UUID, policy: PlanPolicy) -> Plan:
    """Return a child's plan as it is now; it has no versions where nothing was ever approved."""
    return fold(await plans.of_child(tx, child_id), policy)


def version_of(plan: Plan, number: int | None) -> Version | None:
    """Return a version; without a number the newest, and None where there is none yet.

    Raises:
        BadInput: there is no such version.
    """
    if number is None:
        return plan.versions[-1] if plan.versions else None
    if not 1 <= number <= plan.number:
        raise BadInput([Problem("version", f"is no version of this plan: {_range(plan)}")])
    return plan.versions[number - 1]


def changes_of(plan: Plan, since: int, until: int) -> tuple[Change, ...]:
    """Return the difference between two versions; 0 is the plan before its first one.

    Raises:
        BadInput: there is no such version, or they are the wrong way round.
    """
    for field, number in (("to", until), ("from", since)):
        if not 0 <= number <= plan.number:
            raise BadInput([Problem(field, f"is no version of this plan: use 0 to {plan.number}")])
    if since > until:
        raise BadInput([Problem("to", "lies before from: the later version comes last")])
    return changes(plan, since, until)


def _range(plan: Plan) -> str:
    return f"use 1 to {plan.number}" if plan.number else "it has none yet"
