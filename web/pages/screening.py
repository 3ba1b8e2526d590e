"""What waits for a screener: questions about children, and messages that could not be taken."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import PurePath
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import letters, originals
from casework.letters import LetterError, Replayed
from schemas.reading import Problem, parse_json
from store.letters import Letter
from store.originals import Kept
from store.views import letters as views
from store.views import police_lists
from web.guard.forms import Form
from web.guard.sessions import Signed, Who
from web.pages.bytes import readable
from web.pages.query_text import Text
from web.pages.questions import about, asked, grouped
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.problems import not_found
from web.state import Here, State

AT_MOST, FIRST = 200, 5
"""Questions of one kind that are shown where only these are asked for, and where all are."""
MENDABLE_BYTES = 200_000
"""Longer ones are mended with the command `homeward letters mend`: no browser edits them well."""

KEEP_APART: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'; object-src 'none'; base-uri 'none';"
    " frame-ancestors 'none'; form-action 'none'"
}
"""What came from outside is carried off as a file; a browser that shows it all the same runs nothing."""

router = APIRouter(include_in_schema=False)


@router.get("/screening")
async def shown(
    request: Request,
    visit: Visiting,
    kind: Annotated[Text, Query()] = "",
    done: Literal["decided", "settled"] | None = None,
) -> HTMLResponse:
    """Show what waits, by kind the oldest questions, and the latest letters, first."""
    tx = visit.tx
    groups, chosen = await grouped(tx, kind, FIRST, AT_MOST)
    return page(
        request,
        "screening/screening.html",
        groups=groups,
        chosen=chosen,
        total=sum(each.number for each in groups),
        differences=await police_lists.count(tx),
        letters=await views.listed(tx, waiting=True, after=None, limit=AT_MOST),
        settled=await views.listed(tx, waiting=False, after=None, limit=20),
        at_most=AT_MOST,
        asked=asked,
        about=about,
        done=done,
    )


@router.get("/screening/letters/{letter_id}")
async def letter(request: Request, here: Here, who: Signed, letter_id: UUID) -> HTMLResponse:
    """Show one letter with its bytes."""
    return _show(request, *await _find(here, who, letter_id))


@router.get("/screening/letters/{letter_id}/original")
async def original(here: Here, who: Signed, letter_id: UUID) -> Response:
    """Give the file or mail that a letter came in, exactly as it came, to be kept as a file."""
    try:
        name, content = await originals.take_away(
            here.store, [who.authority], letter_id, who.id, here.clock()
        )
    except LetterError as error:
        raise not_found("letter") from error
    suffix = PurePath(name).suffix.lower()
    plain = f"original-{letter_id}{suffix if suffix[1:].isalnum() and suffix.isascii() else ''}"
    headers = {"Content-Disposition": f'attachment; filename="{plain}"', **KEEP_APART}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.post("/screening/letters/{letter_id}")
async def worked_on(request: Request, here: Here, who: Signed, letter_id: UUID, form: Form) -> Response:
    """Keep a mended text, and replay the letter: mended, or as it came."""
    found, kept = await _find(here, who, letter_id)
    try:
        if "mend" in form:
            content = form.get("content", "").encode(errors="replace")
            await letters.mend(here.store, who.authority, letter_id, content, person=who.id, now=here.clock())
        done = await letters.replay(here.store, here.site.authorities, letter_id, who.id, here.clock())
    except LetterError as error:
        return _show(request, found, kept, [Problem("", str(error))], typed=form.get("content"))
    if not done.settled:
        found, kept = await _find(here, who, letter_id)
        return _show(request, found, kept, _problems(done), typed=form.get("content"))
    return RedirectResponse(f"/screening/letters/{letter_id}", HTTPStatus.SEE_OTHER)


async def _find(here: State, who: Who, letter_id: UUID) -> tuple[Letter, Kept | None]:
    try:
        return await originals.of_letter(here.store, [who.authority], letter_id, who.id)
    except LetterError as error:
        raise not_found("letter") from error


def _problems(done: Replayed) -> list[Problem]:
    return [problem for receipt in done.receipts for problem in receipt.problems]


def _show(
    request: Request,
    letter: Letter,
    kept: Kept | None,
    problems: Sequence[Problem] = (),
    typed: str | None = None,
) -> HTMLResponse:
    content = letter.content if letter.mended is None else letter.mended
    return page(
        request,
        "screening/letter.html",
        letter=letter,
        came=readable(kept.shown.encode() if kept else letter.content),
        size=len(kept.content if kept else letter.content),
        kept=kept,
        problems=problems,
        mendable=letter.outcome is None
        and len(content) <= MENDABLE_BYTES
        and letter.via != letters.FROM_INBOX,
        typed=typed if typed is not None else _legible(letter, content),
    )


def _legible(letter: Letter, content: bytes) -> str:
    """Return a text to be mended; a draft, which we wrote ourselves, a field to a line."""
    if letter.draft and letter.mended is None:
        return json.dumps(parse_json(content), indent=2, ensure_ascii=False)
    return content.decode(errors="replace")
