"""Whether the database is as safe as it has to be: what `homeward doctor` asks."""

from dataclasses import dataclass
from datetime import datetime

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Role:
    """As whom the application works, and what would let it past row-level security."""

    name: str
    superuser: bool
    bypasses: bool
    owns: int
    """How many tables, views, sequences and functions of Homeward's schema."""


async def role(tx: Transaction) -> Role:
    """Return the role of this connection."""
    row = await tx.first(
        """
        SELECT rolname, rolsuper, rolbypassrls,
            (SELECT count(*) FROM pg_class c WHERE pg_has_role(r.oid, c.relowner, 'MEMBER')
             AND c.relnamespace = current_schema()::regnamespace)
            + (SELECT count(*) FROM pg_proc p WHERE pg_has_role(r.oid, p.proowner, 'MEMBER')
               AND p.pronamespace = current_schema()::regnamespace)
        FROM pg_roles r WHERE rolname = current_user
        """
    )
    assert row is not None
    name, superuser, bypasses, owns = tuple(row)
    return Role(name, superuser, bypasses, owns)


async def unguarded(tx: Transaction) -> list[str]:
    """Return the tables on which row-level security is not in force, also for their owner."""
    rows = await tx.all(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname <> 'alembic_version'"
        " AND relnamespace = current_schema()::regnamespace"
        " AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname"
    )
    return [row.relname for row in rows]


async def version(tx: Transaction) -> str:
    """Return PostgreSQL's version, such as 18.1."""
    return str(await tx.scalar("SHOW server_version")).split()[0]


async def clock(tx: Transaction) -> datetime:
    """Return what the database takes for the present moment."""
    now: datetime = await tx.scalar("SELECT clock_timestamp()")
    return now


async def oldest_unsealed_at(tx: Transaction) -> datetime | None:
    """Return since when the oldest ledger row of the authority waits to be sealed."""
    at: datetime | None = await tx.scalar(
        "SELECT min(at) FROM ledger WHERE authority = :authority AND position IS NULL", authority=tx.authority
    )
    return at


async def hash_at(tx: Transaction, position: int) -> bytes | None:
    """Return the hash at a position of the authority's chain; None if it has none there."""
    found = await tx.scalar(
        "SELECT hash FROM ledger WHERE authority = :authority AND position = :position",
        authority=tx.authority,
        position=position,
    )
    return bytes(found) if found is not None else None


async def has_data(tx: Transaction) -> bool:
    """Whether the authority has any child or any message."""
    return bool(
        await tx.scalar(
            "SELECT EXISTS (SELECT FROM inbox WHERE authority = :authority)"
            " OR EXISTS (SELECT FROM children WHERE authority = :authority)",
            authority=tx.authority,
        )
    )
