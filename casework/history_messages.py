"""What a row of the past tells, as notifications of the authority's own staff. Pure.

The same row gives the same messages, so that the same file twice changes nothing. Each is told at the moment
of which it tells: whatever a force tells of the same incident, now or later, counts above it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from casework.history_rows import PastEpisode
from schemas.notification import TYPE_PREFIX, VERSION, staff_source
from schemas.words import Kind

Message = dict[str, Any]


def message_id(row: PastEpisode, kind: Kind) -> str:
    """Return the id of one of the row's messages; of the same moment they are read in this order."""
    return f"history-{row.id}-{_ORDER[kind]}-{kind}"


def messages(row: PastEpisode, authority: str) -> Iterator[Message]:
    """Yield what the row tells, the earliest first."""
    yield _message(row, authority, Kind.REPORTED, row.missing_at)
    if row.located_at:
        yield _message(row, authority, Kind.LOCATED, row.located_at)
    if row.returned_at:
        yield _message(row, authority, Kind.RETURNED, row.returned_at)


_ORDER = {Kind.REPORTED: 1, Kind.LOCATED: 2, Kind.RETURNED: 3}


def _message(row: PastEpisode, authority: str, kind: Kind, at: datetime) -> Message:
    data: Message = {"authority": authority, "occurred_at": at.isoformat(), "child": dict(row.child)}
    if kind is Kind.REPORTED:
        data["missing"] = dict(row.facts)
    if row.force:
        data["concerns"] = {"source": row.force, "subject": row.reference}
    return {
        "specversion": "1.0",
        "id": message_id(row, kind),
        "source": staff_source(authority),
        "type": f"{TYPE_PREFIX}{kind}.v{VERSION}",
        "subject": row.reference or f"P-{row.missing_at:%y}-{row.id[:7].upper()}",
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
