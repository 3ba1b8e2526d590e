"""Finding a child by what somebody types."""

from domain.identity import normalise
from store.database import Transaction
from store.views import children

MOST = 20


async def find_child(tx: Transaction, typed: str) -> list[children.Child]:
    """Return children with these names or beginnings of names, or with this id of the authority's."""
    words = [word for part in typed.split() if (word := normalise(part))]
    return await children.search(tx, words, typed.strip(), MOST)
