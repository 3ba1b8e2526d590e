"""The interview record as a list of its sections, with how far each is."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from web.pages.rendering import page
from web.record.asking import ByPerson
from web.record.desk import Desk, open_desk
from web.record.findings import findings_of, must_mend, of_section
from web.record.progress import Progress, progress_of
from web.record.sections import ASKED

router = APIRouter(include_in_schema=False)


@router.get("/interviews/{interview_id}/record")
async def shown(asking: ByPerson, interview_id: UUID) -> HTMLResponse:
    """Show the sections, what the quality gate says of each that is begun, and the way on."""
    async with asking.visit() as visit:
        desk = await open_desk(visit, interview_id, None, "record")
    far = progress(desk)
    begun = [name for name, each in far.items() if each is not Progress.NOT_BEGUN]
    found = await findings_of(visit, desk) if begun else []
    said = {name: of_section(found, name) for name in begun}
    complete = [name for name in begun if far[name] is Progress.COMPLETE and not must_mend(said[name])]
    return page(
        asking.request,
        "record/overview.html",
        now=visit.now,
        desk=desk,
        sections=ASKED,
        progress=far,
        complete=len(complete),
        said=said,
        title_of=title_of,
    )


def progress(desk: Desk) -> Mapping[str, Progress]:
    """Return how far each section is."""
    return {name: progress_of(section, desk.record[name]) for name, section in ASKED.items()}


def title_of(section: str | None) -> str:
    """Return what a person calls a section; empty for none, or for one that is not asked for."""
    return ASKED[section].title if section is not None and section in ASKED else ""
