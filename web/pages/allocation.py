"""Giving one interview to somebody: who may hold it, who is best placed, and why."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from casework import conduct
from casework.conduct import Asked
from casework.refusals import Refusal
from casework.views.deadlines import hours_left
from casework.views.managers_allocation import Choosing, Wishes, choosing
from schemas.commands import Allocate, Reallocate
from schemas.reading import Unreadable, read_as
from schemas.words import Stage
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed
from web.pages.query_text import Text
from web.pages.reading import Visit, Visiting
from web.pages.refused import LONGEST_KEY, errors_of, status_of, version_of
from web.pages.rendering import page
from web.pages.seeing import see
from web.pages.terms import sentence
from web.state import Here

router = APIRouter(include_in_schema=False)
FIELDS = {"interviewer": "interviewer", "why": "why"}
FIRST = frozenset({Stage.DUE, Stage.NOT_POSSIBLE})
"""Where an interview is given out for the first time, or again after it was not possible."""
AGAIN = frozenset({Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED, Stage.DECLINED})


class Wished(BaseModel):
    """What the child asked for, as far as it is known."""

    asked_for: Text = ""
    language: Text = ""
    gender: Text = ""


@router.get("/interviews/{interview_id}/allocate")
async def shown(visit: Visiting, interview_id: UUID, wished: Annotated[Wished, Query()]) -> HTMLResponse:
    """Show everybody, the best placed first."""
    return await _show(visit, interview_id, wished, {}, {})


@router.post("/interviews/{interview_id}/allocate")
async def sent(request: Request, here: Here, who: Signed, interview_id: UUID, form: Form) -> Response:
    """Give it to whom was chosen."""
    now = here.clock()
    try:
        asked = Asked(
            _command(form, who.by), form.get("key", "")[:LONGEST_KEY], version_of(form.get("version", ""))
        )
        await conduct.act(
            here.store, who.authority, interview_id, asked, person=who.id, policy=here.site.policy, now=now
        )
    except (Refusal, Unreadable) as error:
        errors = errors_of(error, FIELDS, "interviewer", {who.by: who.name})
        wished = Wished(**{name: form.get(name, "")[:200] for name in Wished.model_fields})
        async with here.store.transaction(who.authority, person=who.id) as tx:
            visit = Visit(request, here, who, tx, now)
            return await _show(visit, interview_id, wished, form, errors, status_of(error))
    return RedirectResponse(f"/board?did=allocated&interview={interview_id}", HTTPStatus.SEE_OTHER)


def _command(form: Typed, by: str) -> Allocate:
    told = {
        "by": by,
        "interviewer": form.get("interviewer", ""),
        "chosen_by_child": form.get("chosen_by_child") == "yes",
        "why": form.get("why", ""),
    }
    return read_as(Reallocate if form.get("again") else Allocate, told)


async def _show(  # noqa: PLR0917 - a form and what was wrong with it
    visit: Visit,
    interview_id: UUID,
    wished: Wished,
    form: Typed,
    errors: dict[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    wishes = Wishes(wished.asked_for or None, wished.language or None, wished.gender or None)
    found = await choosing(visit.tx, interview_id, await visit.here.policy(visit.tx), visit.now, wishes)
    await see(visit, found.about.child_id, "allocation")
    stage = found.found.interview.stage
    return page(
        visit.request,
        "manager/allocate.html",
        status=status,
        now=visit.now,
        choosing=found,
        wished=wished,
        typed=lambda name: form.get(name, ""),
        errors=errors,
        key=uuid4(),
        chosen=form.get("interviewer") or _usual(found),
        by_child=form.get("chosen_by_child") == "yes" if form else bool(wished.asked_for),
        again=stage in AGAIN,
        can=stage in FIRST | AGAIN and not found.found.progress.covered_by,
        people=[(each.member.id, each.member.name) for each in found.ranked.candidates],
        languages=[(each, sentence(each)) for each in found.languages],
        genders=[(each, sentence(each)) for each in found.genders],
        points=_points,
        left=hours_left(found.about.due_at, stage, visit.now),
    )


def _points(score: float) -> str:
    return f"{score:g} point{'' if score == 1 else 's'}".replace("-", "\N{MINUS SIGN}")


def _usual(found: Choosing) -> str:
    """Return who is chosen before anybody chose: whom the child asked for, or nobody."""
    first = found.ranked.candidates[0] if found.ranked.candidates else None
    return first.member.id if first and first.may and first.asked_for else ""
