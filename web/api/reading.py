"""What every answer of the API is read through: a transaction in the name of the token that asks."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request

from store.database import Transaction
from store.views import children
from web.guard.bearers import Bearer, Scope, bearer_with
from web.problems import MEDIA_TYPE, not_found
from web.state import state_of

Reader = Annotated[Bearer, Depends(bearer_with(Scope.READ, Scope.WORK))]


async def reading(request: Request, bearer: Reader) -> AsyncIterator[Transaction]:
    """Open a transaction for one request."""
    async with state_of(request).store.transaction(bearer.authority, person=bearer.person) as tx:
        yield tx


Reading = Annotated[Transaction, Depends(reading, scope="function")]
Key = Annotated[str, Path(description="The id")]


def id_of(text: str, what: str) -> UUID:
    """Return an id from an address; what is no id is an id of nothing."""
    try:
        return UUID(text)
    except ValueError as error:
        raise not_found(what) from error


async def child_of(tx: Transaction, known_as: str | None) -> tuple[UUID | None, bool]:
    """Return the child that is asked for, and whether the answer is empty because there is no such child."""
    child_id = await children.resolve(tx, known_as) if known_as else None
    return child_id, bool(known_as and child_id is None)


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes these refusals."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetail"}}}
    return {status.value: {"description": status.phrase, "content": content} for status in statuses}


REFUSALS = problems(
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.MISDIRECTED_REQUEST,  # whatever is asked under a host name that is not one of ours
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
