"""The plan for the child: one page in plain words that prints on one sheet."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casework.views.childs_plan import childs_plan
from store.views import children
from store.views.children import Child
from web.pages.reading import Reading
from web.pages.rendering import page
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)


@router.get("/children/{child_id}/plan")
async def shown(request: Request, here: Here, tx: Reading, child_id: UUID) -> Response:
    """Show the plan; who was absorbed is shown as the child who took over."""
    child = await children.find(tx, child_id)
    if child is None:
        raise not_found("child")
    if child.absorbed_by:
        return RedirectResponse(f"/children/{await children.resolve(tx, str(child_id))}/plan")
    plan = await childs_plan(tx, child.id, here.site.policy.plan, here.clock())
    return page(request, "child/plan.html", child=child, called=_called(child), plan=plan)


def _called(child: Child) -> str:
    """Return the child's first given name; none where it is not known."""
    return next(iter(str(child.facts.get("given_names") or "").split()), "")
