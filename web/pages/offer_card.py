"""The card that a worker shows to the child: what the talk is, whom they may choose, and a link to answer."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from casework import offering
from casework.answering import read_code
from casework.offering import Card
from casework.refusals import NotAllowed, Unknown
from store import offer_links
from web.guard.cookies import called
from web.guard.forms import Form
from web.guard.sessions import Signed
from web.pages.childs_rendering import childs_page
from web.pages.reading import Visit, Visiting
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here, State
from web.words.languages import language_of

router = APIRouter(include_in_schema=False)
COOKIE = "homeward_card"
"""Keeps a new code with whoever made it, for long enough to print the card: it is stored nowhere else."""
SHOWN_FOR_SECONDS = 30 * 60
Chosen = Annotated[str, Query(alias="language", max_length=10)]


@router.get("/interviews/{interview_id}/card")
async def shown(
    request: Request, visit: Visiting, interview_id: UUID, chosen: Chosen = "", over: str = ""
) -> Response:
    """Show the card, with the link where it was made just now."""
    card = await _card(visit, interview_id)
    await see(visit, card.child_id, "card")
    code = await _code(visit, card)
    address = f"{_scheme(visit)}://{request.url.netloc}/answer/{code}" if code else ""
    return childs_page(
        request,
        "offer/card.html",
        language_of(chosen),
        card=card,
        open=card.open_link(visit.now),
        code=code,
        address=address,
        page_address=f"{request.url.netloc}/answer",
        picture=_picture(address) if address else "",
        refused="This interview cannot be offered any more: no link was made." if over else "",
    )


@router.post("/interviews/{interview_id}/card/link")
async def made(request: Request, here: Here, who: Signed, interview_id: UUID, form: Form) -> Response:
    """Make a link, and show it on the card."""
    language = language_of(form.get("language"))
    card = f"/interviews/{interview_id}/card"
    back = f"{card}?language={language.code}"
    try:
        code = await offering.make_link(
            here.store, who.authority, interview_id, language.code,
            by=who.by, person=who.id, policy=here.site.policy, now=here.clock(),
        )  # fmt: skip
    except Unknown as error:
        raise not_found("interview") from error
    except NotAllowed:
        return RedirectResponse(f"{back}&over=1", HTTPStatus.SEE_OTHER)
    response = RedirectResponse(back, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        _cookie(here), code, max_age=SHOWN_FOR_SECONDS, path=card,
        httponly=True, samesite="strict", secure=here.site.secure,
    )  # fmt: skip
    return response


@router.post("/interviews/{interview_id}/card/link/withdraw")
async def withdrawn(here: Here, who: Signed, interview_id: UUID, form: Form) -> Response:
    """Withdraw the link that is out."""
    try:
        await offering.withdraw_link(
            here.store, who.authority, interview_id, by=who.by, person=who.id, now=here.clock()
        )
    except Unknown as error:
        raise not_found("interview") from error
    language = language_of(form.get("language"))
    card = f"/interviews/{interview_id}/card"
    response = RedirectResponse(f"{card}?language={language.code}", HTTPStatus.SEE_OTHER)
    response.delete_cookie(_cookie(here), path=card, secure=here.site.secure)
    return response


async def _card(visit: Visit, interview_id: UUID) -> Card:
    try:
        return await offering.card(visit.tx, interview_id, await visit.here.policy(visit.tx), visit.now)
    except Unknown as error:
        raise not_found("interview") from error


async def _code(visit: Visit, card: Card) -> str:
    """Return the code that this browser made just now, as long as it is the one of the card's open link."""
    code = read_code(visit.request.cookies.get(_cookie(visit.here), ""))
    link, made = card.open_link(visit.now), await offer_links.find(visit.tx, code)
    return code if link and made and link.id == made.id else ""


def _cookie(here: State) -> str:
    return called(here.site, COOKIE, everywhere=False)


def _scheme(visit: Visit) -> str:
    """Return how browsers come here: what stands before us may take https from what it passes on."""
    return "https" if visit.here.site.secure else visit.request.url.scheme


def _picture(address: str) -> Markup:
    """Return the address as a QR code: a drawing without styles, that any size becomes."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=4, svgclass=None)
    return Markup(drawn)  # noqa: S704 - of black and white lines alone
