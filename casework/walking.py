"""Walking the ledger's chain from its beginning, for somebody who asks whether it is whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from schemas.reading import canonical
from store import ledger, verifying
from store.database import Store
from store.ledger import Seal

WALKING = "system:verify"


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the chain goes, its end, how many lines wait to be sealed, and what is wrong with it."""

    sealed: int
    unsealed: int
    head: bytes
    differences: tuple[str, ...]


async def walk(store: Store, authority: str, now: datetime, *, person: str) -> Walked:
    """Walk it all, also over lines that the person asking may not read; write down that it was done."""
    async with store.transaction(authority, WALKING, snapshot=True) as tx:
        rows = await verifying.ledger(tx)
    differences = tuple(broken(rows, authority))
    sealed = [row for row in rows if row.position]
    last = max(sealed, key=lambda row: row.position, default=None)
    async with store.transaction(authority, person) as tx:
        told = {"sealed": len(sealed), "differences": len(differences)}
        await ledger.write(tx, [ledger.Entry("ledger.walked", "ledger", told)], now)
    return Walked(
        len(sealed), len(rows) - len(sealed), bytes(last.hash) if last else ledger.GENESIS, differences
    )


def broken(rows: Sequence[Any], authority: str, heads: Iterable[Seal] = ()) -> Iterator[str]:
    """Yield what is wrong with a chain, also against heads of it that were published elsewhere."""
    for row in rows:
        written = None if row.payload is None else sha256(canonical(row.payload)).digest()
        if written not in (None, bytes(row.payload_digest)):
            yield f"ledger {row.no}: its payload is not what was written"
    sealed = sorted((row for row in rows if row.position), key=lambda row: row.position)
    hashes = {0: ledger.GENESIS}
    for expected, row in enumerate(sealed, start=1):
        if row.position != expected:
            yield f"ledger of {authority}: the row sealed at position {expected} is not there"
            return
        hashes[expected] = ledger.chain(hashes[expected - 1], row)
        if hashes[expected] != bytes(row.hash):
            yield f"ledger {row.no}: is not what was sealed at position {expected}"
            return
    lost = next((head for head in heads if hashes.get(head.position) != head.hash), None)
    if lost:
        yield (
            f"ledger of {authority}: the head published at position {lost.position} is not in the"
            f" chain, which ends at position {len(sealed)}: its tail was cut or rewritten"
        )
