"""The audit trail, with its hashes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from store.views import ledger
from store.views.ledger import Line, Wanted
from web.api.lists import Instant, Page, after_number, page
from web.api.parameters import From, ListQuery, Text, To, check_order
from web.api.reading import REFUSALS, Reading, child_of

router = APIRouter(prefix="/api/v1/ledger", tags=["ledger"], responses=REFUSALS)


class LineOut(BaseModel):
    """One thing that somebody did.

    `hash` is the SHA-256 over `previous_hash` and this line's facts with `payload_digest`. Position and
    hashes are null until the line is sealed, which takes a moment; `payload` is null after a lawful erasure,
    and `previous_hash` where the line before is about a child whom the token may not see.
    """

    no: int
    at: Instant
    actor: str
    action: str
    subject: str
    child_id: UUID | None
    payload: Any
    payload_digest: str
    position: int | None
    hash: str | None
    previous_hash: str | None


class LedgerQuery(ListQuery):
    """Which lines."""

    subject: Annotated[Text | None, Field(description="What it was done to, such as `episode/ID`")] = None
    child: Annotated[Text | None, Field(description="Our id, or the authority's own id of the child")] = None
    action: Text | None = None
    actor: Text | None = None
    from_at: Annotated[From | None, Field(alias="from")] = None
    to_at: Annotated[To | None, Field(alias="to")] = None


@router.get("", summary="List what was done, in the order in which it was written down")
async def listed(tx: Reading, query: Annotated[LedgerQuery, Query()]) -> Page[LineOut]:
    """Give the authority's own lines; those about a child whom the token may not see are left out."""
    check_order(query.from_at, query.to_at)
    after = after_number(query.cursor)
    child_id, nobody = await child_of(tx, query.child)
    wanted = Wanted(query.subject, child_id, query.action, query.actor, query.from_at, query.to_at)
    rows = [] if nobody else await ledger.listed(tx, wanted, after, query.limit + 1)
    return page(rows, query.limit, _out, lambda row: [row.no])


def _out(row: Line) -> LineOut:
    return LineOut(**{name: getattr(row, name) for name in Line.__slots__})
