"""One section of the interview record: written by whom it was given to, saved as it is typed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from casework.refusals import Refusal
from store import conduct
from web.guard.forms import Form, Typed
from web.pages.reading import Visit
from web.pages.record import title_of
from web.pages.record_refused import SAY_WHY, not_taken
from web.pages.rendering import page
from web.pages.seeing import PurposeNeeded
from web.pages.times import LONDON, clock_time
from web.problems import not_found
from web.record.asking import Asking, ByPerson
from web.record.desk import Desk, here_too, names_of, open_desk, writes
from web.record.filling import fields_of, rows, with_entry, without_entry
from web.record.findings import Said, findings_of, of_section
from web.record.on_page import OnPage, on_page
from web.record.progress import Progress, progress_of
from web.record.question import Kind, Question, Section
from web.record.saving import BASED_ON, Kept, Sent, look_first, save, sent_from
from web.record.sections import ASKED, after
from web.record.showing import answer_lines, lines_of

router = APIRouter(include_in_schema=False)
MOST_RADIOS = 7
"""A list of more choices drops down."""
PATH = "/interviews/{interview_id}/record/{section_name}"


@router.get(PATH)
async def shown(asking: ByPerson, interview_id: UUID, section_name: str, add: str = "") -> Response:
    """Show one section; `add` names a list to which an empty entry is added on the page."""
    section = _section(section_name)
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, section.name, "record")
        form = await on_page(visit.tx, desk, section)
        names = await names_of(visit, {form.meanwhile.by} if form.meanwhile else set())
    begun = progress_of(section, desk.record[section.name]) is not Progress.NOT_BEGUN
    said = of_section(await findings_of(visit, desk), section.name) if begun else []
    return page(
        asking.request,
        "record/section.html",
        now=visit.now,
        desk=desk,
        section=section,
        number=list(ASKED).index(section.name) + 1,
        of=len(ASKED),
        names=names,
        last=after(section.name) is None,
        visit_id=uuid4(),
        said_at=_by_field(said),
        lines=lines_of(section, desk.record[section.name]),
        words=lambda asked, value: list(answer_lines(asked, value)),
        rows=rows,
        options=_options,
        most_radios=MOST_RADIOS,
        title_of=title_of,
        **_form(section, form, add, writable=desk.writable),
    )


@router.post(PATH)
async def written(asking: ByPerson, interview_id: UUID, section_name: str, form: Form) -> Response:
    """Save a section, and go on to wherever was asked for; where something is wrong, back to it."""
    section = _section(section_name)
    do, *rest = form.get("do", "").split(":")
    sent = sent_from(interview_id, section, form)
    try:
        async with asking.visit() as visit:
            desk = await open_desk(visit, interview_id, section.name, "record")
            sent = sent_from(interview_id, section, _typed(form, desk, section, do, rest))
            first = await look_first(visit, sent)
        if not desk.theirs:
            return _refused(asking, sent, "It is not your record to write now.")
        kept = await save(visit, sent, first) if isinstance(first, int) else first
    except PurposeNeeded:
        return _refused(asking, sent, SAY_WHY)
    except Refusal as error:
        return _refused(asking, sent, f"{error}.")
    return RedirectResponse(_next(sent, kept, do, rest), HTTPStatus.SEE_OTHER)


@router.post(f"{PATH}/keep")
async def keep(asking: ByPerson, interview_id: UUID, section_name: str, form: Form) -> Response:
    """Keep what is being typed, and tell who else is here. Nothing of the child is in the answer."""
    section = _section(section_name)
    sent = sent_from(interview_id, section, form)
    async with asking.visit() as visit:
        found = await conduct.find(visit.tx, interview_id)
        if found is None:
            raise not_found("interview")
        theirs = await writes(visit, found)
        others = await here_too(visit, interview_id, section.name)
        first = await look_first(visit, sent)
    if not theirs:
        return JSONResponse({"detail": "it is not your record to write now"}, HTTPStatus.CONFLICT)
    kept = await save(visit, sent, first) if isinstance(first, int) else first
    here_now = [{"name": each.name, "section": title_of(each.section)} for each in others]
    return JSONResponse({**_told(visit, kept), "others": here_now})


def _section(name: str) -> Section:
    if name not in ASKED:
        raise not_found("section")
    return ASKED[name]


def _typed(form: Typed, desk: Desk, section: Section, do: str, rest: Sequence[str]) -> Typed:
    """Return what is saved: the form, the form without one entry, or what somebody else wrote meanwhile."""
    match do, *rest:
        case "remove", name, number:
            return without_entry(form, name, number)
        case ("theirs",):
            return {**fields_of(section, desk.record[section.name]), BASED_ON: str(desk.no)}
    return form


def _form(section: Section, form: OnPage, add: str, *, writable: bool) -> dict[str, Any]:
    fields = with_entry(section, form.fields, add) if add and writable else form.fields
    if section.is_list and writable and not rows(fields, section.name):
        fields = with_entry(section, fields, section.name)
    return {
        "fields": fields,
        "errors": form.errors,
        "based_on": form.based_on,
        "kept": form.kept,
        "meanwhile": form.meanwhile,
        "from_offer": form.from_offer,
    }


def _by_field(said: Sequence[Said]) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        found[each.at].append(each)
    return dict(found)


def _next(sent: Sent, kept: Kept, do: str, rest: Sequence[str]) -> str:
    record = f"/interviews/{sent.interview_id}/record"
    own = f"{record}/{sent.section.name}"
    if rest and sent.section.entries(rest[0]):
        at = f"{rest[0]}-{_entries(sent, rest[0]) + 1}"
        return f"{own}?add={rest[0]}#{at}" if do == "add" else f"{own}#{rest[0]}"
    if kept.errors or (kept.stale and kept.no):
        return own
    following = after(sent.section.name)
    return {"list": record, "next": f"{record}/{following}" if following else record}.get(do, own)


def _entries(sent: Sent, name: str) -> int:
    return len(sent.value if sent.section.is_list else sent.value[name])


def _options(question: Question, typed: str) -> list[tuple[str, str]]:
    """Return what can be chosen, and whatever was chosen that cannot be."""
    if question.kind is Kind.YES_NO:
        known = [("yes", "Yes"), ("no", "No"), ("", question.unknown)]
    else:
        many = len(question.choices) > MOST_RADIOS
        known = [*([("", "Choose one")] if many else []), *question.choices.items()]
    return known if not typed or typed in dict(known) else [*known, (typed, typed)]


def _told(visit: Visit, kept: Kept) -> dict[str, Any]:
    return {
        "no": kept.no,
        "based_on": kept.based_on,
        "turn": str(uuid4()),
        "at": clock_time(visit.now.astimezone(LONDON)),
        "problems": list(kept.errors.values()),
        "stale": kept.stale,
    }


def _refused(asking: Asking, sent: Sent, why: str) -> Response:
    typed = lines_of(sent.section, sent.value)
    return not_taken(asking, sent.interview_id, sent.section.title, why, typed)
