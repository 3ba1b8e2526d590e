"""A child by its number, for somebody who may know that it is here, though not who it is."""

from collections.abc import Collection
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


async def numbers_of(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the authority's own numbers of those children who have one and may be seen.

    A restricted child's is left out: whoever already has it finds the child by it.
    """
    known = await children.several(tx, child_ids)
    return {id_: child.authority_child_id for id_, child in known.items() if child.authority_child_id}
