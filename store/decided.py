"""Children as people's decisions leave them, beside what the rules found of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam

from domain.identity import Identity
from store import children, tables
from store.children import ChildRow
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a child: whether anything is decided, is it a placeholder still, who it is now."""

    decided: bool
    provisional: bool
    absorbed_by: UUID | None


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A child as stored: what the rules found, what is held, and the decision that made it, if one did."""

    row: ChildRow
    held: Held
    made_by: UUID | None
    found_as: UUID | None = None
    """Who took it over as the rules have it."""


async def rows(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, DecidedRow]:
    """Return these children, also those that were absorbed."""
    found = await tx.all(
        "SELECT * FROM children WHERE authority = :authority AND id = ANY(CAST(:ids AS uuid[]))"
        " ORDER BY number",
        authority=tx.authority,
        ids=list(child_ids),
    )
    return {row.id: read(row) for row in found}


async def make(tx: Transaction, child_id: UUID, decision_id: UUID, now: datetime) -> None:
    """Insert a child whom a decision makes; the rules do not know it."""
    await tx.run(
        "INSERT INTO children (id, authority, provisional, indexed, given_keys, aka_keys, facts, decided,"
        " found_provisional, made_by, created_at, updated_at)"
        " VALUES (:id, :authority, false, false, '{}', '{}', '{}', true, false, :by, :now, :now)",
        id=child_id,
        authority=tx.authority,
        by=decision_id,
        now=now,
    )


async def describe(
    tx: Transaction, facts: Mapping[UUID, tuple[Mapping[str, Any], Identity]], now: datetime
) -> None:
    """Write the facts shown of children of whom the rules say nothing now.

    One whom a decision made can be searched for by these, since nothing was found of it by the rules.
    """
    table = tables.children
    statement = table.update().where(table.c.id == bindparam("child"))
    statement = statement.values(facts=bindparam("told"), updated_at=bindparam("now"))
    told = sorted(facts.items())
    await tx.write(statement, [{"child": id_, "told": shown, "now": now} for id_, (shown, _) in told])
    await tx.write(
        "UPDATE children SET date_of_birth = :born, family_key = :family, given_keys = :given,"
        " aka_keys = :aka, postcode_key = :postcode, address_key = :address"
        " WHERE id = :child AND made_by IS NOT NULL",
        [
            {
                "child": id_,
                "born": identity.date_of_birth,
                "family": identity.family_name,
                "given": list(identity.given_names),
                "aka": sorted(identity.also_known_as),
                "postcode": identity.postcode,
                "address": identity.address,
            }
            for id_, (_, identity) in told
        ],
    )
    await children.keep_keys(tx, {id_: (identity,) for id_, (_, identity) in told})


async def hold(tx: Transaction, held: Mapping[UUID, Held], now: datetime) -> None:
    """Write what is held of children; where nothing is decided any more, what the rules found."""
    decided = {id_: one for id_, one in held.items() if one.decided}
    await tx.write(
        """
        UPDATE children SET decided = true, provisional = :provisional, absorbed_by = :by, updated_at = :now,
            found_provisional = CASE WHEN decided THEN found_provisional ELSE provisional END,
            found_absorbed_by = CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END
        WHERE id = :id
        """,
        [
            {"id": id_, "provisional": one.provisional, "by": one.absorbed_by, "now": now}
            for id_, one in sorted(decided.items())
        ],
    )
    undone = sorted(held.keys() - decided.keys())
    if not undone:
        return
    await tx.run(
        """
        UPDATE children SET decided = false, provisional = found_provisional, updated_at = :now,
            absorbed_by = found_absorbed_by, found_provisional = NULL, found_absorbed_by = NULL
        WHERE decided AND id = ANY(CAST(:ids AS uuid[]))
        """,
        ids=undone,
        now=now,
    )


def read(row: Any) -> DecidedRow:
    """Return the child of a row."""
    held = Held(row.decided, row.provisional, row.absorbed_by)
    found_as = row.found_absorbed_by if row.decided else row.absorbed_by
    return DecidedRow(children.read(row), held, row.made_by, found_as)
