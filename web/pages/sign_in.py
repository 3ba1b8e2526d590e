"""Signing in and out. Personas are for a demonstration, or for whoever sits at this machine."""

from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import directory, signing_in
from casework.refusals import NotAllowed
from casework.signing_in import SIGNING_IN, Known
from web import access
from web.guard import sessions
from web.guard.forms import Form, Typed
from web.guard.sessions import Allowed, Signed
from web.pages.rendering import page
from web.site import Persona
from web.state import Here, State

router = APIRouter(include_in_schema=False)
To = Annotated[str, Query()]


@router.get("/")
async def first(who: Signed) -> Response:
    """Lead to the page on which this person begins the day."""
    return RedirectResponse(access.start_page(who.duties), HTTPStatus.SEE_OTHER)


@router.get("/sign-in")
async def asked(request: Request, who: Allowed, to: To = "") -> Response:
    """Show the ways in; who is in already goes on."""
    if who is not None:
        return RedirectResponse(own_page(to) or "/", HTTPStatus.SEE_OTHER)
    return _show(request, own_page(to))


@router.post("/sign-in")
async def chosen(request: Request, here: Here, form: Form) -> Response:
    """Sign in as a persona, where there are personas."""
    await here.rates.count_sign_in(request.client.host if request.client else "unknown")
    to = own_page(form.get("to", ""))
    persona = next((one for one in here.site.personas if one.subject == form.get("persona")), None)
    if persona is None:
        return _show(request, to, {"persona": "Choose as whom you want to sign in"})
    staff_id, now = persona.staff_id or _at_this_machine(here, form), here.clock()
    known_here = partial(directory.works_here, here.store, here.site.authority, person=SIGNING_IN, now=now)
    if staff_id and not here.site.demo and not await known_here(staff_id):
        return _show(request, to, {"staff_id": NOT_IN_DIRECTORY}, staff_id)
    try:
        secret = await signing_in.begin(here.store, here.site.authority, _known(here, persona, staff_id), now)
    except NotAllowed as error:
        return _show(request, to, {"persona": f"You were not let in: {error}"}, staff_id or "")
    response = RedirectResponse(to or "/", HTTPStatus.SEE_OTHER)
    sessions.remember(response, here.site, secret)
    return response


@router.post("/sign-out")
async def out(here: Here, who: Signed, form: Form) -> Response:
    """End the session."""
    del form  # read, so that its token is checked
    await signing_in.end(here.store, who.authority, who.digest, "signed out", here.clock())
    response = RedirectResponse("/signed-out", HTTPStatus.SEE_OTHER)
    sessions.forget(response, here.site)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.get("/signed-out")
async def ended(request: Request) -> HTMLResponse:
    """Say that it is done."""
    return page(request, "sign_in/signed_out.html")


@router.post("/session/stay")
async def stay(who: Signed, form: Form) -> Response:
    """Count as in use; asking was enough, since every request of a session does."""
    del who, form
    return Response(status_code=HTTPStatus.NO_CONTENT)


def own_page(to: str) -> str:
    """Return the address of a page of ours; nothing for any other, so that no sign-in leads elsewhere."""
    plain = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and "\\" not in to
    return to if plain and len(to) < 1000 else ""  # noqa: PLR2004


NOT_IN_DIRECTORY = "Nobody in the directory of staff has this id: correct it, or leave it empty"


def _at_this_machine(here: State, form: Typed) -> str | None:
    """Return who sits here, as far as they say; a demonstration's people say nothing of the kind."""
    return None if here.site.demo else form.get("staff_id", "").strip() or None


def _known(here: State, persona: Persona, staff_id: str | None) -> Known:
    return Known(
        issuer="demo" if here.site.demo else "machine",
        subject=persona.subject,
        name=persona.name,
        duties=persona.duties,
        staff_id=staff_id,
    )


def _show(
    request: Request, to: str, errors: dict[str, str] | None = None, staff_id: str = ""
) -> HTMLResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return page(request, "sign_in/sign_in.html", status=status, to=to, errors=errors or {}, staff_id=staff_id)
