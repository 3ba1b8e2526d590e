"""One notification on its way: received, applied, or set aside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read_one


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the inbox, as far as it got. `child_id` is None until it is applied."""

    payload: Any
    received_at: datetime
    applied_at: datetime | None
    set_aside_at: datetime | None
    child_id: UUID | None


async def find(tx: Transaction, source: str, message_id: str) -> Message | None:
    """Return one message of the authority."""
    row = await tx.first(
        "SELECT payload, received_at, applied_at, set_aside_at, child_id FROM inbox"
        " WHERE authority = :authority AND source = :source AND id = :id",
        authority=tx.authority,
        source=source,
        id=message_id,
    )
    return read_one(Message, row)


async def is_known(tx: Transaction, source: str, subject: str) -> bool:
    """Whether anything was ever told under this reference of this source."""
    found = await tx.scalar(
        "SELECT EXISTS (SELECT FROM inbox"
        " WHERE authority = :authority AND source = :source AND subject = :subject)",
        authority=tx.authority,
        source=source,
        subject=subject,
    )
    return bool(found)
