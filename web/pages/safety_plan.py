"""The safety plan for those who keep it: its actions as they stand, what led to each, and every version."""

from functools import partial
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from casework.refusals import BadInput
from casework.views import plans
from casework.views.plans import Plan, Version
from schemas.plan import State
from store import staff
from store.views.children import Child
from web import access
from web.guard.forms import Typed
from web.pages.met_child import met
from web.pages.next_steps import ways
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.problems import not_found

router = APIRouter(include_in_schema=False)
PATH = "/children/{child_id}/safety-plan"
STEP = f"{PATH}/actions/{{action_id}}"
STATES = {
    State.OPEN: ("To do", "blue"),
    State.DONE: ("Done", "green"),
    State.NOT_DONE: ("Will not be done", "grey"),
    State.SUPERSEDED: ("Replaced by another", "grey"),
}


class Asked(BaseModel):
    """Which version; none is the newest. `done`: what was just done."""

    version: Annotated[int, Field(ge=1, le=100_000)] | None = None
    done: bool = False


@router.get(PATH)
async def shown(
    request: Request, visit: Visiting, child_id: UUID, asked: Annotated[Asked, Query()]
) -> Response:
    """Show the plan, or what it was at an earlier version."""
    child = await met(visit, child_id, "safety-plan", "/safety-plan")
    if not isinstance(child, Child):
        return child
    plan = await plans.plan_of(visit.tx, child.id, (await visit.here.policy(visit.tx)).plan)
    try:
        version = plans.version_of(plan, asked.version)
    except BadInput as error:
        raise not_found("version") from error
    return await show(visit, child, plan, version, done=asked.done)


async def show(
    visit: Visit,
    child: Child,
    plan: Plan,
    version: Version | None,
    *,
    done: bool = False,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    """Return the page; `typed` and `errors` are of a review that was refused."""
    by = {one.entry.by for one in plan.versions}
    names = {id_: one.name for id_, one in (await staff.found(visit.tx, by)).items()}
    newest = version is None or version.number == plan.number
    return page(
        visit.request,
        "child/safety_plan.html",
        now=visit.now,
        child=child,
        plan=plan,
        version=version,
        actions=sorted(version.actions, key=_order) if version else [],
        changes=partial(_changes, plan),
        today=plans.day_of(visit.now),
        may_change=newest and access.may(visit.who.duties, "POST", STEP),
        newest=newest,
        states=STATES,
        name_of=lambda person: names.get(person, person),
        ways=partial(ways, visit.who.duties),
        done=done,
        typed={"note": "", "key": str(uuid4()), **(typed or {})},
        errors=errors or {},
    )


def _order(action: plans.Action) -> tuple[bool, bool, str]:
    """Return the order of actions: the open ones first, by day."""
    return not action.is_open(), action.due_on is None, action.due_on.isoformat() if action.due_on else ""


def _changes(plan: Plan, number: int) -> list[str]:
    return [change.text for change in plans.changes_of(plan, number - 1, number)]
