"""Every refusal, as problem details (RFC 9457) to a machine and as a plain page to a person."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from casework import refusals
from schemas.reading import Problem
from store.database import DatabaseUnavailable, DiskFull

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5


class FieldError(BaseModel):
    """One thing that is wrong: the field as a path such as `data.occurred_at`, and how to mend it."""

    field: str
    message: str


class ProblemDetail(BaseModel):
    """Why a request was refused, and how to mend it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
    letter: UUID | None = None
    """The dead letter in which a refused message is kept."""
    draft: int | None = None
    """The number of the draft in which what was typed is kept."""
    latest: int | None = None
    """The number of the draft that is the record, beside it."""
    request_id: str | None = None


class Refused(Exception):
    """A request that cannot be answered as asked; says which status and why."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Sequence[Problem] = (),
        letter: UUID | None = None,
        draft: int | None = None,
        latest: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = dict(headers or {})
        self.problem = ProblemDetail(
            title=status.phrase,
            status=status.value,
            detail=detail,
            errors=[FieldError(field=e.field, message=e.message) for e in errors] or None,
            letter=letter,
            draft=draft,
            latest=latest,
        )


def wrong_parameter(name: str, message: str) -> Refused:
    """Return the refusal of one query parameter."""
    return Refused(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"The parameter {name} {message}.",
        errors=[Problem(name, message)],
    )


def not_found(what: str) -> Refused:
    """Return the refusal of an id; whether a hidden child's or nobody's is not told."""
    return Refused(HTTPStatus.NOT_FOUND, f"There is no such {what}, or it may not be seen here.")


Answer = Callable[[Request, Refused], Response]
"""How a refusal is answered."""


def to_machine(_: Request, refused: Refused) -> Response:
    """Answer with problem details whoever asks."""
    return respond(refused)


def respond(refused: Refused) -> JSONResponse:
    """Return the problem details of a refusal."""
    body = refused.problem.model_copy(update={"request_id": request_id()})
    return JSONResponse(
        body.model_dump(mode="json", exclude_none=True),
        status_code=refused.problem.status,
        headers=refused.headers,
        media_type=MEDIA_TYPE,
    )


def of(error: Exception) -> Refused:
    """Return what a caller is told of an error; nothing of what is inside."""
    match error:
        case Refused():
            return error
        case DatabaseUnavailable():
            return _unavailable(error)
        case refusals.Refusal():
            return _refusal(error)
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            status = HTTPStatus(error.status_code)
            return Refused(status, _EXPLAINED.get(status, error.detail), headers=error.headers)
    return Refused(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here, not with what you sent. Try again; if it stays, tell those who run this"
        " service and give them the request id.",
    )


def install(app: FastAPI, answer: Answer) -> None:
    """Answer every refusal in one way."""

    async def handle(request: Request, error: Exception) -> Response:
        return answer(request, of(error))

    for kind in HANDLED:
        app.add_exception_handler(kind, handle)


HANDLED: tuple[type[Exception], ...] = (
    Refused,
    refusals.Refusal,
    DatabaseUnavailable,
    RequestValidationError,
    HTTPException,
)
_EXPLAINED = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method: see the Allow header.",
}
_PLAIN = {
    "extra_forbidden": "is not known here: leave it out, or correct its name",
    "missing": "is lacking: add it",
    "uuid_parsing": "must be an id such as 3b0c5d0e-0000-4000-8000-000000000001",
    "int_parsing": "must be a whole number",
}


def _invalid(error: RequestValidationError) -> Refused:
    if any(one["loc"][0] == "path" for one in error.errors()):
        return Refused(HTTPStatus.NOT_FOUND, _EXPLAINED[HTTPStatus.NOT_FOUND])
    problems = [_problem(one) for one in error.errors()]
    detail = "; ".join(f"The parameter {problem}" for problem in problems) + "."
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=problems)


def _refusal(error: refusals.Refusal) -> Refused:
    """Return what a caller is told of something that was not done."""
    sentence = f"{str(error)[:1].upper()}{str(error)[1:]}."
    match error:
        case refusals.Unknown():
            return Refused(HTTPStatus.NOT_FOUND, sentence)
        case refusals.BadInput():
            told = "; ".join(map(str, error.problems))
            return Refused(
                HTTPStatus.UNPROCESSABLE_ENTITY, f"Nothing was changed. {told}.", errors=error.problems
            )
        case _:
            return Refused(HTTPStatus.CONFLICT, sentence)


def _unavailable(error: DatabaseUnavailable) -> Refused:
    reason = "Its disk is full" if isinstance(error, DiskFull) else "The database cannot take this now"
    return Refused(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"{reason}: nothing was kept of this request. Send the same again later; doing so does no harm.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def _problem(error: Mapping[str, Any]) -> Problem:
    where, *path = error["loc"]
    field = ".".join(map(str, path[:1] if where == "query" else path)) or str(where)
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return Problem(field, _PLAIN.get(error["type"], message))


def request_id() -> str | None:
    """Return the id under which the log has the request that is being answered."""
    found = structlog.contextvars.get_contextvars().get("request_id")
    return str(found) if found else None
