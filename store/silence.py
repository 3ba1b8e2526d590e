"""Since when nothing has been chased, and whether somebody knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from store.database import Store, Transaction
from store.views.rows import read_one

CHASING: Final = "chase-overdue"
"""The beat of whoever chases."""
WATCHED: Final = "chase-watched"
"""A beat that begins when somebody first looked, and never ends: from then on something should be chased."""


@dataclass(frozen=True, slots=True)
class Silence:
    """When the last chase ended, or else when somebody first looked; and since when its lack is known."""

    since: datetime
    alarmed_at: datetime | None


async def look(store: Store, now: datetime) -> Silence:
    """Return how it is; who looks first begins the watch."""
    async with store.transaction("") as tx:
        if (found := await last(tx)) is None:
            await tx.run(
                "INSERT INTO beats (name, started_at) VALUES (:chasing, :now), (:watched, :now)"
                " ON CONFLICT DO NOTHING",
                chasing=CHASING,
                watched=WATCHED,
                now=now,
            )
            found = await last(tx)
    return found or Silence(now, None)


async def last(tx: Transaction) -> Silence | None:
    """Return how it is; None where nobody has looked yet."""
    row = await tx.first(
        "SELECT coalesce(c.ended_at, w.started_at), c.alarmed_at FROM beats AS c, beats AS w"
        " WHERE c.name = :chasing AND w.name = :watched",
        chasing=CHASING,
        watched=WATCHED,
    )
    return read_one(Silence, row)


async def alarm(store: Store, now: datetime, silent_since: datetime) -> datetime | None:
    """Begin an outage, unless one is known or something was chased after `silent_since` all the same.

    Return since when the outage is known, whoever noticed it first; None where there is none.
    """
    async with store.transaction("") as tx:
        await tx.run(
            "UPDATE beats SET alarmed_at = :now WHERE name = :chasing AND alarmed_at IS NULL"
            " AND coalesce(ended_at, (SELECT started_at FROM beats WHERE name = :watched)) <= :silent_since",
            chasing=CHASING,
            watched=WATCHED,
            silent_since=silent_since,
            now=now,
        )
        at: datetime | None = await tx.scalar(
            "SELECT alarmed_at FROM beats WHERE name = :chasing", chasing=CHASING
        )
        return at
