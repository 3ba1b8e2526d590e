"""How a command comes in: a JSON object, a key that makes it happen once, and a token that may work."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request

from schemas.prose import LONGEST_LINE
from schemas.reading import Problem, Unreadable, parse_json
from web.api.reading import problems
from web.guard.bearers import Bearer, Scope, bearer_with
from web.guard.bodies import read_body
from web.problems import Refused

MOST_BYTES: Final = 4_000_000
"""A whole record with every section as long as it may be, and room for what is too long to be told so."""
Worker = Annotated[Bearer, Depends(bearer_with(Scope.WORK))]
CHANGED_MEANWHILE = problems(
    HTTPStatus.CONFLICT, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a command's sender sent: who by token, under which key, and the body."""

    person: str
    authority: str
    key: str
    body: dict[str, Any]

    def take(self, field: str) -> int:
        """Take a whole number out of the body, such as the version that the sender saw.

        Raises:
            Refused: it lacks, or is no whole number.
        """
        value = self.body.pop(field, None)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            raise wrong(Problem(field, "must be a whole number: the one that you saw when you decided"))
        return value


async def sent(
    request: Request,
    bearer: Worker,
    key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=LONGEST_LINE,
            description="Your own key for this one command: sent again with it, it is not done again",
        ),
    ],
) -> Sent:
    """Read the body of a command.

    Raises:
        Refused: it is no JSON object, or too long.
    """
    body = _parsed(await read_body(request, MOST_BYTES))
    if not isinstance(body, dict):
        raise wrong(Problem("", "must be one JSON object"))
    return Sent(bearer.person, bearer.authority, key, body)


def _parsed(content: bytes) -> Any:
    """Return the parsed body. Half of a character, as a cut emoji leaves, is told later, with its field."""
    try:
        return parse_json(content)
    except Unreadable as error:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise wrong(*error.problems) from error


Command = Annotated[Sent, Depends(sent)]


def wrong(*found: Problem) -> Refused:
    """Return the refusal of what cannot be read."""
    told = "; ".join(map(str, found))
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"Nothing was changed. {told}.", errors=found)


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return how OpenAPI describes a body that this module reads."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
