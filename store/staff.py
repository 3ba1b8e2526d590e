"""The directory of people who work on interviews."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from schemas.staff import StaffMember
from store import tables
from store.database import Transaction

_FACTS = tuple(StaffMember.model_fields)


async def all_of(tx: Transaction) -> list[StaffMember]:
    """Return everybody, also who is gone, by id."""
    rows = await tx.all(
        "SELECT * FROM staff WHERE authority = :authority ORDER BY id", authority=tx.authority
    )
    return [read(row) for row in rows]


async def found(tx: Transaction, ids: Collection[str]) -> dict[str, StaffMember]:
    """Return those of these people who are in the directory, by id."""
    rows = await tx.all(
        "SELECT * FROM staff WHERE authority = :authority AND id = ANY(CAST(:ids AS text[]))",
        authority=tx.authority,
        ids=list(ids),
    )
    return {row.id: read(row) for row in rows}


async def save(tx: Transaction, people: Sequence[StaffMember], now: datetime) -> None:
    """Insert people or replace what is known of them."""
    statement = insert(tables.staff)
    changed = {name: statement.excluded[name] for name in (*_FACTS, "imported_at") if name != "id"}
    rows = [{**_columns(each), "authority": tx.authority, "imported_at": now} for each in people]
    await tx.write(statement.on_conflict_do_update(index_elements=["authority", "id"], set_=changed), rows)


def read(row: Any) -> StaffMember:
    """Return the person of a row."""
    return StaffMember.model_validate({name: getattr(row, name) for name in _FACTS})


def _columns(person: StaffMember) -> dict[str, Any]:
    told = person.model_dump(mode="json")
    return told | {"gone_on": person.gone_on, "roles": sorted(told["roles"])}
