"""Forces' lists of missing children: what they differ in from what is known here, and doubted lists."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casework import police_list
from casework.police_list_tasks import COMPARING
from casework.refusals import BadInput, Refusal
from schemas.access import Duty
from store.views import police_lists
from web.guard.forms import Form
from web.guard.sessions import Signed
from web.pages import reconciliation_words as words
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.state import Here

router = APIRouter(include_in_schema=False)
PATH = "/screening/reconciliation"
AT_MOST = 200
LATELY = timedelta(days=14)


@router.get(PATH)
async def shown(
    visit: Visiting, done: Literal["recorded", "settled", "asked", "decided"] | None = None
) -> Response:
    """Show each force's latest list, and what waits for somebody."""
    return await _show(visit, done=done)


@router.post(f"{PATH}/lists/{{list_id}}")
async def decided(request: Request, here: Here, who: Signed, list_id: UUID, form: Form) -> Response:
    """Compare a doubted list, or pass it over."""
    errors: dict[str, str] = {}
    if not {"believe", "pass"} & form.keys():
        errors = {f"reason-{list_id}": "Choose one of the two buttons"}
    else:
        try:
            await police_list.decide(
                here.store, who.authority, list_id, believe="believe" in form, why=form.get("reason", ""),
                person=who.id, by=who.by, policy=here.site.policy, now=here.clock(),
            )  # fmt: skip
            return RedirectResponse(f"{PATH}?done=decided", HTTPStatus.SEE_OTHER)
        except BadInput as bad:
            errors = {f"reason-{list_id}": problem.message for problem in bad.problems}
        except Refusal as refusal:
            errors = {"lists": f"Nothing was changed: {refusal}"}
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, here.clock())
        return await _show(visit, errors, {str(list_id): form.get("reason", "")})


async def _show(
    visit: Visit,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    done: str | None = None,
) -> Response:
    tx = visit.tx
    asking = await police_lists.asking(tx, AT_MOST)
    total = await police_lists.count_tasks(tx)
    async with tx.as_system(COMPARING) as system:
        hidden = await police_lists.count_tasks(system) - total
    return page(
        visit.request,
        "screening/reconciliation.html",
        now=visit.now,
        lists=await police_lists.lists(tx),
        asking={kind: [one for one in asking if one.task.kind == kind] for kind in words.TITLES},
        total=total,
        hidden=hidden,
        at_most=AT_MOST,
        lately=await police_lists.lately(tx, visit.now - LATELY, AT_MOST),
        may_decide=Duty.SCREENER in visit.who.duties,
        words=words,
        typed=typed or {},
        errors=dict(errors or {}),
        done=done,
    )
