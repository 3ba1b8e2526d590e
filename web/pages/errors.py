"""Refusals as plain pages for people; under the API they stay problem details."""

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import Response

from web.guard.hosts import PROBES
from web.pages.rendering import page
from web.problems import Refused, request_id, respond

HEADINGS = {
    HTTPStatus.NOT_FOUND: "Page not found",
    HTTPStatus.FORBIDDEN: "The form was not taken",
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


def answer(request: Request, refused: Refused) -> Response:
    """Return a page, or problem details to a machine."""
    path = request.url.path
    if path.startswith("/api/") or path in PROBES or path == "/live":
        return respond(refused)
    status = HTTPStatus(refused.problem.status)
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
