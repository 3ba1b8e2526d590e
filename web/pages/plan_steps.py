"""Steps on a safety plan: an action is done, moved, dropped or replaced; a review is noted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import plans as casework
from casework.policy_in_force import policy_of
from casework.refusals import BadInput, Conflict, NotAllowed, Refusal, Unknown
from casework.views import plans
from casework.views.plans import Action, Plan
from schemas.plan import OnAction, Reviewed
from store.views.children import Child
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.met_child import met
from web.pages.plan_form import CHOICES, Wrong, errors_of, read_review, read_step
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.safety_plan import PATH, STEP, show
from web.problems import not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)


@router.get(STEP)
async def asked(visit: Visiting, child_id: UUID, action_id: UUID) -> Response:
    """Ask what happened to an action."""
    child = await met(visit, child_id, "safety-plan", f"/safety-plan/actions/{action_id}")
    return await _form(visit, child, action_id, {}, {}) if isinstance(child, Child) else child


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, where: each step opens a transaction of its own."""

    request: Request
    here: State
    who: Who

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[Visit]:
        """Open a transaction to show a page in."""
        async with self.here.store.transaction(self.who.authority, person=self.who.id) as tx:
            yield Visit(self.request, self.here, self.who, tx, self.here.clock())

    async def take(self, child_id: UUID, step: OnAction | Reviewed, form: Typed) -> None:
        """Take a step.

        Raises:
            Refusal: it was not taken.
        """
        policy = await policy_of(self.here.store, self.who.authority, self.here.site.policy)
        told = casework.Asked(step, self.who.name, form.get("key", ""), _number(form.get("version", "")))
        await casework.take_step(
            self.here.store,
            self.who.authority,
            str(child_id),
            told,
            person=self.who.id,
            policy=policy.plan,
            now=self.here.clock(),
        )


async def acting(request: Request, here: Here, who: Signed) -> Actor:
    """Give a route who acts."""
    return Actor(request, here, who)


Acting = Annotated[Actor, Depends(acting)]


@router.post(STEP)
async def taken(actor: Acting, child_id: UUID, action_id: UUID, form: Form) -> Response:
    """Take a step on an action; whatever is wrong, nothing typed is lost."""
    try:
        await actor.take(child_id, read_step(form, action_id), form)
    except (Wrong, Refusal) as error:
        async with actor.visit() as visit:
            child = await met(visit, child_id, "safety-plan")
            assert isinstance(child, Child)
            return await _form(visit, child, action_id, form, _errors(error))
    return _back(child_id)


@router.post(f"{PATH}/review")
async def reviewed(actor: Acting, child_id: UUID, form: Form) -> Response:
    """Write down that somebody looked at the whole plan."""
    try:
        await actor.take(child_id, read_review(form), form)
    except (Wrong, Refusal) as error:
        async with actor.visit() as visit:
            child = await met(visit, child_id, "safety-plan")
            assert isinstance(child, Child)
            plan = await plans.plan_of(visit.tx, child.id, (await visit.here.policy(visit.tx)).plan)
            errors = {"note": "; ".join(_errors(error).values())}
            return await show(visit, child, plan, plans.version_of(plan, None), typed=form, errors=errors)
    return _back(child_id)


def _errors(error: Exception) -> dict[str, str]:
    match error:
        case Wrong(errors=errors):
            return errors
        case BadInput(problems=problems):
            return errors_of(problems)
        case Conflict() | NotAllowed():
            return {"step": f"Nothing was changed: {error}"}
        case Unknown():
            raise not_found("action") from error
    raise error


async def _form(
    visit: Visit, child: Child, action_id: UUID, typed: Typed, errors: dict[str, str]
) -> HTMLResponse:
    plan = await plans.plan_of(visit.tx, child.id, (await visit.here.policy(visit.tx)).plan)
    action = plan.find(action_id)
    if action is None:
        raise not_found("action")
    return page(
        visit.request,
        "child/plan_step.html",
        now=visit.now,
        child=child,
        plan=plan,
        action=action,
        others=_others(plan, action),
        choices=CHOICES,
        typed={"owner": "", "words": "", "step": "", "superseded_by": "", "key": str(uuid4()), **typed},
        errors=errors,
    )


def _others(plan: Plan, action: Action) -> list[tuple[str, str]]:
    """Return the actions that may take this one's place."""
    standing = [each for each in plan.actions if each is not action and each.state in {"open", "done"}]
    return [("", "Choose"), *((str(each.id), each.what) for each in standing)]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004


def _back(child_id: UUID) -> Response:
    return RedirectResponse(f"/children/{child_id}/safety-plan?done=true", HTTPStatus.SEE_OTHER)
