"""Refusals as plain pages for people; under the API they stay problem details."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from web.guard.forms import Stale, Typed, kept, token_to_send_again
from web.guard.hosts import PROBES
from web.guard.sessions import SignInFirst, to_sign_in
from web.pages.rendering import page
from web.pages.seeing import PurposeNeeded
from web.problems import Refused, request_id, respond

HEADINGS = {
    HTTPStatus.NOT_FOUND: "Page not found",
    HTTPStatus.FORBIDDEN: "This is not allowed",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The address cannot be understood",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Homeward cannot answer just now",
}
DETAILS = {
    HTTPStatus.NOT_FOUND: "It may have been typed wrongly, or what it showed may not be seen by you.",
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "The database does not answer, or has no room left. What was accepted before is safe. Try again in a"
        " minute, and tell whoever looks after this service if it stays so."
    ),
}


NOT_TAKEN = {HTTPStatus.SERVICE_UNAVAILABLE: "This could not be recorded just now"}
TO_MACHINES = ("/api/", "/live", "/session/")
SENT_AGAIN = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
)


def answer(request: Request, refused: Refused) -> Response:
    """Return a page, or problem details to a machine; what was typed into a form stays on the page."""
    path = request.url.path
    if path.startswith(TO_MACHINES) or path in PROBES or _is_script(request):
        return respond(refused)
    status = HTTPStatus(refused.problem.status)
    typed = kept(request) if status in SENT_AGAIN or isinstance(refused, Stale) else None
    if typed:
        return _send_again(request, refused, typed)
    if isinstance(refused, SignInFirst):
        return to_sign_in(request)
    return _plain(request, refused, status)


def ask_why(request: Request, error: Exception) -> Response:
    """Lead to the question why somebody looks at a child, and from there back."""
    assert isinstance(error, PurposeNeeded)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = quote(asked, safe="/") if request.method == "GET" else ""
    return RedirectResponse(f"/children/{error.child_id}/why?to={to}", HTTPStatus.SEE_OTHER)


def _is_script(request: Request) -> bool:
    accepts = request.headers.get("accept", "")
    return "application/json" in accepts and "text/html" not in accepts


def _send_again(request: Request, refused: Refused, typed: Typed) -> Response:
    """Show a page that holds what was typed, and sends it again to where it was sent."""
    shown = page(
        request,
        "send_again.html",
        status=HTTPStatus(refused.problem.status),
        heading=NOT_TAKEN.get(HTTPStatus(refused.problem.status), "This was not taken yet"),
        why=DETAILS.get(HTTPStatus(refused.problem.status), refused.problem.detail),
        signed_out=isinstance(refused, SignInFirst),
        token=token_to_send_again(request),
        typed=typed,
    )
    shown.headers.update(refused.headers)
    return shown


def _plain(request: Request, refused: Refused, status: HTTPStatus) -> Response:
    shown = page(
        request,
        "error.html",
        status=status,
        heading=HEADINGS.get(status, status.phrase),
        detail=DETAILS.get(status, refused.problem.detail),
        errors=refused.problem.errors or [],
        request_id=request_id(),
    )
    shown.headers.update(refused.headers)
    return shown
