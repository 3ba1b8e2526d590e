"""The append-only trail: written by whoever acts, chained by one sealer over committed rows.

Rows are sealed in the order in which the sealer meets them. A row's hash is the SHA-256 of the hash before
it and of the row's own facts with the digest of its payload, so that a lawful erasure of a payload does not
break the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.reading import canonical
from store.database import Transaction

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did. `subject` names what it was done to, such as `episode/ID`."""

    action: str
    subject: str
    payload: Any
    child_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """A position in an authority's chain."""

    position: int
    hash: bytes


async def write(tx: Transaction, entries: Sequence[Entry], now: datetime) -> None:
    """Append entries, by the person of the transaction."""
    await tx.run(
        """
        INSERT INTO ledger (authority, at, actor, action, subject, child_id, payload, payload_digest)
        SELECT :authority, :at, :actor, action, subject, child_id, CAST(payload AS json),
            decode(digest, 'hex')
        FROM json_to_recordset(CAST(:rows AS json)) AS entry(
            action text, subject text, child_id uuid, payload text, digest text)
        """,
        authority=tx.authority,
        at=now,
        actor=tx.person,
        rows=json.dumps([_row(entry) for entry in entries]),
    )


async def unsealed(tx: Transaction, limit: int) -> Sequence[Any]:
    """Return the oldest committed rows that are not in the chain yet."""
    return await tx.all(
        "SELECT * FROM ledger WHERE authority = :authority AND position IS NULL ORDER BY no LIMIT :limit",
        authority=tx.authority,
        limit=limit,
    )


async def head(tx: Transaction) -> Seal:
    """Return the end of the authority's chain."""
    row = await tx.first(
        "SELECT position, hash FROM ledger WHERE authority = :authority AND position IS NOT NULL"
        " ORDER BY position DESC LIMIT 1",
        authority=tx.authority,
    )
    return Seal(row.position, bytes(row.hash)) if row else Seal(0, GENESIS)


async def seal(tx: Transaction, rows: Iterable[Any], now: datetime) -> Seal:
    """Add rows to the chain and return its new end."""
    last = await head(tx)
    sealed: list[tuple[int, Seal]] = []
    for row in rows:
        last = Seal(last.position + 1, chain(last.hash, row))
        sealed.append((row.no, last))
    await tx.run(
        """
        UPDATE ledger SET position = seal.position, hash = seal.hash, sealed_at = :now
        FROM unnest(CAST(:numbers AS bigint[]), CAST(:positions AS bigint[]), CAST(:hashes AS bytea[]))
            AS seal(no, position, hash)
        WHERE ledger.no = seal.no
        """,
        now=now,
        numbers=[no for no, _ in sealed],
        positions=[one.position for _, one in sealed],
        hashes=[one.hash for _, one in sealed],
    )
    return last


def _row(entry: Entry) -> dict[str, str | None]:
    text = canonical(entry.payload)
    return {
        "action": entry.action,
        "subject": entry.subject,
        "child_id": str(entry.child_id) if entry.child_id else None,
        "payload": text.decode(),
        "digest": hashlib.sha256(text).hexdigest(),
    }


def chain(previous: bytes, row: Any) -> bytes:
    """Return the hash of a ledger row after the one before it."""
    facts = [
        row.no,
        row.authority,
        row.at.isoformat(),
        row.actor,
        row.action,
        row.subject,
        str(row.child_id) if row.child_id else None,
        bytes(row.payload_digest).hex(),
    ]
    return hashlib.sha256(previous + canonical(facts)).digest()
