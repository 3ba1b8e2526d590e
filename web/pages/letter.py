"""One message that could not be taken: beside the original, mended field by field, and taken after all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import letters, originals
from casework.letters import LetterError, Replayed
from schemas.reading import Problem, Unreadable, parse_json
from store.letters import Letter
from store.originals import Kept
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.mending.asked import TICKED, is_mendable
from web.mending.filling import Mended, mended
from web.mending.sheet import Sheet, refused_sheet, sheet_of, wrong_with
from web.mending.words import in_words
from web.pages.marked import as_text, marked
from web.pages.rendering import page
from web.problems import not_found
from web.record.question import Kind, Question
from web.state import Here, State

MENDABLE_BYTES: Final = 200_000
"""Longer ones are mended with the command `homeward letters mend`: no browser edits them well."""
KEEP_APART: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'; object-src 'none'; base-uri 'none';"
    " frame-ancestors 'none'; form-action 'none'"
}
"""What came from outside is carried off as a file; a browser that shows it all the same runs nothing."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter, and the original that it came in, if it came in one."""

    letter: Letter
    kept: Kept | None

    @property
    def content(self) -> bytes:
        """The text that counts: the mended one, if somebody mended it."""
        return self.letter.content if self.letter.mended is None else self.letter.mended

    @property
    def is_open(self) -> bool:
        """Whether its text can be mended on a page."""
        small = len(self.content) <= MENDABLE_BYTES
        return self.letter.outcome is None and small and self.letter.via != letters.FROM_INBOX

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with it as it is now."""
        told = [Problem(each["field"], each["message"]) for each in self.letter.reasons]
        left = letters.problems_of(self.content, draft=self.letter.draft)
        return [*(told if self.letter.mended is None else ()), *left]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a letter still cannot be taken. `content` was typed as text; else `sheet` holds what was typed."""

    problems: Sequence[Problem] = ()
    content: str | None = None
    sheet: Sheet | None = None


NOT_REFUSED: Final = Refused()


@router.get("/screening/letters/{letter_id}")
async def letter(request: Request, here: Here, who: Signed, letter_id: UUID) -> HTMLResponse:
    """Show one letter with its bytes."""
    return _show(request, await _find(here, who, letter_id))


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
    """Keep a mended text, typed or made of the fields, and replay the letter: mended, or as it came."""
    found = await _find(here, who, letter_id)
    message = _message(found.content) if found.is_open and ("fill" in form or "replay" in form) else None
    filled = None if message is None else mended(message, form, wrong_with(found.problems))
    content = form.get("content", "").encode(errors="replace") if "mend" in form else None
    if "fill" in form and filled is not None:
        content = _bytes(filled.message)
        left = letters.problems_of(content, draft=found.letter.draft)
        if filled.errors or left:
            return _show(request, found, _refused(left, form, filled))
    try:
        if content is not None:
            await letters.mend(here.store, who.authority, letter_id, content, person=who.id, now=here.clock())
        done = await letters.replay(here.store, here.site.authorities, letter_id, who.id, here.clock())
    except LetterError as error:
        return _show(request, found, _refused([Problem("", str(error))], form, filled))
    if not done.settled:
        return _show(request, await _find(here, who, letter_id), _refused(_problems(done), form, filled))
    return RedirectResponse(f"/screening/letters/{letter_id}", HTTPStatus.SEE_OTHER)


async def _find(here: State, who: Who, letter_id: UUID) -> Waiting:
    try:
        return Waiting(*await originals.of_letter(here.store, [who.authority], letter_id, who.id))
    except LetterError as error:
        raise not_found("letter") from error


def _refused(problems: Sequence[Problem], form: Typed, filled: Mended | None) -> Refused:
    if filled is None:
        return Refused(problems, form.get("content"))
    return Refused(problems, sheet=refused_sheet(filled, problems, form))


def _problems(done: Replayed) -> list[Problem]:
    return [problem for receipt in done.receipts for problem in receipt.problems]


def _message(content: bytes) -> dict[str, Any] | None:
    """Return the one message of a text that can be mended field by field."""
    try:
        message = parse_json(content)
    except Unreadable:
        return None
    return message if is_mendable(message) else None


def _bytes(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, indent=2, ensure_ascii=False).encode(errors="backslashreplace")


def _show(request: Request, found: Waiting, refused: Refused = NOT_REFUSED) -> HTMLResponse:
    letter, kept = found.letter, found.kept
    content = found.content if refused.content is None else refused.content.encode(errors="replace")
    message, told = _message(content), _message(letter.content)
    sheet = refused.sheet
    if sheet is None and message is not None and found.is_open:
        sheet = sheet_of(message, found.problems if refused is NOT_REFUSED else refused.problems)
    return page(
        request,
        "screening/letter.html",
        letter=letter,
        came=marked(kept.shown, letter.place or "") if kept else as_text(letter.content),
        size=len(kept.content if kept else letter.content),
        kept=kept,
        reasons=[in_words(each["field"], each["message"], told) for each in letter.reasons],
        refused=refused is not NOT_REFUSED,
        as_text=refused.content is not None,
        problems=[in_words(each.field, each.message, message) for each in refused.problems],
        sheet=sheet,
        fields=sheet.fields if sheet else {},
        errors=sheet.errors if sheet else {},
        mendable=found.is_open,
        typed=_legible(letter, content) if refused.content is None else refused.content,
        options=_options,
        most_radios=0,
        said_at={},
        ticked=TICKED,
    )


def _options(question: Question, _typed: str) -> list[tuple[str, str]]:
    """Return what can be chosen."""
    known = {"yes": "Yes", "no": "No"} if question.kind is Kind.YES_NO else question.choices
    return [("", "Not told"), *known.items()]


def _legible(letter: Letter, content: bytes) -> str:
    """Return a text to be mended; a draft, which we wrote ourselves, a field to a line."""
    if letter.draft and letter.mended is None:
        return json.dumps(parse_json(content), indent=2, ensure_ascii=False)
    return content.decode(errors="replace")
