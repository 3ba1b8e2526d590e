"""What waits for a screener: questions about children, and messages that could not be taken."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import letters
from casework.letters import LetterError, Replayed
from schemas.reading import Problem
from store.letters import Letter
from store.views import letters as views
from store.views import questions
from web.guard.forms import Form
from web.guard.sessions import Signed, Who
from web.pages.bytes import readable
from web.pages.questions import about, asked
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.problems import not_found
from web.state import Here, State

AT_MOST = 200
MENDABLE_BYTES = 200_000
"""Longer ones are mended with the command `homeward letters mend`: no browser edits them well."""

router = APIRouter(include_in_schema=False)


@router.get("/screening")
async def shown(
    request: Request, visit: Visiting, done: Literal["decided", "settled"] | None = None
) -> HTMLResponse:
    """Show what waits, the oldest questions and the latest letters first."""
    tx = visit.tx
    return page(
        request,
        "screening/screening.html",
        questions=await questions.listed(tx, kind=None, after=None, limit=AT_MOST),
        total=await questions.count(tx),
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
    return _show(request, await _find(here, who, letter_id))


@router.post("/screening/letters/{letter_id}")
async def worked_on(request: Request, here: Here, who: Signed, letter_id: UUID, form: Form) -> Response:
    """Keep a mended text, and replay the letter: mended, or as it came."""
    found = await _find(here, who, letter_id)
    try:
        if "mend" in form:
            content = form.get("content", "").encode(errors="replace")
            await letters.mend(here.store, who.authority, letter_id, content, person=who.id, now=here.clock())
        done = await letters.replay(here.store, here.site.authorities, letter_id, who.id, here.clock())
    except LetterError as error:
        return _show(request, found, [Problem("", str(error))], typed=form.get("content"))
    if not done.settled:
        return _show(request, await _find(here, who, letter_id), _problems(done), typed=form.get("content"))
    return RedirectResponse(f"/screening/letters/{letter_id}", HTTPStatus.SEE_OTHER)


async def _find(here: State, who: Who, letter_id: UUID) -> Letter:
    try:
        return (await letters.find(here.store, [who.authority], letter_id, who.id))[1]
    except LetterError as error:
        raise not_found("letter") from error


def _problems(done: Replayed) -> list[Problem]:
    return [problem for receipt in done.receipts for problem in receipt.problems]


def _show(
    request: Request, letter: Letter, problems: Sequence[Problem] = (), typed: str | None = None
) -> HTMLResponse:
    content = letter.content if letter.mended is None else letter.mended
    return page(
        request,
        "screening/letter.html",
        letter=letter,
        original=readable(letter.content),
        size=len(letter.content),
        problems=problems,
        mendable=letter.outcome is None
        and len(content) <= MENDABLE_BYTES
        and letter.via != letters.FROM_INBOX,
        typed=typed if typed is not None else content.decode(errors="replace"),
    )
