"""Forms come from our own pages only: the browser says so, and so does a token that only our page had."""

import secrets
from collections.abc import Mapping
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from fastapi.responses import Response

from web.guard.bodies import read_body
from web.problems import Refused
from web.state import state_of

COOKIE = "homeward_form"
FIELD = "form_token"
MOST_FIELDS = 100

Typed = Mapping[str, str]
"""What was typed into a form, by field; a field that came twice has its last value."""


def token_of(request: Request) -> str:
    """Return the form token of this browser; a new one if it has none yet."""
    given = request.cookies.get(COOKIE, "")
    return given if len(given) == len(secrets.token_urlsafe(32)) else secrets.token_urlsafe(32)


def remember(response: Response, token: str) -> None:
    """Let the browser keep the form token until it is closed."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")


async def typed(request: Request) -> Typed:
    """Return what was typed into a form of ours.

    Raises:
        Refused: the form came from elsewhere, or cannot be read.
    """
    _check_origin(request)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Fill in the form on our page and send that.")
    body = await read_body(request, 3 * state_of(request).site.max_body_bytes)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "The form cannot be read: open the page again.") from error
    form = {name: value.replace("\0", "\N{REPLACEMENT CHARACTER}") for name, value in fields}
    kept = request.cookies.get(COOKIE, "")
    if not kept or not compare_digest(form.get(FIELD, "").encode(), kept.encode()):
        raise _elsewhere("it does not carry the token of this browser. Allow cookies for this page")
    return form


Form = Annotated[Typed, Depends(typed)]


def _check_origin(request: Request) -> None:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise _elsewhere("the browser says that it came from another site")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise _elsewhere("the browser says that it came from another site")


def _elsewhere(why: str) -> Refused:
    return Refused(
        HTTPStatus.FORBIDDEN, f"The form was not taken: {why}, open our page again and send it from there."
    )
