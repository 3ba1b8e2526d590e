"""The directory of staff: who holds interviews and whom lateness climbs to; changed by a file."""

from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casework import directory
from casework.directory import DirectoryRefused, ImportedStaff
from casework.staff_rows import StaffProblem, read_staff
from store import staff
from web.guard.sessions import Signed, Who
from web.guard.uploads import Upload
from web.pages.rendering import page
from web.state import Here, State

router = APIRouter(include_in_schema=False)
SHOWN_AT_MOST = 50
NOT_UTF_8 = "The file is not UTF-8: save it as CSV UTF-8, and choose it again"


@router.get("/admin/staff")
async def shown(request: Request, here: Here, who: Signed) -> HTMLResponse:
    """Show the directory."""
    return await _show(request, here, who)


@router.post("/admin/staff")
async def uploaded(request: Request, here: Here, who: Signed, upload: Upload) -> HTMLResponse:
    """Import a file: all of it or nothing."""
    file = upload.files.get("file")
    if file is None:
        return await _show(request, here, who, problem="Choose a file to import")
    try:
        lines = file.content.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        return await _show(
            request, here, who, problem="The file is not UTF-8: save it as CSV UTF-8, and choose it again"
        )
    try:
        done = await directory.import_staff(
            here.store, who.authority, read_staff(lines), person=who.id, now=here.clock()
        )
    except DirectoryRefused as refused:
        count = len(refused.problems)
        told = "1 thing in the file has" if count == 1 else f"{count} things in the file have"
        told = f"Nothing was imported: {told} to be mended first"
        return await _show(request, here, who, problem=told, lines=refused.problems)
    return await _show(request, here, who, done=done)


async def _show(
    request: Request,
    here: State,
    who: Who,
    *,
    problem: str = "",
    lines: Sequence[StaffProblem] = (),
    done: ImportedStaff | None = None,
) -> HTMLResponse:
    async with here.store.transaction(who.authority, person=who.id) as tx:
        everybody = await staff.all_of(tx)
    return page(
        request,
        "admin/staff.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        everybody=everybody,
        errors={"file": problem} if problem else {},
        lines=lines[:SHOWN_AT_MOST],
        more=max(0, len(lines) - SHOWN_AT_MOST),
        done=done,
    )
