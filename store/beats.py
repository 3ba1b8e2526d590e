"""When each thing that is done by the clock was last begun, and how it ended.

A beat is nobody's: it has no authority, since a scheduler that is dead has none either.
"""

from dataclasses import dataclass
from datetime import datetime

from store.database import Store, Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Beat:
    """The last run of one thing. `ended_at` is of the last run that ended; null while the first one runs.

    `failed_why` is of the last run that ended, null where it ended well. `alarmed_at`: since when somebody
    knows that the beat is missing.
    """

    name: str
    started_at: datetime
    ended_at: datetime | None
    failed_why: str | None
    alarmed_at: datetime | None


async def begin(store: Store, name: str, now: datetime) -> None:
    """Write down that a run began."""
    async with store.transaction("") as tx:
        await tx.run(
            "INSERT INTO beats (name, started_at) VALUES (:name, :now) ON CONFLICT (name)"
            " DO UPDATE SET started_at = greatest(beats.started_at, excluded.started_at)",
            name=name,
            now=now,
        )


async def end(store: Store, name: str, now: datetime, failed_why: str | None = None) -> None:
    """Write down that a run ended, and why it failed if it did."""
    async with store.transaction("") as tx:
        await tx.run(
            "INSERT INTO beats (name, started_at, ended_at, failed_why) VALUES (:name, :now, :now, :why)"
            " ON CONFLICT (name) DO UPDATE SET ended_at = excluded.ended_at,"
            " failed_why = excluded.failed_why,"
            " alarmed_at = CASE WHEN excluded.failed_why IS NULL THEN NULL ELSE beats.alarmed_at END",
            name=name,
            now=now,
            why=failed_why,
        )


async def last(store: Store, name: str) -> Beat | None:
    """Return the last run of one thing; None where it never ran."""
    async with store.transaction("") as tx:
        return read_one(Beat, await tx.first(f"{_SELECT} WHERE name = :name", name=name))


async def every(tx: Transaction) -> list[Beat]:
    """Return the last run of each thing, by name."""
    return read(Beat, await tx.all(f"{_SELECT} ORDER BY name"))


async def reached(tx: Transaction, name: str) -> datetime | None:
    """Return up to which moment something was done for good; None where it never was."""
    at: datetime | None = await tx.scalar("SELECT ended_at FROM beats WHERE name = :name", name=name)
    return at


async def reach(tx: Transaction, name: str, until: datetime) -> None:
    """Write down, with the transaction, up to which moment something is done; it never goes back."""
    await tx.run(
        "INSERT INTO beats (name, started_at, ended_at) VALUES (:name, :until, :until) ON CONFLICT (name)"
        " DO UPDATE SET started_at = greatest(beats.started_at, excluded.started_at),"
        " ended_at = greatest(beats.ended_at, excluded.ended_at)",
        name=name,
        until=until,
    )


_SELECT = "SELECT name, started_at, ended_at, failed_why, alarmed_at FROM beats"
