"""One difference between a force's list and what is known here, and what is done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casework import police_list_remedies
from casework.police_list_remedies import Hand, Remedy, What, asks_who
from casework.refusals import BadInput, Refusal
from casework.views.whose_name import names_of
from schemas.access import Duty, Purpose
from store.views import children, episodes, police_lists
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages import local_time
from web.pages import reconciliation_words as words
from web.pages.local_time import NotATime, read_moment
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.screening_words import named
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)
PATH = "/screening/reconciliation/{task_id}"
AFTER: Final = {What.MISSING: "recorded", What.RETURNED: "recorded", What.ASKED: "asked"}


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, and what is wrong with it."""

    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@router.get(PATH)
async def shown(visit: Visiting, task_id: UUID) -> Response:
    """Show what the list says, what is known here, and what can be done."""
    return await _show(visit, task_id, Tried())


@router.post(PATH)
async def done(request: Request, here: Here, who: Signed, task_id: UUID, form: Form) -> Response:
    """Do one of them."""
    remedy, errors = _read(task_id, form)
    if remedy is not None:
        try:
            await police_list_remedies.remedy(
                here.store, who.authority, remedy, Hand(who.id, who.by), policy=here.site.policy,
                now=here.clock(),
            )  # fmt: skip
            after = AFTER.get(remedy.what, "settled")
            return RedirectResponse(f"/screening/reconciliation?done={after}", HTTPStatus.SEE_OTHER)
        except BadInput as bad:
            errors = {_field(remedy.what, problem.field): problem.message for problem in bad.problems}
        except Refusal as refusal:
            errors = {"remedies": f"Nothing was changed: {refusal}"}
    async with here.store.transaction(who.authority, person=who.id) as tx:
        return await _show(Visit(request, here, who, tx, here.clock()), task_id, Tried(form, errors))


def _read(task_id: UUID, form: Typed) -> tuple[Remedy | None, dict[str, str]]:
    """Return what is to be done, or what is wrong by field."""
    what = form.get("remedy", "")
    if what not in set(What):
        return None, {"remedies": "Choose what to do"}
    errors: dict[str, str] = {}
    at = None
    if what == What.RETURNED:
        try:
            at = read_moment(_typed(form))
        except NotATime as error:
            errors[error.field] = error.message
    if errors:
        return None, errors
    why, whom = form.get(f"reason-{what}", ""), form.get("whom", "")
    known = {"known": True, "listed": False}.get(form.get("who", ""))
    key = form.get("key", "")[:64] or str(uuid4())
    return Remedy(task_id, What(what), key, why=why, whom=whom, known=known, returned_at=at), {}


def _field(what: What, name: str) -> str:
    if name == "reason":
        return f"reason-{what}"
    return name if name in {"whom", "who", "day"} else "remedies"


def _typed(form: Typed) -> local_time.Typed:
    day, month, year = (form.get(f"day-{part}", "") for part in ("day", "month", "year"))
    return local_time.Typed(day, month, year, form.get("time", ""), form.get("which", ""))


async def _show(visit: Visit, task_id: UUID, tried: Tried) -> Response:
    found = await police_lists.find(visit.tx, task_id)
    if found is None:
        raise not_found("difference")
    task = found.task
    child = await children.find(visit.tx, task.child_id) if task.child_id else None
    if child:
        await see(visit, child.id, "screening", because=Purpose.SCREENING)
    typed = {"who": "", "time": "", "which": "", "whom": "", "remedy": "", **tried.typed}
    return page(
        visit.request,
        "screening/reconciliation_task.html",
        now=visit.now,
        shown=found,
        task=task,
        child=child,
        name=named(child.facts) if child else None,
        episode=await episodes.find(visit.tx, task.episode_id) if task.episode_id else None,
        asks_who=asks_who(task),
        names=await names_of(visit.tx, [entry["actor"] for entry in task.history]),
        may_decide=Duty.SCREENER in visit.who.duties and task.ended_at is None and task.settled_at is None,
        words=words,
        typed={"key": str(uuid4()), **typed},
        errors=dict(tried.errors),
    )
