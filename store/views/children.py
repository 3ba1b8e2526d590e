"""Children as they are read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.identity import Identity
from store.children import Care
from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Child:
    """A child with what people are shown; the numbers are those that hold.

    `absorbed_by` is who took over all that was told of this one.
    """

    id: UUID
    provisional: bool
    indexed: bool
    authority_child_id: str | None
    nhs_number: str | None
    upn: str | None
    date_of_birth: date | None
    facts: dict[str, Any]
    absorbed_by: UUID | None


@dataclass(frozen=True, slots=True)
class Told:
    """One applied notification of a child, as it came."""

    source: str
    id: str
    payload: Any
    via: str
    received_at: datetime


async def find(tx: Transaction, child_id: UUID) -> Child | None:
    """Return one child, also one that was absorbed."""
    row = await tx.first(
        f"{_SELECT} WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=child_id,
    )
    return read_one(Child, row)


async def resolve(tx: Transaction, known_as: str) -> UUID | None:
    """Return the child that an id of ours, or the authority's own, means now."""
    row = await tx.first(
        """
        WITH RECURSIVE line(id, next) AS (
            SELECT id, absorbed_by FROM children WHERE authority = :authority AND id::text = lower(:known_as)
            UNION SELECT c.id, c.absorbed_by FROM children c JOIN line ON c.id = line.next)
        SELECT id FROM line WHERE next IS NULL
        UNION ALL SELECT id FROM children
            WHERE authority = :authority AND authority_child_id = :known_as AND absorbed_by IS NULL
        LIMIT 1
        """,
        authority=tx.authority,
        known_as=known_as,
    )
    return row.id if row else None


async def search(tx: Transaction, words: Collection[str], whole: str, limit: int) -> list[Child]:
    """Return children who have every one of these normalised words in their names, or this very id.

    A word may be the beginning of a name.
    """
    rows = await tx.all(
        f"""
        {_SELECT} WHERE authority = :authority AND absorbed_by IS NULL
        AND (authority_child_id = :whole
             OR (cardinality(CAST(:words AS text[])) > 0 AND NOT EXISTS (
                 SELECT FROM unnest(CAST(:words AS text[])) AS word
                 WHERE NOT EXISTS (
                     SELECT FROM unnest(given_keys || aka_keys || family_key) AS name
                     WHERE starts_with(name, word)))))
        ORDER BY family_key NULLS LAST, given_keys, number LIMIT :limit
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        words=list(words),
        whole=whole,
        limit=limit,
    )
    return read(Child, rows)


async def sharing(
    tx: Transaction, told: Identity, keys: Collection[str], besides: UUID, limit: int = 300
) -> list[Child]:
    """Return live children who share a number or a key with a description, who share most of them first.

    `keys` are those of `domain.matching.blocks`.
    """
    rows = await tx.all(
        f"""
        WITH found(child_id, shared) AS (
            SELECT child_id, count(*) FROM child_keys
            WHERE authority = :authority AND key = ANY(CAST(:keys AS text[])) GROUP BY child_id
            UNION ALL SELECT id, :a_number FROM children WHERE authority = :authority AND {_OF_THE_RULES}
            AND (authority_child_id = :own OR nhs_number = :nhs OR upn = :upn)),
        most AS (SELECT child_id, sum(shared) AS shared FROM found GROUP BY child_id)
        SELECT {_COLUMNS} FROM most
        CROSS JOIN LATERAL (SELECT * FROM children WHERE id = most.child_id OFFSET 0) AS one -- by its id
        WHERE authority = :authority AND absorbed_by IS NULL AND id <> :besides
        ORDER BY shared DESC, number LIMIT :limit
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        keys=sorted(keys),
        a_number=_A_NUMBER,
        own=told.authority_child_id,
        nhs=told.nhs_number,
        upn=told.upn,
        besides=besides,
        limit=limit,
    )
    return read(Child, rows)


async def several(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, Child]:
    """Return those of these children who may be seen, also those that were absorbed."""
    rows = await tx.all(
        f"{_SELECT} WHERE authority = :authority AND id = ANY(CAST(:ids AS uuid[]))",
        authority=tx.authority,
        ids=list(child_ids),
    )
    return {child.id: child for child in read(Child, rows)}


async def care(tx: Transaction, child_id: UUID) -> list[Care]:
    """Return the child's dated care facts, the latest first."""
    rows = await tx.all(
        "SELECT child_id, from_on, to_on, legal_status, placement, social_worker FROM care"
        " WHERE authority = :authority AND child_id = :child_id ORDER BY from_on DESC",
        authority=tx.authority,
        child_id=child_id,
    )
    return read(Care, rows)


async def told(tx: Transaction, child_id: UUID) -> Sequence[Told]:
    """Return the applied notifications of a child, in the order in which they were received."""
    rows = await tx.all(
        "SELECT source, id, payload, via, received_at FROM inbox"
        " WHERE authority = :authority AND child_id = :child_id ORDER BY no",
        authority=tx.authority,
        child_id=child_id,
    )
    return read(Told, rows)


async def linked_by_weight(tx: Transaction, child_id: UUID) -> set[tuple[str, str]]:
    """Return which notifications were filed under a child by what they weigh, and not by a number.

    What was written down last about each holds.
    """
    rows = await tx.all(
        """
        SELECT payload->>'source' AS source, payload->>'id' AS id FROM (
            SELECT DISTINCT ON (subject) payload FROM ledger
            WHERE authority = :authority AND child_id = :child_id AND action = 'notification.linked'
            ORDER BY subject, no DESC) AS last
        WHERE payload->'weighed' IS NOT NULL
        """,
        authority=tx.authority,
        child_id=child_id,
    )
    return {(row.source, row.id) for row in rows}


_A_NUMBER = 100
"""As many keys as a number is worth: more than any description has, so that it comes first."""

_OF_THE_RULES = "(CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END) IS NULL"
"""In the words of the indexes by number, so that they are used. Whom the rules joined to another, and
a person parted again, is found by its keys."""

_COLUMNS = """
id, provisional, indexed, authority_child_id, nhs_number, upn, date_of_birth, facts, absorbed_by
"""
_SELECT = f"SELECT {_COLUMNS} FROM children"  # noqa: S608 - constants only
