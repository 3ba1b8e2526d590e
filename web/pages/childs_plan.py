"""The plan for the child: one page in plain words that prints on one sheet."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework.views.childs_plan import childs_plan
from store.views import children
from store.views.children import Child
from web.pages.childs_rendering import childs_page
from web.pages.reading import Visiting
from web.pages.seeing import see
from web.problems import not_found
from web.words.languages import language_of

router = APIRouter(include_in_schema=False)
Chosen = Annotated[str, Query(alias="language", max_length=10)]


@router.get("/children/{child_id}/plan")
async def shown(request: Request, visit: Visiting, child_id: UUID, chosen: Chosen = "") -> Response:
    """Show the plan; who was absorbed is shown as the child who took over."""
    tx = visit.tx
    child = await children.find(tx, child_id)
    if child is None:
        raise not_found("child")
    if child.absorbed_by:
        return RedirectResponse(f"/children/{await children.resolve(tx, str(child_id))}/plan")
    await see(visit, child.id, "plan")
    plan = await childs_plan(tx, child.id, (await visit.here.policy(tx)).plan, visit.now)
    return childs_page(
        request, "child/plan.html", language_of(chosen), child=child, called=_called(child), plan=plan
    )


def _called(child: Child) -> str:
    """Return the child's first given name; none where it is not known."""
    return next(iter(str(child.facts.get("given_names") or "").split()), "")
