"""A record before its manager: read in full beside an earlier one, approved, or sent back with reasons."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import conduct
from casework.conduct import Asked
from casework.refusals import Refusal, Unknown
from casework.views.managers_review import review
from schemas.commands import Approve, Command, SendBack
from schemas.reading import Problem, Unreadable, read_as
from schemas.words import Stage
from store import conduct as kept
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.reading import Visit, Visiting
from web.pages.refused import LONGEST_KEY, errors_of, status_of, version_of
from web.pages.rendering import page
from web.pages.review_sections import NOTHING, beside_of, sections_of
from web.pages.seeing import see
from web.record.sections import ASKED
from web.state import Here, State

router = APIRouter(include_in_schema=False)
APPROVE, SEND_BACK = "approve", "send-back"
REASON = "reason-"
TITLES: Final = {name: section.title for name, section in ASKED.items()}
Beside = Annotated[str, Query(max_length=40)]


@router.get("/interviews/{interview_id}/review")
async def shown(visit: Visiting, interview_id: UUID, beside: Beside = "") -> HTMLResponse:
    """Show the record, beside the child's record before it or the one that was chosen."""
    return await _show(visit, interview_id, {"beside": beside}, {})


@router.post("/interviews/{interview_id}/review")
async def sent(request: Request, here: Here, who: Signed, interview_id: UUID, form: Form) -> Response:
    """Approve the record, or send it back."""
    try:
        return await _decided(request, here, who, interview_id, form)
    except Unknown:
        if not _typed(form):
            raise
        return _gone(request, form)


async def _decided(request: Request, here: State, who: Who, interview_id: UUID, form: Typed) -> Response:
    now = here.clock()
    try:
        asked = Asked(
            _command(form, who.by), form.get("key", "")[:LONGEST_KEY], version_of(form.get("version", ""))
        )
        await _nothing_is_dropped(here, who, interview_id, form)
        await conduct.act(
            here.store, who.authority, interview_id, asked, person=who.id, policy=here.site.policy, now=now
        )
    except (Refusal, Unreadable) as error:
        errors = errors_of(error, _fields(form), "decision", {who.by: who.name})
        async with here.store.transaction(who.authority, person=who.id) as tx:
            visit = Visit(request, here, who, tx, now)
            return await _show(visit, interview_id, form, errors, status_of(error))
    did = "approved" if asked.command.name == Approve.name else "sent-back"
    return RedirectResponse(f"/board?group=approval&did={did}&interview={interview_id}", HTTPStatus.SEE_OTHER)


def _command(form: Typed, by: str) -> Command:
    """Return what the manager decided.

    Raises:
        Unreadable: it is not clear what, or something lacks.
    """
    reasons = _reasons(form)
    if form.get("decide") == SEND_BACK:
        if not reasons:
            raise Unreadable(Problem("reasons", NOT_SAID))
        told = [{"section": section, "reason": reason} for section, reason in reasons.items()]
        return read_as(SendBack, {"by": by, "reasons": told})
    if reasons:
        raise Unreadable(Problem("reasons", NOT_BOTH))
    return read_as(Approve, {"by": by, "decision": form.get("decision", "")})


async def _nothing_is_dropped(here: State, who: Who, interview_id: UUID, form: Typed) -> None:
    """Hold back a record that goes back with a decision beside the reasons: nobody would keep that.

    Where the record was changed meanwhile that is said first, by whoever acts.

    Raises:
        Unreadable: a decision is typed.
    """
    if form.get("decide") != SEND_BACK or not form.get("decision", "").strip():
        return
    async with here.store.transaction(who.authority, person=who.id) as tx:
        found = await kept.find(tx, interview_id)
    if found is not None and found.version == version_of(form.get("version", "")):
        raise Unreadable(Problem("decision", NOT_SENT))


NOT_SAID = "say in at least one section what has to be better: that is what the interviewer gets"
NOT_BOTH = "you wrote what has to be better. Send the record back with that, or take it out and then approve"
NOT_SENT = (
    "the decision that you typed is kept only where you approve. Move it to the section that has to be"
    " better, or take it out, and then send the record back"
)


def _reasons(form: Typed) -> dict[str, str]:
    return {section: told for section in ASKED if (told := form.get(REASON + section, "").strip())}


def _fields(form: Typed) -> Mapping[str, str]:
    """Return where on the form a field of the command stands."""
    given = list(_reasons(form)) or ["account"]
    return {
        "decision": "decision",
        "reasons": REASON + given[0],
        **{f"reasons.{number}.reason": REASON + section for number, section in enumerate(given)},
    }


def _typed(form: Typed) -> bool:
    return bool(_reasons(form) or form.get("decision", "").strip())


def _gone(request: Request, form: Typed) -> HTMLResponse:
    """Show what was typed about an interview that is not there any more, or not for this person."""
    return page(
        request,
        "manager/review_gone.html",
        status=HTTPStatus.NOT_FOUND,
        titles=TITLES,
        typed=lambda name: form.get(name, ""),
    )


async def _show(
    visit: Visit,
    interview_id: UUID,
    form: Typed,
    errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    found = await review(visit.tx, interview_id)
    await see(visit, found.about.child_id, "review")
    beside = beside_of(found.others, form.get("beside", ""))
    judged = [each for one in found.findings.values() for each in one]
    return page(
        visit.request,
        "manager/review.html",
        status=status,
        now=visit.now,
        review=found,
        beside=beside,
        beside_value=str(beside.interview_id) if beside else NOTHING,
        sections=sections_of(found, beside),
        titles=TITLES,
        blocking=sum(each.blocks for each in judged),
        advising=sum(not each.blocks for each in judged),
        others=found.others,
        sent=bool(form.get("key")),
        open=found.found.interview.stage is Stage.SUBMITTED and not found.found.progress.covered_by,
        key=uuid4(),
        typed=lambda name: form.get(name, ""),
        errors=errors,
    )
