"""Forms come from our own pages only: the browser says so, and so does a token that only our page had.

Where somebody is signed in the token is of the session; else of a cookie of its own. A form that cannot be
taken just now (its session has ended, the database is away) is kept on the page that says so.

Source: OWASP ASVS 5.0, 3.5.1 (forgery of requests), 7.2.
"""

import hashlib
import secrets
from collections.abc import Mapping
from contextlib import suppress
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response

from web.guard.bodies import read_body
from web.guard.cookies import called
from web.problems import Refused
from web.state import state_of

COOKIE = "homeward_form"
FIELD = "form_token"
MOST_FIELDS = 1000
LENGTH = len(secrets.token_urlsafe(32))

Typed = Mapping[str, str]
"""What was typed into a form, by field; a field that came twice has its last value."""


class Stale(Refused):
    """The form is ours, but of another session: it may be sent again from the page that says so."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.FORBIDDEN, "You have signed in anew since this form was opened. Send it again."
        )


def token_of(request: Request) -> str:
    """Return the form token of this browser's session; where there is none, of the browser."""
    who = getattr(request.state, "who", None)
    if who is not None:
        return hashlib.sha256(b"form/" + who.digest).hexdigest()
    given = _of_browser(request)
    if len(given) == LENGTH:
        return given
    made: str = getattr(request.state, "form_token", None) or secrets.token_urlsafe(32)
    request.state.form_token = made
    return made


def remember(request: Request, response: Response) -> None:
    """Let a browser that nobody is signed in with keep its form token until it is closed."""
    token = token_of(request)
    if len(token) == LENGTH and _of_browser(request) != token:
        site = state_of(request).site
        name = called(site, COOKIE)
        response.set_cookie(name, token, httponly=True, samesite="strict", secure=site.secure, path="/")


def _of_browser(request: Request) -> str:
    return request.cookies.get(called(state_of(request).site, COOKIE), "")


async def typed(request: Request) -> Typed:
    """Return what was typed into a form of ours.

    Raises:
        Refused: the form came from elsewhere, or cannot be read.
    """
    form = await _read(request)
    check_token(request, form)
    request.state.typed = form
    return form


Form = Annotated[Typed, Depends(typed)]


async def keep(request: Request) -> None:
    """Keep what was typed into a form of ours that cannot be taken now, for the page that says so."""
    if request.method == "POST":
        with suppress(Refused):
            request.state.typed = await _read(request)


def kept(request: Request) -> Typed | None:
    """Return what was typed, without the token that it came with."""
    form: Typed | None = getattr(request.state, "typed", None)
    return None if form is None else {name: text for name, text in form.items() if name != FIELD}


def token_to_send_again(request: Request) -> str:
    """Return the token for a form that is kept: where nobody could ask who it is, its own."""
    if not hasattr(request.state, "who"):
        form: Typed | None = getattr(request.state, "typed", None)
        return (form or {}).get(FIELD, "")
    return token_of(request)


def check_token(request: Request, form: Typed) -> None:
    """Refuse a form that does not carry the token of this browser's session.

    Raises:
        Refused: it lacks, or is of another browser.
        Stale: it is of an earlier session; what was typed is kept.
    """
    given, wanted = form.get(FIELD, ""), token_of(request)
    known = getattr(request.state, "who", None) is not None or bool(_of_browser(request))
    if known and given and compare_digest(given.encode(), wanted.encode()):
        return
    if given and known and request.headers.get("sec-fetch-site") == "same-origin":
        request.state.typed = form
        raise Stale
    raise _elsewhere("it does not carry the token of this browser. Allow cookies for this page")


def check_origin(request: Request) -> None:
    """Refuse a form that the browser says is of another site.

    Raises:
        Refused: it is.
    """
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise _elsewhere("the browser says that it came from another site")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise _elsewhere("the browser says that it came from another site")


async def _read(request: Request) -> Typed:
    check_origin(request)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Fill in the form on our page and send that.")
    body = await read_body(request, 3 * state_of(request).site.max_body_bytes)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "The form cannot be read: open the page again.") from error
    return {name: value.replace("\0", "\N{REPLACEMENT CHARACTER}") for name, value in fields}


def _elsewhere(why: str) -> Refused:
    return Refused(
        HTTPStatus.FORBIDDEN, f"The form was not taken: {why}, open our page again and send it from there."
    )
