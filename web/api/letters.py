"""Dead letters: what could not be read, or may not be taken, with its bytes and the reasons."""

from base64 import b64encode
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from store import letters
from store.letters import Letter
from store.views import letters as views
from store.views.letters import Envelope
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import ListQuery
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, id_of
from web.problems import FieldError, not_found

router = APIRouter(prefix="/api/v1/letters", tags=["dead letters"], responses=REFUSALS)


class EnvelopeOut(BaseModel):
    """A dead letter from the outside. It waits for somebody while `outcome` is null."""

    id: UUID
    authority: str | None
    via: str
    sender: str
    reasons: list[FieldError]
    received_at: Instant
    arrivals: int
    size_bytes: int
    outcome: str | None


class Bytes(BaseModel):
    """Content as text, or as base64 where it is not UTF-8."""

    encoding: Literal["utf-8", "base64"]
    content: str


class LetterOut(EnvelopeOut):
    """A dead letter with what is in it, and what became of it."""

    original: Bytes
    mended: Bytes | None
    mended_by: str | None
    replayed_at: Instant | None


class LetterQuery(ListQuery):
    """Which letters; `waiting` true: those that nobody has replayed yet."""

    waiting: Annotated[bool | None, Field(description="true: not replayed yet; false: replayed")] = None


@router.get("", summary="List dead letters, the latest first")
async def listed(tx: Reading, query: Annotated[LetterQuery, Query()]) -> Page[EnvelopeOut]:
    """Give what is written on them; what is in one stands under its id."""
    after = after_moment(query.cursor)
    rows = await views.listed(tx, waiting=query.waiting, after=after, limit=query.limit + 1)
    return page(rows, query.limit, _envelope, lambda row: [row.received_at, row.id])


@router.get("/{id}", summary="One dead letter with its bytes", responses=NOT_FOUND)
async def one(tx: Reading, id: Key) -> LetterOut:  # noqa: A002 - its name in the address
    """Give what is in it, and what it was mended to."""
    letter = await letters.find(tx, id_of(id, "dead letter"))
    if letter is None:
        raise not_found("dead letter")
    return _letter(letter)


def _envelope(row: Envelope) -> EnvelopeOut:
    facts = {name: getattr(row, name) for name in Envelope.__slots__}
    return EnvelopeOut(**facts)


def _letter(letter: Letter) -> LetterOut:
    return LetterOut(
        id=letter.id,
        authority=letter.authority,
        via=letter.via,
        sender=letter.sender,
        reasons=[FieldError(**reason) for reason in letter.reasons],
        received_at=letter.received_at,
        arrivals=letter.arrivals,
        size_bytes=len(letter.content),
        outcome=letter.outcome,
        original=_bytes(letter.content),
        mended=_bytes(letter.mended) if letter.mended is not None else None,
        mended_by=letter.mended_by,
        replayed_at=letter.replayed_at,
    )


def _bytes(content: bytes) -> Bytes:
    try:
        return Bytes(encoding="utf-8", content=content.decode())
    except UnicodeDecodeError:
        return Bytes(encoding="base64", content=b64encode(content).decode())
