"""What people do to an interview: `POST /api/v1/interviews/{id}/{command}`, one route per command."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from casework import conduct
from casework.conduct import Asked
from casework.deeds import read_command, told
from schemas import commands as all_commands
from schemas.reading import Unreadable
from schemas.words import Stage
from store import conduct as store
from web.api.lists import Instant
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, id_of
from web.api.working import CHANGED_MEANWHILE, Command, described, wrong
from web.problems import not_found
from web.state import Here

router = APIRouter(
    prefix="/api/v1/interviews", tags=["commands"], responses=REFUSALS | CHANGED_MEANWHILE | NOT_FOUND
)
REF: Final = "#/components/schemas/{model}"


class DoneOut(BaseModel):
    """Where the interview stands after the command; `repeated`: it was done before, with the same key."""

    id: UUID
    version: int
    status: Stage
    repeated: bool


class GivenOut(BaseModel):
    """One command as it was given: who, when and all that it said."""

    no: int
    command: str
    by: str
    at: Instant
    body: dict[str, Any]


@router.get(
    "/{id}/commands", summary="Everything that was done to the interview, in order", tags=["interviews"]
)
async def listed(tx: Reading, id: Key) -> list[GivenOut]:  # noqa: A002 - its name in the address
    """Give each attempt, reason and decision word for word. `covered`: by another one's conversation."""
    found = await store.find(tx, id_of(id, "interview"))
    if found is None:
        raise not_found("interview")
    return [
        GivenOut(no=each.no, command=each.name, by=each.by, at=each.at, body=told(each))
        for each in await store.given_to(tx, found.interview.id)
    ]


def _route(name: str) -> Callable[..., Awaitable[DoneOut]]:
    async def give(id: Key, sent: Command, here: Here) -> DoneOut:  # noqa: A002 - its name in the address
        interview_id = id_of(id, "interview")
        version = sent.take("version")
        try:
            command = read_command(name, sent.body)
        except Unreadable as error:
            raise wrong(*error.problems) from error
        done = await conduct.act(
            here.store,
            sent.authority,
            interview_id,
            Asked(command, sent.key, version),
            person=sent.person,
            policy=here.site.policy,
            now=here.clock(),
        )
        return DoneOut(id=done.interview_id, version=done.version, status=done.status, repeated=done.repeated)

    return give


def bodies() -> dict[str, Any]:
    """Return the schemas of the commands' bodies: each one's fields, and the version that its sender saw."""
    version = {"type": "integer", "minimum": 1, "description": "The interview's version that you saw"}
    schemas: dict[str, Any] = {}
    for command in all_commands.COMMANDS:
        schema = command.model_json_schema(ref_template=REF)
        schemas |= schema.pop("$defs", {})
        schema["properties"] = {"version": version, **schema["properties"]}
        schema["required"] = ["version", *schema["required"]]
        schemas[command.__name__] = schema
    return schemas


for _command in all_commands.COMMANDS:
    _lines = (_command.__doc__ or "").strip().splitlines()
    router.add_api_route(
        f"/{{id}}/{_command.name}",
        _route(_command.name),
        methods=["POST"],
        name=_command.name,
        operation_id=f"interview_{_command.name.replace('-', '_')}",
        summary=_lines[0].rstrip("."),
        description="\n".join(_lines),
        openapi_extra=described({"$ref": REF.format(model=_command.__name__)}),
    )
