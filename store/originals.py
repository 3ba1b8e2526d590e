"""Originals: files and mails exactly as they came, and which notifications came of which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.telling import MessageKey
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """An original; `shown` is what was read of it, as text. Its `name` is the sender's word."""

    authority: str | None
    digest: bytes
    name: str
    media: str
    content: bytes
    shown: str
    via: str
    sender: str
    received_at: datetime

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE, f"original/{self.authority}/{self.digest.hex()}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in an original a notification stands."""

    original: bytes
    key: MessageKey
    place: str


async def add(tx: Transaction, original: Kept) -> bool:
    """Store an original, unless it is there, and say whether it was new."""
    touched = await tx.run(
        """
        INSERT INTO originals (id, authority, digest, name, media, content, shown, via, sender, received_at)
        VALUES (:id, CAST(:authority AS text), :digest, :name, :media, :content, :shown, :via, :sender, :at)
        ON CONFLICT (id) DO NOTHING
        """,
        id=original.id,
        authority=original.authority,
        digest=original.digest,
        name=original.name,
        media=original.media,
        content=original.content,
        shown=original.shown,
        via=original.via,
        sender=original.sender,
        at=original.received_at,
    )
    return touched > 0


async def link(tx: Transaction, origins: Sequence[Origin]) -> None:
    """Record of which originals notifications came."""
    await tx.write(
        """
        INSERT INTO origins (id, authority, original, source, message_id, place)
        VALUES (:id, :authority, :original, :source, :message_id, :place) ON CONFLICT (id) DO NOTHING
        """,
        [
            {
                "id": _id(tx.authority, each),
                "authority": tx.authority,
                "original": each.original,
                "source": each.key.source,
                "message_id": each.key.id,
                "place": each.place,
            }
            for each in origins
        ],
    )


async def find(tx: Transaction, digest: bytes) -> Kept | None:
    """Return an original by the digest of its bytes, if this authority may see it."""
    row = await tx.first(
        "SELECT * FROM originals WHERE digest = :digest ORDER BY authority NULLS LAST LIMIT 1", digest=digest
    )
    return _kept(row) if row else None


async def of_message(tx: Transaction, key: MessageKey) -> list[Origin]:
    """Return every original in which a notification came."""
    rows = await tx.all(
        "SELECT * FROM origins WHERE source = :source AND message_id = :id ORDER BY id",
        source=key.source,
        id=key.id,
    )
    return [Origin(bytes(row.original), MessageKey(row.source, row.message_id), row.place) for row in rows]


def _id(authority: str, origin: Origin) -> UUID:
    told = f"{origin.key.source}/{origin.key.id}/{origin.place}"
    return uuid5(NAMESPACE, f"origin/{authority}/{origin.original.hex()}/{told}")


def _kept(row: Any) -> Kept:
    return Kept(
        authority=row.authority,
        digest=bytes(row.digest),
        name=row.name,
        media=row.media,
        content=bytes(row.content),
        shown=row.shown,
        via=row.via,
        sender=row.sender,
        received_at=row.received_at,
    )
