"""The append-only trail: written by whoever acts, chained by one sealer over committed rows.

A row's hash is the SHA-256 of the hash before it and of the row's own facts with the digest of its
payload, so that a lawful erasure of a payload does not break the chain.
"""

import hashlib
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
    rows = [(entry, canonical(entry.payload)) for entry in entries]
    await tx.write(
        """
        INSERT INTO ledger (authority, at, actor, action, subject, child_id, payload, payload_digest)
        VALUES (:authority, :at, :actor, :action, :subject, :child_id, CAST(:payload AS json), :digest)
        """,
        [
            {
                "authority": tx.authority,
                "at": now,
                "actor": tx.person,
                "action": entry.action,
                "subject": entry.subject,
                "child_id": entry.child_id,
                "payload": text.decode(),
                "digest": hashlib.sha256(text).digest(),
            }
            for entry, text in rows
        ],
    )


async def unsealed(tx: Transaction, limit: int) -> Sequence[Any]:
    """Return the oldest committed rows that are not in the chain yet."""
    return await tx.all(
        "SELECT l.* FROM ledger l LEFT JOIN seals s ON s.ledger_no = l.no"
        " WHERE l.authority = :authority AND s.ledger_no IS NULL ORDER BY l.no LIMIT :limit",
        authority=tx.authority,
        limit=limit,
    )


async def head(tx: Transaction) -> Seal:
    """Return the end of the authority's chain."""
    row = await tx.first(
        "SELECT position, hash FROM seals WHERE authority = :authority ORDER BY position DESC LIMIT 1",
        authority=tx.authority,
    )
    return Seal(row.position, bytes(row.hash)) if row else Seal(0, GENESIS)


async def seal(tx: Transaction, rows: Iterable[Any], now: datetime) -> Seal:
    """Add rows to the chain and return its new end."""
    last = await head(tx)
    sealed = []
    for row in rows:
        last = Seal(last.position + 1, chain(last.hash, row))
        sealed.append(
            {"authority": tx.authority, "position": last.position, "no": row.no, "hash": last.hash, "at": now}
        )
    await tx.write(
        "INSERT INTO seals (authority, position, ledger_no, hash, sealed_at)"
        " VALUES (:authority, :position, :no, :hash, :at)",
        sealed,
    )
    return last


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
