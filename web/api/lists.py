"""Lists in pages: opaque cursors that say after which item the next page begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, PlainSerializer, WithJsonSchema

from schemas.scalars import read_instant
from web.problems import wrong_parameter

Item = TypeVar("Item")
Row = TypeVar("Row")


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the page after it, or null."""

    items: list[Item]
    next: str | None


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


Instant = Annotated[
    datetime,
    PlainSerializer(_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant as it is answered: ISO 8601, in UTC, with its offset."""


def page(
    rows: Sequence[Row], limit: int, item: Callable[[Row], Item], key: Callable[[Row], Sequence[object]]
) -> Page[Item]:
    """Return a page of `rows`, of which one more than `limit` was asked for, sorted by `key`."""
    more = len(rows) > limit
    shown = rows[:limit]
    return Page(items=[item(row) for row in shown], next=_cursor(key(shown[-1])) if more else None)


def after_number(cursor: str | None) -> int:
    """Return the number after which a page begins."""
    if cursor is None:
        return 0
    match _place(cursor):
        case [int(number)] if 0 <= number < 2**63 and not isinstance(number, bool):
            return number
    raise _not_ours()


def after_moment(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Return the instant and the id after which a page begins."""
    if cursor is None:
        return None
    match _place(cursor):
        case [str(at), str(id_)]:
            try:
                return read_instant(at), UUID(id_)
            except ValueError as error:
                raise _not_ours() from error
    raise _not_ours()


def _cursor(place: Sequence[object]) -> str:
    told = [part.isoformat() if isinstance(part, datetime) else part for part in place]
    return urlsafe_b64encode(json.dumps(told, default=str).encode()).decode().rstrip("=")


def _place(cursor: str) -> object:
    try:
        return json.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise _not_ours() from error


def _not_ours() -> Exception:
    return wrong_parameter("cursor", "is not one that this list gave: leave it out to begin again")
