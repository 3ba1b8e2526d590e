"""Every version of a record: who saved what and when, and a way to put any text back."""

from functools import partial
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import drafts
from casework.drafts import Typed
from casework.refusals import Conflict
from store.views import drafts as views
from store.views.drafts import Version
from web.guard.forms import Form
from web.pages.reading import Visit
from web.pages.record import title_of
from web.pages.rendering import page
from web.problems import Refused, not_found
from web.record.asking import ByPerson
from web.record.desk import Desk, names_of, open_desk
from web.record.on_page import normal
from web.record.saving import sending_of
from web.record.showing import changed_lines, lines_of
from web.record.versions import grouped, record_before, sections_in, told, why_not

router = APIRouter(include_in_schema=False)
PER_PAGE = 20
PATH = "/interviews/{interview_id}/record/versions"
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get(PATH)
async def listed(
    asking: ByPerson,
    interview_id: UUID,
    page_no: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show the versions, the newest first, also those that did not become the record."""
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record versions")
        versions = await views.versions(visit.tx, _holder(desk))
        groups = grouped(versions)
        pages = max(1, -(-len(groups) // PER_PAGE))
        number = min(page_no, pages)
        shown = await told(visit.tx, _holder(desk), groups[(number - 1) * PER_PAGE : number * PER_PAGE])
        names = await names_of(visit, {each.by for each in versions})
    return page(
        asking.request,
        "record/versions.html",
        now=visit.now,
        desk=desk,
        groups=shown,
        names=names,
        title_of=title_of,
        why_not=why_not,
        number=number,
        pages=pages,
        address=partial(_address, interview_id),
    )


@router.get(f"{PATH}/{{no}}")
async def one(asking: ByPerson, interview_id: UUID, no: Number) -> HTMLResponse:
    """Show one version: what it changed, and its whole text."""
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record versions")
        version = await _version(visit, desk, no)
        before = await record_before(visit.tx, _holder(desk), version)
        names = await names_of(visit, {version.by})
    sections = sections_in(version)
    sent = {each.name: normal(each, version.sent[each.name]) for each in sections}
    return page(
        asking.request,
        "record/version.html",
        now=visit.now,
        desk=desk,
        version=version,
        names=names,
        sections=sections,
        changed={each.name: changed_lines(each, before[each.name], sent[each.name]) for each in sections},
        lines={each.name: lines_of(each, sent[each.name]) for each in sections},
        unknown={name: str(value) for name, value in version.sent.items() if name not in sent},
        why_not=why_not,
        turn=uuid4(),
    )


@router.post(f"{PATH}/{{no}}")
async def put_back(asking: ByPerson, interview_id: UUID, no: Number, form: Form) -> Response:
    """Save the text of a version as a new one; what stands there now stays among the versions."""
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record versions")
        version = await _version(visit, desk, no)
    sections = {each.name: version.sent[each.name] for each in sections_in(version)}
    if not desk.writable or not sections:
        raise Refused(HTTPStatus.CONFLICT, "You cannot write this record now. Nothing was changed in it.")
    key, based_on = sending_of(form)
    try:
        await _save(visit, interview_id, Typed(sections, based_on, asking.who.by, key))
    except Conflict:  # the same button of the same page, after another one: it is pressed anew
        await _save(visit, interview_id, Typed(sections, based_on, asking.who.by, str(uuid4())))
    to = f"/{next(iter(sections))}" if len(sections) == 1 else ""
    return RedirectResponse(f"/interviews/{interview_id}/record{to}", HTTPStatus.SEE_OTHER)


async def _save(visit: Visit, interview_id: UUID, typed: Typed) -> None:
    who = visit.who
    await drafts.save(
        visit.here.store, who.authority, interview_id, typed, person=who.id, now=visit.here.clock()
    )


def _holder(desk: Desk) -> UUID:
    """Return the interview whose record this is: of several held in one conversation, that one."""
    return desk.found.progress.covered_by or desk.id


async def _version(visit: Visit, desk: Desk, no: int) -> Version:
    found = next(iter(await views.versions(visit.tx, _holder(desk), since=no - 1)), None)
    if found is None or found.no != no:
        raise not_found("version")
    return found


def _address(interview_id: UUID, **other: int) -> str:
    return f"/interviews/{interview_id}/record/versions?page={other['page']}"
