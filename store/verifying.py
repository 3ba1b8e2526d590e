"""Everything of one authority, for `homeward verify`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.telling import MessageKey
from store import conduct
from store.conduct import Given
from store.database import Transaction
from store.inbox import Stored


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows of one authority at one moment; rows have their table's columns as attributes."""

    authority: str
    inbox: Sequence[Stored]
    digests: Mapping[MessageKey, bytes]
    subjects: Mapping[MessageKey, str]
    child_numbers: Mapping[UUID, int]
    episodes: Sequence[Any]
    interviews: Sequence[Any]
    commands: Sequence[Given]
    """What people did to interviews, by interview and in order."""
    ledger: Sequence[Any]


async def everything(tx: Transaction) -> Everything:
    """Read it all, in a few statements."""
    a = {"authority": tx.authority}
    rows = await tx.all("SELECT * FROM inbox WHERE authority = :authority ORDER BY no", **a)
    keys = [MessageKey(row.source, row.id) for row in rows]
    children = await tx.all("SELECT id, number FROM children WHERE authority = :authority", **a)
    return Everything(
        authority=tx.authority,
        inbox=[
            Stored(key, row.payload, row.received_at, row.child_id)
            for key, row in zip(keys, rows, strict=True)
        ],
        digests={key: bytes(row.digest) for key, row in zip(keys, rows, strict=True)},
        subjects={key: row.subject for key, row in zip(keys, rows, strict=True)},
        child_numbers={row.id: row.number for row in children},
        episodes=await tx.all("SELECT * FROM episodes WHERE authority = :authority ORDER BY number", **a),
        interviews=await tx.all("SELECT * FROM interviews WHERE authority = :authority ORDER BY id", **a),
        commands=await conduct.all_given(tx),
        ledger=await tx.all("SELECT * FROM ledger WHERE authority = :authority ORDER BY no", **a),
    )
