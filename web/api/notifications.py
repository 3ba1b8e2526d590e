"""The way in for police forces, and for an authority's own systems."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from casework import intake, tracing
from casework.intake import Incoming, Receipt, Sender, Verdict
from schemas.notification import staff_source
from schemas.reading import Problem, Unreadable, parse_json
from web.api.reading import REFUSALS, problems
from web.guard.bearers import Bearer, Scope, bearer_with
from web.guard.bodies import read_body
from web.problems import FieldError, Refused
from web.state import Here, State

SINGLE = ("application/cloudevents+json", "application/json")
BATCH = "application/cloudevents-batch+json"
SMALL_BYTES = 100_000
"""Up to this size, single messages that come at the same time are stored together."""

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])
Teller = Annotated[Bearer, Depends(bearer_with(Scope.NOTIFY, Scope.WORK))]


class ReceiptOut(BaseModel):
    """What became of one message. `rejected` stands only in a batch: alone it is refused with 422 or 403."""

    id: str | None
    source: str | None
    status: Literal["accepted", "duplicate", "conflict", "rejected"]
    errors: list[FieldError] | None = None
    letter: UUID | None = None


_SCHEMA = {"$ref": "#/components/schemas/Notification"}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            **{media_type: {"schema": _SCHEMA} for media_type in SINGLE},
            BATCH: {"schema": {"type": "array", "items": _SCHEMA}},
        },
    }
}
_REFUSALS = REFUSALS | problems(
    HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
)


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=ReceiptOut | list[ReceiptOut],
    summary="Send one notification, or a batch",
    responses=_REFUSALS,
    openapi_extra=_BODY,
)
async def take(request: Request, bearer: Teller, here: Here) -> JSONResponse:
    """Answer once everything is durable.

    The same `source` and `id` again is a `duplicate`; with other content it is a `conflict`: the first
    stands, and the other is kept for a screener.
    """
    media_type = _media_type(request)
    body = await read_body(request, here.site.max_body_bytes)
    sender = _sender(bearer, here)
    if media_type == BATCH:
        receipts = await _take_batch(here, sender, body)
        return _answer([_item(receipt) for receipt in receipts])
    receipt = await _take_one(here, sender, body)
    _count(here, sender, [receipt])
    _raise_if_refused(receipt)
    return _answer(_item(receipt))


async def _take_one(here: State, sender: Sender, body: bytes) -> Receipt:
    message = Incoming(body, trace=tracing.current())
    if len(body) <= SMALL_BYTES:
        return await here.intake.ask(sender, message)
    return (await intake.receive(here.store, sender, [message], here.clock()))[0]


async def _take_batch(here: State, sender: Sender, body: bytes) -> list[Receipt]:
    try:
        parsed = parse_json(body)
    except Unreadable as error:
        await _refuse_whole(here, sender, body, error.problems[0])
    if not isinstance(parsed, list):
        problem = Problem("", f"A batch is a JSON array of notifications: send one alone as {SINGLE[0]}.")
        await _refuse_whole(here, sender, body, problem)
    messages = [Incoming(one, trace=tracing.current()) for one in parsed]
    receipts = await intake.receive(here.store, sender, messages, here.clock())
    _count(here, sender, receipts)
    return receipts


async def _refuse_whole(here: State, sender: Sender, body: bytes, problem: Problem) -> None:
    receipt = await intake.refuse(here.store, sender, body, problem, here.clock())
    _count(here, sender, [receipt])
    _raise_if_refused(receipt)


def _sender(bearer: Bearer, here: State) -> Sender:
    return Sender(
        via="http",
        name=bearer.token.name,
        authorities=here.site.authorities,
        authority=bearer.authority,
        source=bearer.token.source or staff_source(bearer.authority),
    )


def _raise_if_refused(receipt: Receipt) -> None:
    status = _REFUSED.get(receipt.verdict)
    if status is not None:
        told = "; ".join(map(str, receipt.problems))
        raise Refused(
            status,
            f"The notification was not taken. {told}",
            errors=receipt.problems,
            letter=receipt.letter_id,
        )


_REFUSED = {Verdict.REJECTED: HTTPStatus.UNPROCESSABLE_ENTITY, Verdict.FORBIDDEN: HTTPStatus.FORBIDDEN}


def _item(receipt: Receipt) -> ReceiptOut:
    refused = receipt.verdict in _REFUSED
    return ReceiptOut(
        id=receipt.id,
        source=receipt.source,
        status="rejected" if refused else receipt.verdict.value,
        errors=[FieldError(field=p.field, message=p.message) for p in receipt.problems] or None,
        letter=receipt.letter_id,
    )


def _answer(told: ReceiptOut | Sequence[ReceiptOut]) -> JSONResponse:
    content: Any = (
        told.model_dump(mode="json", exclude_none=not told.errors)
        if isinstance(told, ReceiptOut)
        else [one.model_dump(mode="json", exclude_none=not one.errors) for one in told]
    )
    return JSONResponse(content, status_code=HTTPStatus.ACCEPTED)


def _count(here: State, sender: Sender, receipts: Sequence[Receipt]) -> None:
    for receipt in receipts:
        here.metrics.received.labels(sender.via, receipt.verdict.value).inc()


def _media_type(request: Request) -> str:
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.replace('"', "").replace(" ", "").partition("charset=")[2]
    if media_type.strip() in {*SINGLE, BATCH} and charset in {"", "utf-8", "utf8"}:
        return media_type.strip()
    raise Refused(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"Send one notification as {SINGLE[0]}, or several as {BATCH}, in UTF-8.",
    )
