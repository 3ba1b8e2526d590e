"""Where a child answers the offer of an interview: whoever has the code, once, and without signing in.

No page here says whose it is. `Referrer-Policy: same-origin` lets no other site know the address; with
`no-referrer`, browsers would send the form with `Origin: null`, which is not taken.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework import answering
from casework.answering import Looked, Standing, read_code
from web.guard import forms
from web.guard.forms import Typed
from web.pages import offer_form
from web.pages.childs_rendering import childs_page
from web.pages.offer_form import Problems
from web.problems import Refused
from web.state import Here, State
from web.words.languages import Language, language_of, wanted_by

router = APIRouter(include_in_schema=False)
Chosen = Annotated[str, Query(alias="language", max_length=10)]
LONGEST_CODE = 40
NOTHING: Typed = {}


@router.get("/answer")
async def asked_for_code(request: Request, chosen: Chosen = "") -> Response:
    """Ask for the code that stands on a card."""
    return childs_page(request, "offer/code.html", _language(request, chosen))


@router.post("/answer")
async def typed_code(request: Request, chosen: Chosen = "") -> Response:
    """Go on to the page of a code, which is never looked for in an address's query."""
    language = _language(request, chosen)
    try:
        form = await forms.typed(request)
    except Refused:
        return childs_page(request, "offer/code.html", language)
    code = read_code(form.get("code", "")[:LONGEST_CODE])
    where = f"/answer/{code}" if code.isascii() and code else "/answer"
    return RedirectResponse(f"{where}?language={language.code}", HTTPStatus.SEE_OTHER)


@router.get("/answer/{code}")
async def shown(request: Request, here: Here, code: str, chosen: Chosen = "") -> Response:
    """Show what may be answered; a thank you where it is; the same page for every code that does not work."""
    looked = await answering.look(here.store, code[:LONGEST_CODE], here.clock())
    language = _language(request, chosen, looked.language)
    if looked.standing is Standing.OPEN:
        return _ask(request, looked, language)
    return await _over(request, here, looked, language)


@router.post("/answer/{code}")
async def answered(request: Request, here: Here, code: str, chosen: Chosen = "") -> Response:
    """Keep the answer, and say thank you."""
    looked = await answering.look(here.store, code[:LONGEST_CODE], here.clock())
    language = _language(request, chosen, looked.language)
    if looked.standing is not Standing.OPEN:
        return await _over(request, here, looked, language)
    try:
        form = await forms.typed(request)
    except Refused:
        return _ask(request, looked, language, problems={"said": "again"})
    answer, problems = offer_form.read(form, looked.choices, language)
    if answer is None:
        return _ask(request, looked, language, form, problems)
    await answering.answer(here.store, code[:LONGEST_CODE], answer, here.clock())
    return RedirectResponse(f"/answer/{read_code(code)}?language={language.code}", HTTPStatus.SEE_OTHER)


def _language(request: Request, chosen: str, of_link: str | None = None) -> Language:
    """Return the language that was chosen on the page, else the link's, else the browser's."""
    return language_of(chosen, of_link, *wanted_by(request.headers.get("accept-language")))


def _ask(
    request: Request,
    looked: Looked,
    language: Language,
    form: Typed = NOTHING,
    problems: Problems | None = None,
) -> Response:
    people = offer_form.values(looked.choices)
    return childs_page(
        request,
        "offer/ask.html",
        language,
        people=people,
        typed=lambda name: form.get(name, ""),
        problems=problems or {},
    )


async def _over(request: Request, here: State, looked: Looked, language: Language) -> Response:
    if looked.standing is Standing.ANSWERED:
        return childs_page(request, "offer/thanks.html", language)
    try:
        await here.rates.count_wrong_code(request.client.host if request.client else "unknown")
    except Refused as refused:
        too_many = HTTPStatus.TOO_MANY_REQUESTS
        page = childs_page(request, "offer/closed.html", language, status=too_many, wait=True)
        page.headers.update(refused.headers)
        return page
    return childs_page(request, "offer/closed.html", language, status=HTTPStatus.NOT_FOUND, wait=False)
