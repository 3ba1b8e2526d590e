"""Everything of one authority, for `homeward verify`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.telling import MessageKey
from store import conduct, decided, decisions
from store.conduct import Given
from store.database import Transaction
from store.decided import DecidedRow
from store.decisions import Recorded
from store.inbox import Stored, stored


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows of one authority at one moment; rows have their table's columns as attributes."""

    authority: str
    inbox: Sequence[Stored]
    digests: Mapping[MessageKey, bytes]
    subjects: Mapping[MessageKey, str]
    children: Mapping[UUID, DecidedRow]
    decisions: Sequence[Recorded]
    """What people decided about who the children are, in order."""
    episodes: Sequence[Any]
    interviews: Sequence[Any]
    commands: Sequence[Given]
    """What people did to interviews, by interview and in order."""
    ledger: Sequence[Any]

    def child_number(self, child_id: UUID) -> int | None:
        """Return the number by which the database keeps a child's episodes apart; None for no such child."""
        row = self.children.get(child_id)
        return row.row.number if row else None


async def ledger(tx: Transaction) -> Sequence[Any]:
    """Return every line of the ledger, in the order in which they were written."""
    return await tx.all(
        "SELECT * FROM ledger WHERE authority = :authority ORDER BY no", authority=tx.authority
    )


async def everything(tx: Transaction) -> Everything:
    """Read it all, in a few statements."""
    a = {"authority": tx.authority}
    rows = await tx.all("SELECT * FROM inbox WHERE authority = :authority ORDER BY no", **a)
    keys = [MessageKey(row.source, row.id) for row in rows]
    children = await tx.all("SELECT * FROM children WHERE authority = :authority", **a)
    return Everything(
        authority=tx.authority,
        inbox=[stored(row) for row in rows],
        digests={key: bytes(row.digest) for key, row in zip(keys, rows, strict=True)},
        subjects={key: row.subject for key, row in zip(keys, rows, strict=True)},
        children={row.id: decided.read(row) for row in children},
        decisions=await decisions.everything(tx),
        episodes=await tx.all("SELECT * FROM episodes WHERE authority = :authority ORDER BY number", **a),
        interviews=await tx.all("SELECT * FROM interviews WHERE authority = :authority ORDER BY id", **a),
        commands=await conduct.all_given(tx),
        ledger=await ledger(tx),
    )
