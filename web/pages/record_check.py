"""The record read as a whole, with all that the quality gate says, and handed to the manager."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from uuid import UUID, uuid4

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from casework.conduct import Asked, act
from casework.refusals import BadInput, Conflict, Refusal
from schemas.commands import Submit
from schemas.reading import Unreadable, read_as
from schemas.words import Stage
from web.guard.forms import Form, Typed
from web.pages.reading import Visit
from web.pages.record import progress, title_of
from web.pages.rendering import page
from web.record.asking import Asking, ByPerson
from web.record.desk import Desk, open_desk
from web.record.findings import Said, findings_of, must_mend
from web.record.saving import number
from web.record.sections import ASKED
from web.record.showing import lines_of

router = APIRouter(include_in_schema=False)
PATH = "/interviews/{interview_id}/record/check"
ANSWER = "answer-"
"""Before a finding's id: the field of the reason why it does not hold."""


@router.get(PATH)
async def shown(asking: ByPerson, interview_id: UUID) -> Response:
    """Show the whole record, and what has to be mended or answered first."""
    visit, desk, said = await _opened(asking, interview_id)
    given = {f"{ANSWER}{name}": reason for name, reason in desk.found.quality.get("answers", {}).items()}
    return _show(visit, desk, said, given, {})


@router.post(PATH)
async def submitted(asking: ByPerson, interview_id: UUID, form: Form) -> Response:
    """Hand the record to the manager, with a reason for each finding that is not mended."""
    visit, desk, said = await _opened(asking, interview_id)
    if not desk.theirs:
        return _show(visit, desk, said, form, {"submit": "This record is not yours to submit"})
    answers = _answers(form, said)
    body = {"by": asking.who.by, "draft": number(form, "draft") or desk.no, "answers": answers}
    try:
        command = read_as(Submit, body)
        asked = Asked(command, form.get("key") or str(uuid4()), number(form, "version"))
        await act(
            visit.here.store, visit.who.authority, interview_id, asked,
            person=visit.who.id, policy=visit.here.site.policy, now=visit.now,
        )  # fmt: skip
    except Unreadable as error:
        return _show(visit, desk, said, form, _unread(error, answers))
    except Refusal as error:
        return _show(visit, desk, said, form, _refused(error, said, form))
    return RedirectResponse(f"/interviews/{interview_id}/record", HTTPStatus.SEE_OTHER)


async def _opened(asking: Asking, interview_id: UUID) -> tuple[Visit, Desk, list[Said]]:
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record")
    return visit, desk, await findings_of(visit, desk)


def _show(
    visit: Visit, desk: Desk, said: Sequence[Said], typed: Typed, errors: Mapping[str, str]
) -> Response:
    return page(
        visit.request,
        "record/check.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        desk=desk,
        said=said,
        must=must_mend(said),
        errors=errors,
        typed=typed,
        answer=ANSWER,
        sections=ASKED,
        lines={name: lines_of(section, desk.record[name]) for name, section in ASKED.items()},
        progress=progress(desk),
        can_submit=desk.writable and desk.stage is Stage.HELD and desk.no > 0,
        title_of=title_of,
        key=typed.get("key") if errors and "version" not in errors else uuid4(),
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
    told = f"{str(error)[:1].upper()}{str(error)[1:]}"
    return {
        "submit": f"{told}. Press the button again if it is still right"
        if isinstance(error, Conflict)
        else told
    }
