"""Who has something open just now, so that two people at one place are told of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from store.database import Transaction

FORGOTTEN_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody at a place; `section` is the part of it that they have open, if any."""

    person: str
    name: str
    section: str | None
    seen_at: datetime


async def touch(tx: Transaction, place: str, section: str | None, *, name: str, now: datetime) -> None:
    """Write down that the person of this transaction is at a place; who left it long ago is forgotten."""
    await tx.run(
        "INSERT INTO presences (authority, place, person, name, section, seen_at)"
        " VALUES (:authority, :place, :person, :name, :section, :now)"
        " ON CONFLICT (authority, place, person) DO UPDATE"
        " SET name = excluded.name, section = excluded.section, seen_at = excluded.seen_at",
        authority=tx.authority,
        place=place,
        person=tx.person,
        name=name,
        section=section,
        now=now,
    )
    await tx.run(
        "DELETE FROM presences WHERE authority = :authority AND place = :place AND seen_at < :long_ago",
        authority=tx.authority,
        place=place,
        long_ago=now - FORGOTTEN_AFTER,
    )


async def others(tx: Transaction, place: str, since: datetime) -> Sequence[Presence]:
    """Return who else was at a place since a moment, by name."""
    rows = await tx.all(
        "SELECT person, name, section, seen_at FROM presences WHERE authority = :authority"
        " AND place = :place AND person <> :person AND seen_at >= :since ORDER BY name, person",
        authority=tx.authority,
        place=place,
        person=tx.person,
        since=since,
    )
    return [Presence(*row) for row in rows]
