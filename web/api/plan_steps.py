"""What people do to a child's safety plan: each step once, and to the version that its sender saw."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from casework import plans
from casework.plans import Asked
from casework.policy_in_force import policy_of
from schemas.plan import By, Done, NotDone, OnAction, Reviewed, Revised, Superseded
from schemas.reading import Problem, Unreadable, read_as
from web.api.reading import NOT_FOUND, REFUSALS, Key, id_of
from web.api.working import CHANGED_MEANWHILE, Command, Sent, described, wrong
from web.state import Here

router = APIRouter(prefix="/api/v1/plans", tags=["plans"], responses=REFUSALS | CHANGED_MEANWHILE | NOT_FOUND)
STEPS: Final[Mapping[str, type[OnAction]]] = {
    "done": Done,
    "not-done": NotDone,
    "supersede": Superseded,
    "revise": Revised,
}
"""What can be done to an action, by its name in the address."""


class EnteredOut(BaseModel):
    """The version that a step made; `repeated`: it was made before, with the same key."""

    child_id: UUID
    version: int
    repeated: bool


async def _take(
    step: type[OnAction] | type[Reviewed], sent: Sent, here: Here, child: str, action: Mapping[str, str]
) -> EnteredOut:
    version = sent.take("version")
    if "action" in sent.body:
        raise wrong(Problem("action", "stands in the address: leave it out here"))
    told = {"by": sent.body.pop("by")} if "by" in sent.body else {}
    try:
        asked = Asked(read_as(step, {**sent.body, **action}), read_as(By, told).by, sent.key, version)
    except Unreadable as error:
        raise wrong(*error.problems) from error
    policy = await policy_of(here.store, sent.authority, here.site.policy)
    done = await plans.take_step(
        here.store,
        sent.authority,
        child,
        asked,
        person=sent.person,
        policy=policy.plan,
        now=here.clock(),
    )
    return EnteredOut(child_id=done.child_id, version=done.version, repeated=done.repeated)


def _body(step: type[OnAction] | type[Reviewed]) -> dict[str, Any]:
    """Return the schema of a step's body: its own fields, who says it, and the version that was seen."""
    schema = step.model_json_schema()
    schema["properties"] = {
        "version": {"type": "integer", "minimum": 1, "description": "The plan's version that you saw"},
        "by": {"type": "string", "minLength": 1, "maxLength": 200},
        **{name: told for name, told in schema["properties"].items() if name != "action"},
    }
    own = [name for name in schema["required"] if name != "action"]
    return described(schema | {"required": ["version", "by", *own]})


def _on_action(step: type[OnAction]) -> Callable[..., Awaitable[EnteredOut]]:
    async def take(child_id: Key, action_id: Key, sent: Command, here: Here) -> EnteredOut:
        return await _take(step, sent, here, child_id, {"action": str(id_of(action_id, "action"))})

    return take


for _name, _step in STEPS.items():
    _lines = (_step.__doc__ or "").strip().splitlines()
    router.add_api_route(
        f"/{{child_id}}/actions/{{action_id}}/{_name}",
        _on_action(_step),
        methods=["POST"],
        name=_name,
        operation_id=f"plan_action_{_name.replace('-', '_')}",
        summary=f"An action of a plan: {_lines[0].rstrip('.').lower()}",
        description="The child may read these words: see the child's page.",
        openapi_extra=_body(_step),
    )


@router.post(
    "/{child_id}/review",
    summary="Look at the whole plan again",
    openapi_extra=_body(Reviewed),
)
async def review(child_id: Key, sent: Command, here: Here) -> EnteredOut:
    """Make a version with the note of the review; the next one is due in good time after it."""
    return await _take(Reviewed, sent, here, child_id, {})
