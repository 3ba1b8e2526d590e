"""Sign-ins on their way to the provider and back. What is kept of each is used once, and not for long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from store import tables
from store.database import Transaction

HOLDS: Final = timedelta(minutes=15)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What was kept when somebody was sent to the provider."""

    kept: Mapping[str, Any]
    begun_at: datetime


async def keep(tx: Transaction, digest: bytes, kept: Mapping[str, Any], now: datetime) -> None:
    """Keep a sign-in that begins, and clear those that nobody will come back to."""
    await tx.run(
        "DELETE FROM sign_ins WHERE authority = :authority AND begun_at < :before",
        authority=tx.authority,
        before=now - 4 * HOLDS,
    )
    await tx.run(
        insert(tables.sign_ins).values(
            digest=digest, authority=tx.authority, kept=dict(kept), begun_at=now, used_at=None
        )
    )


async def take(tx: Transaction, digest: bytes, now: datetime) -> SignIn | None:
    """Return a sign-in that somebody comes back from; a second time there is none."""
    row = await tx.first(
        "UPDATE sign_ins SET used_at = :now WHERE digest = :digest AND used_at IS NULL AND begun_at > :after"
        " RETURNING kept, begun_at",
        digest=digest,
        now=now,
        after=now - HOLDS,
    )
    return SignIn(row.kept, row.begun_at) if row else None
