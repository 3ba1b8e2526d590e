"""Who is signed in, and whether they may ask for this page. Held on every page before it does anything.

Source: OWASP ASVS 5.0, 3.3 (cookies), 7.2 to 7.4 (sessions), 8.2 and 8.3 (who may do what, held at a trusted
layer).
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from casework import signing_in
from schemas.access import Duty
from store.database import DatabaseUnavailable
from web import access
from web.guard import forms
from web.guard.cookies import called
from web.problems import Refused
from web.site import Site
from web.state import Here, state_of

COOKIE = "homeward_session"
BACKGROUND = "Homeward-Background"
"""The header of a page that asks again by itself, because something changed: nobody is there for that."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in.

    `staff_id` is the person's own id in the directory of staff; `proved_at` when they last showed who they
    are; `digest` is the session's.
    """

    person_id: UUID
    authority: str
    name: str
    staff_id: str | None
    duties: frozenset[Duty]
    proved_at: datetime
    ends_at: datetime
    digest: bytes

    @property
    def id(self) -> str:
        """On whose behalf the database is asked."""
        return f"person:{self.person_id}"

    @property
    def by(self) -> str:
        """On whose word something is done."""
        return self.staff_id or self.id


class SignInFirst(Refused):
    """Nobody is signed in, or not any more; a page leads to the sign-in and back."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED, "You are not signed in, or not any more: sign in again.")


async def allowed(request: Request, here: Here) -> Who | None:
    """Let in whom the table of `web.access` lets in.

    Raises:
        SignInFirst: the page is for people who are signed in.
        Refused: it is not for what this person does here.
    """
    route = f"{'GET' if request.method == 'HEAD' else request.method} {request.scope['route'].path}"
    try:
        who = await _who(request, here.clock())
    except DatabaseUnavailable:
        await forms.keep(request)
        raise
    request.state.who = who
    if route in access.PUBLIC:
        return who
    if who is None:
        await forms.keep(request)
        raise SignInFirst
    await _count(request, here, who)
    if not who.duties & access.TABLE[route]:
        raise Refused(HTTPStatus.FORBIDDEN, NOT_YOURS)
    return who


async def _count(request: Request, here: Here, who: Who) -> None:
    """Count the request; a form that comes too soon is kept on the page that says so."""
    try:
        await here.rates.count_page(who.digest.hex())
    except Refused:
        await forms.keep(request)
        raise


NOT_YOURS = "This page is for people with another duty. Ask your administrator if it should be yours, too."
Allowed = Annotated[Who | None, Depends(allowed)]


async def signed(who: Allowed) -> Who:
    """Return who is signed in, where only such come."""
    if who is None:
        raise SignInFirst
    return who


Signed = Annotated[Who, Depends(signed)]


def name_of(site: Site) -> str:
    """Return the cookie's name."""
    return called(site, COOKIE)


def remember(response: Response, site: Site, secret: str) -> None:
    """Let the browser keep a session until it is closed; the server ends it earlier."""
    response.set_cookie(
        name_of(site), secret, httponly=True, samesite="lax", secure=site.secure, path="/"
    )  # lax: a link in an e-mail leads to the page, and not to the sign-in


def forget(response: Response, site: Site) -> None:
    """Take the session from the browser."""
    response.delete_cookie(name_of(site), path="/", httponly=True, samesite="lax", secure=site.secure)


def to_sign_in(request: Request) -> Response:
    """Lead to the sign-in, and from there back to the page that was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?to={quote(asked, safe='/')}" if request.method == "GET" and asked != "/" else ""
    return RedirectResponse(f"/sign-in{back}", HTTPStatus.SEE_OTHER)


def viewer_of(request: Request) -> Who | None:
    """Return who is signed in, as far as it was found out."""
    who: Who | None = getattr(request.state, "who", None)
    return who


async def _who(request: Request, now: datetime) -> Who | None:
    here = state_of(request)
    secret = request.cookies.get(name_of(here.site))
    if not secret:
        return None
    by_itself = BACKGROUND in request.headers or request.url.path == "/live"
    found = await signing_in.find(here.store, secret, now, here.site.authorities, in_use=not by_itself)
    if found is None:
        return None
    return Who(
        person_id=found.person.id,
        authority=found.person.authority,
        name=found.person.name,
        staff_id=found.person.staff_id,
        duties=found.duties,
        proved_at=found.session.proved_at,
        ends_at=found.session.ends_at,
        digest=found.session.digest,
    )
