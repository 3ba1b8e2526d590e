"""The child whom an address means: found under the viewer's own permissions, and written down as seen."""

from uuid import UUID

from fastapi.responses import RedirectResponse

from store.views import children
from store.views.children import Child
from web.pages.reading import Visit
from web.pages.seeing import see
from web.problems import not_found


async def met(visit: Visit, child_id: UUID, page: str, rest: str = "") -> Child | RedirectResponse:
    """Return the child, seen on this page; who was absorbed leads to the child who took over.

    Raises:
        Refused: there is no such child, or it may not be seen.
        PurposeNeeded: nothing says why this person looks at the child.
    """
    child = await children.find(visit.tx, child_id)
    if child is None:
        raise not_found("child")
    if child.absorbed_by:
        now = await children.resolve(visit.tx, str(child_id))
        return RedirectResponse(f"/children/{now}{rest}")
    await see(visit, child.id, page)
    return child
