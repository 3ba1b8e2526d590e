"""The record read as a whole, with all that the quality gate says, and handed to the manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from casework.conduct import Asked, act
from casework.refusals import BadInput, Conflict, Refusal, Stale
from schemas.commands import Submit
from schemas.policy import Policy
from schemas.reading import Unreadable, read_as
from schemas.words import Stage
from web.guard.forms import Form, Typed
from web.pages.reading import Visit
from web.pages.record import title_of
from web.pages.record_refused import SAY_WHY, not_taken
from web.pages.refused import errors_of
from web.pages.rendering import page
from web.pages.seeing import PurposeNeeded
from web.record.asking import Asking, ByPerson
from web.record.desk import Desk, open_desk
from web.record.findings import Said, findings_of, must_mend
from web.record.saving import id_in, number
from web.record.sections import ASKED
from web.record.showing import lines_of

router = APIRouter(include_in_schema=False)
PATH = "/interviews/{interview_id}/record/check"
ANSWER = "answer-"
"""Before a finding's id: the field of the reason why it does not hold."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A record, what the gate says of it, and the policy of its authority."""

    visit: Visit
    desk: Desk
    said: Sequence[Said]
    policy: Policy


@router.get(PATH)
async def shown(asking: ByPerson, interview_id: UUID) -> Response:
    """Show the whole record, and what has to be mended or answered first."""
    checked = await _checked(asking, interview_id)
    given = checked.desk.found.quality.get("answers", {})
    return _show(checked, {f"{ANSWER}{name}": reason for name, reason in given.items()}, {})


@router.post(PATH)
async def submitted(asking: ByPerson, interview_id: UUID, form: Form) -> Response:
    """Hand the record to the manager, with a reason for each finding that is not mended."""
    try:
        checked = await _checked(asking, interview_id)
    except PurposeNeeded:
        typed = [("Why a finding does not hold", text) for name, text in form.items() if ANSWER in name]
        return not_taken(asking, interview_id, "Your reasons", SAY_WHY, typed)
    if not checked.desk.theirs:
        return _show(checked, form, {"submit": "This record is not yours to submit"})
    answers = _answers(form, checked.said)
    body = {"by": asking.who.by, "draft": number(form, "draft") or checked.desk.no, "answers": answers}
    try:
        await _submit(checked, read_as(Submit, body), form)
    except Unreadable as error:
        return _show(checked, form, _unread(error, answers))
    except Refusal as error:
        return _show(checked, form, _refused(error, checked.said, form))
    return RedirectResponse(f"/interviews/{interview_id}/record", HTTPStatus.SEE_OTHER)


async def _checked(asking: Asking, interview_id: UUID) -> Checked:
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record")
        policy = await asking.here.policy(visit.tx)
    return Checked(visit, desk, await findings_of(visit, desk), policy)


async def _submit(checked: Checked, command: Submit, form: Typed) -> None:
    here, who = checked.visit.here, checked.visit.who
    asked = Asked(command, id_in(form.get("key", "")), number(form, "version"))
    await act(
        here.store, who.authority, checked.desk.id, asked,
        person=who.id, policy=checked.policy, now=checked.visit.now,
    )  # fmt: skip


def _show(checked: Checked, typed: Typed, errors: Mapping[str, str]) -> Response:
    desk, said = checked.desk, checked.said
    return page(
        checked.visit.request,
        "record/check.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=checked.visit.now,
        desk=desk,
        said=said,
        must=must_mend(said),
        errors=errors,
        typed=typed,
        answer=ANSWER,
        sections=ASKED,
        lines={name: lines_of(section, desk.record[name]) for name, section in ASKED.items()},
        can_submit=desk.writable and desk.stage is Stage.HELD and desk.no > 0,
        title_of=title_of,
        key=id_in(typed.get("key", "")) if errors else uuid4(),
    )


def _answers(form: Typed, said: Sequence[Said]) -> list[dict[str, str]]:
    """Return the reasons that were typed; one for what is not found any more is left out."""
    typed = ((each.id, form.get(f"{ANSWER}{each.id}", "").strip()) for each in said)
    return [{"finding": finding, "reason": reason} for finding, reason in typed if reason]


def _unread(error: Unreadable, answers: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what is wrong with an answer at its field, anything else at the button."""
    errors = {}
    for problem in error.problems:
        place = problem.field.split(".")
        is_answer = place[0] == "answers" and place[1:2] and place[1].isdigit()
        at = f"{ANSWER}{answers[int(place[1])]['finding']}" if is_answer else "submit"
        errors[at] = f"The reason {problem.message}" if is_answer else str(problem)
    return errors


def _refused(error: Refusal, said: Sequence[Said], form: Typed) -> dict[str, str]:
    """Return why it was not submitted: at each finding that is left, or at the button."""
    if isinstance(error, BadInput) and not any(each.field == "draft" for each in error.problems):
        left = [each for each in must_mend(said) if not form.get(f"{ANSWER}{each.id}", "").strip()]
        if left:
            return {
                f"{ANSWER}{each.id}": f"{each.about}: mend it, or say why it does not hold" for each in left
            }
    if isinstance(error, BadInput):
        return {"submit": "; ".join(f"The record {each.message}" for each in error.problems)}
    if isinstance(error, Stale):
        told = errors_of(error, {}, "submit")["submit"]
        return {"submit": Markup("{} Press the button again if it is still right.").format(told)}
    told = f"{str(error)[:1].upper()}{str(error)[1:]}"
    return {
        "submit": f"{told}. Press the button again if it is still right"
        if isinstance(error, Conflict)
        else told
    }
