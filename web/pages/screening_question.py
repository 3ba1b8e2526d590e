"""One question about who a child is: the evidence side by side, and what is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casework.deciding import Preview
from casework.views.evidence import Evidence, evidence
from casework.views.find_child import find_child
from schemas.access import Duty, Purpose
from schemas.decisions import AnyDecision, KeepAsItIs, NewChild
from schemas.reading import Unreadable, read_as
from store.views import questions
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.matching_words import LIKELY, bits, level_of, speaks
from web.pages.questions import asked
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.screening_choices import beside, choices, joining, reasons, warnings
from web.pages.screening_deciders import answered as when_answered
from web.pages.screening_deciding import Tried, id_of, tried
from web.pages.screening_words import FIELDS, changes, in_words, named, told_of
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)
PATH = "/screening/questions/{question_id}"
CONFLICT = "conflicting_times"
CHANGED = (
    "Nothing was changed: since you opened this page, this has become a question about another child."
    " Look at it again"
)
FOUND = 3
"""Children that a search adds to the table: with more it cannot be read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was typed, what is wrong with it, what it would change, and whom a search found."""

    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    preview: Preview | None = None
    also: Sequence[UUID] = ()


@router.get(PATH)
async def shown(visit: Visiting, question_id: UUID) -> Response:
    """Show what is asked, with the evidence."""
    return await _show(visit, question_id, Shown())


@router.post(PATH)
async def answered(request: Request, here: Here, who: Signed, question_id: UUID, form: Form) -> Response:
    """Look another child up, show what a decision would change, or decide."""
    also = [one for one in map(id_of, form.get("also", "").split()) if one]
    if chosen := id_of(form.get("beside", "")):
        also = list(dict.fromkeys([chosen, *also]))
    if "find" in form or "beside" in form:
        return await _found(request, here, who, question_id, Shown(form, also=also))
    async with here.store.transaction(who.authority, person=who.id) as tx:
        found = await _evidence(Visit(request, here, who, tx, here.clock()), question_id, also)
    decision, errors = _read(form, found)
    if _is_of_another(form, found):
        decision, errors = None, {"choice": CHANGED}
    done = await tried(here, who, form, decision, "choice") if decision else Tried(errors=errors)
    if done.done:
        return RedirectResponse("/screening?done=decided", HTTPStatus.SEE_OTHER)
    async with here.store.transaction(who.authority, person=who.id) as tx:
        visit = Visit(request, here, who, tx, here.clock())
        return await _show(visit, question_id, Shown(form, done.errors, done.preview, also))


async def _found(request: Request, here: State, who: Who, question_id: UUID, shown: Shown) -> Response:
    """Add whom a search finds to the table."""
    words = shown.typed.get("look", "").strip() if "find" in shown.typed else ""
    async with here.store.transaction(who.authority, person=who.id) as tx:
        found = await find_child(tx, words) if words else []
        also = list(dict.fromkeys([*(child.id for child in found[:FOUND]), *shown.also]))
        missed = "find" in shown.typed and not found
        errors = {"look": "Nobody with this name or number is known here"} if missed else {}
        visit = Visit(request, here, who, tx, here.clock())
        return await _show(visit, question_id, Shown(shown.typed, errors, None, also))


def _is_of_another(form: Typed, found: Evidence) -> bool:
    """Whether the question is about another child than when the page was shown; answered ones say so."""
    return found.question.closed_at is None and form.get("about") != str(found.child.id)


def _read(form: Typed, found: Evidence) -> tuple[AnyDecision | None, dict[str, str]]:
    """Return the decision, or what is wrong by field."""
    errors = {} if form.get("reason", "").strip() else {"reason": "Say why"}
    choice = form.get("choice", "")
    known = {f"child-{one.child.id}": one.child for one in (*found.candidates, *found.further)}
    if choice not in {"new", "keep", *known}:
        return None, {"choice": "Choose what is right", **errors}
    if errors:
        return None, errors
    told = {"reason": form.get("reason", ""), "question": found.question.id}
    try:
        if choice == "keep":
            return read_as(KeepAsItIs, told), {}
        if choice == "new":
            return read_as(NewChild, {**told, "child": found.child.id}), {}
        return joining(found.child, known[choice], told), {}
    except Unreadable as error:
        return None, {"reason": "; ".join(f"Why {problem.message}" for problem in error.problems)}


async def _evidence(visit: Visit, question_id: UUID, also: Sequence[UUID]) -> Evidence:
    question = await questions.find(visit.tx, question_id)
    policy = await visit.here.policy(visit.tx)
    found = await evidence(visit.tx, question, policy.matching, also) if question else None
    if found is None:
        raise not_found("question")
    return found


async def _show(visit: Visit, question_id: UUID, shown: Shown) -> Response:
    found = await _evidence(visit, question_id, shown.also)
    if found.question.kind == CONFLICT:
        return RedirectResponse(f"/screening/times/{found.question.episode_id}", HTTPStatus.SEE_OTHER)
    for child in (found.child, *(one.child for one in (*found.candidates, *found.further))):
        await see(visit, child.id, "screening", because=Purpose.SCREENING)
    title, why = asked(found.question)
    shown_beside = beside(found)
    answered = await when_answered(visit.tx, found.question, visit.now)
    return page(
        visit.request,
        "screening/question.html",
        now=visit.now,
        found=found,
        title=title,
        why=why,
        beside=shown_beside,
        choices=choices(found, shown_beside.columns),
        answered=answered,
        names=FIELDS,
        likely=LIKELY,
        level_of=level_of,
        speaks=speaks,
        bits=bits,
        reasons=reasons,
        value_of=told_of,
        named=named,
        may_decide=Duty.SCREENER in visit.who.duties,
        changes=changes(shown.preview) if shown.preview else None,
        warnings=warnings(found, shown.typed.get("choice", "")),
        in_words=in_words,
        typed={"reason": "", "choice": "", "look": "", "key": str(uuid4()), **shown.typed},
        also=" ".join(map(str, shown.also)),
        errors={"answered": f"Nothing was changed. {answered}"} if answered and shown.typed else shown.errors,
    )
