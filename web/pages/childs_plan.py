"""The plan for the child: one page in plain words that prints on one sheet."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from casework.views.childs_plan import childs_plan
from store.views.children import Child
from web.pages.childs_rendering import childs_page
from web.pages.met_child import met
from web.pages.reading import Visiting
from web.words.languages import language_of

router = APIRouter(include_in_schema=False)
Chosen = Annotated[str, Query(alias="language", max_length=10)]


@router.get("/children/{child_id}/plan")
async def shown(request: Request, visit: Visiting, child_id: UUID, chosen: Chosen = "") -> Response:
    """Show the plan; who was absorbed is shown as the child who took over."""
    child = await met(visit, child_id, "plan", "/plan")
    if not isinstance(child, Child):
        return child
    plan = await childs_plan(visit.tx, child.id, (await visit.here.policy(visit.tx)).plan, visit.now)
    return childs_page(
        request, "child/plan.html", language_of(chosen), child=child, called=_called(child), plan=plan
    )


def _called(child: Child) -> str:
    """Return the child's first given name; none where it is not known."""
    return next(iter(str(child.facts.get("given_names") or "").split()), "")
