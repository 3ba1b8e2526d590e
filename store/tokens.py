"""Bearer tokens, hashed at rest: a token is 32 random bytes, so that a plain SHA-256 is enough."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Token:
    """Who bears a token, and what for. `source` is the one that a force's feed (`notify`) may send as."""

    id: UUID
    authority: str
    name: str
    scope: str
    source: str | None
    created_at: datetime
    revoked_at: datetime | None


def digest_of(secret: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(secret.encode()).digest()


async def add(tx: Transaction, token: Token, secret: str) -> None:
    """Store a token; its secret is not."""
    await tx.run(
        "INSERT INTO tokens (id, authority, name, scope, source, digest, created_at)"
        " VALUES (:id, :authority, :name, :scope, :source, :digest, :at)",
        id=token.id,
        authority=tx.authority,
        name=token.name,
        scope=token.scope,
        source=token.source,
        digest=digest_of(secret),
        at=token.created_at,
    )


async def find(tx: Transaction, secret: str) -> Token | None:
    """Return the token that a bearer shows, in a transaction opened with its digest; None if revoked."""
    row = await tx.first(
        "SELECT * FROM tokens WHERE digest = :digest AND revoked_at IS NULL", digest=digest_of(secret)
    )
    return _token(row) if row else None


async def listed(tx: Transaction) -> list[Token]:
    """Return the authority's tokens, the latest first."""
    rows = await tx.all(
        "SELECT * FROM tokens WHERE authority = :authority ORDER BY created_at DESC, id",
        authority=tx.authority,
    )
    return [_token(row) for row in rows]


async def revoke(tx: Transaction, name: str, now: datetime) -> int:
    """Revoke the tokens of this name and return how many there were."""
    return await tx.run(
        "UPDATE tokens SET revoked_at = :now"
        " WHERE authority = :authority AND name = :name AND revoked_at IS NULL",
        now=now,
        authority=tx.authority,
        name=name,
    )


def _token(row: Any) -> Token:
    return Token(row.id, row.authority, row.name, row.scope, row.source, row.created_at, row.revoked_at)
