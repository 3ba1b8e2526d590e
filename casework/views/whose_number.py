"""Finding a child by number for somebody who may know that it is here, though not who it is."""

from uuid import UUID

from store.database import Transaction
from store.views import children

LOOKING_UP = "system:audit"


async def child_known_as(tx: Transaction, number: str) -> UUID | None:
    """Return our id of the child with the authority's own number, or with ours, restricted or not."""
    if not number.strip():
        return None
    async with tx.as_system(LOOKING_UP) as all_:
        return await children.resolve(all_, number.strip().replace("\0", ""))
