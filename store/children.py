"""Children: found by certain evidence, kept with what identifies them and what people are shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert

from domain.identity import Identity
from domain.matching import blocks
from domain.register import KnownChild
from store import tables
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child as stored. `indexed`: from the authority's own index, whose facts no message overrides."""

    known: KnownChild
    number: int
    indexed: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Care:
    """The child's legal status, placement and social worker over a period; `to_on` None means now."""

    child_id: UUID
    from_on: date
    to_on: date | None
    legal_status: str | None
    placement: str | None
    social_worker: str | None


async def candidates(
    tx: Transaction, identities: Collection[Identity], linked: Collection[UUID]
) -> dict[UUID, ChildRow]:
    """Return the live children that share an identifier or name key, or are among those linked."""
    return await _rows(
        tx,
        """
        id = ANY(CAST(:linked AS uuid[])) OR authority_child_id = ANY(CAST(:own AS text[]))
        OR nhs_number = ANY(CAST(:nhs AS text[])) OR upn = ANY(CAST(:upn AS text[]))
        OR name_key = ANY(CAST(:names AS text[]))
        """,
        linked=list(linked),
        own=_told(i.authority_child_id for i in identities),
        nhs=_told(i.nhs_number for i in identities),
        upn=_told(i.upn for i in identities),
        names=_told(i.name_key for i in identities),
    )


async def likely(tx: Transaction, keys: Collection[str]) -> dict[UUID, ChildRow]:
    """Return the live children of the authority's index of whom a description with these keys may be."""
    return await _rows(tx, "indexed", _BY_KEY, keys=sorted(keys))


async def told_of_and_sharing(tx: Transaction, keys: Collection[str]) -> set[UUID]:
    """Return the children of whom something was told, and who are found by one of these keys."""
    rows = await tx.all(
        """
        WITH told AS (SELECT DISTINCT coalesce(found_child_id, child_id) AS child_id FROM inbox
            WHERE authority = :authority AND child_id IS NOT NULL)
        SELECT DISTINCT child_id FROM told JOIN child_keys USING (child_id)
        WHERE authority = :authority AND key = ANY(CAST(:keys AS text[]))
        """,
        authority=tx.authority,
        keys=sorted(keys),
    )
    return {row.child_id for row in rows}


async def save(
    tx: Transaction, rows: Sequence[tuple[KnownChild, Mapping[str, Any], bool]], now: datetime
) -> dict[UUID, int]:
    """Insert or update children: what identifies them, the facts shown, whether the index has them.

    Return their numbers, as `numbers` does.

    For the rules each lives from now on, also one that was absorbed; what was decided of it stays.
    """
    values = [
        _identity_columns(known.identity)
        | {"id": known.id, "authority": tx.authority, "provisional": known.provisional}
        | {"facts": facts, "indexed": indexed, "created_at": now, "updated_at": now}
        for known, facts, indexed in sorted(rows, key=lambda row: row[0].id)
    ]
    statement = insert(tables.children)
    kept = {"id", "number", "authority", "created_at", "made_by", "decided"}
    changed: dict[str, Any] = {
        c.name: statement.excluded[c.name] for c in tables.children.columns if c.name not in kept
    }
    was, told = tables.children.c, statement.excluded
    changed["provisional"] = case((was.decided, was.provisional), else_=told.provisional)
    changed["found_provisional"] = case((was.decided, told.provisional))
    changed["absorbed_by"] = case((was.decided, was.absorbed_by))
    upsert = statement.on_conflict_do_update(index_elements=["id"], set_=changed)
    saved = await tx.upsert(upsert, values, was.id, was.number)
    await keep_keys(tx, {known.id: (known.identity, known.index or Identity()) for known, _, _ in rows})
    return {row.id: row.number for row in saved}


async def keep_keys(tx: Transaction, identities: Mapping[UUID, Collection[Identity]]) -> None:
    """Let children be found by the keys of these descriptions; the keys that they have already stay."""
    keys = sorted({(key, id_) for id_, those in identities.items() for one in those for key in blocks(one)})
    if keys:
        await tx.run(
            "INSERT INTO child_keys (authority, key, child_id)"
            " SELECT :authority, * FROM unnest(CAST(:keys AS text[]), CAST(:ids AS uuid[]))"
            " ON CONFLICT DO NOTHING",
            authority=tx.authority,
            keys=[key for key, _ in keys],
            ids=[id_ for _, id_ in keys],
        )


async def absorb(tx: Transaction, absorbed: Mapping[UUID, UUID], now: datetime) -> None:
    """Record which child took over which; the absorbed one leaves every look-up of the rules."""
    await tx.write(
        "UPDATE children SET updated_at = :now,"
        " absorbed_by = CASE WHEN decided THEN absorbed_by ELSE CAST(:by AS uuid) END,"
        " found_absorbed_by = CASE WHEN decided THEN CAST(:by AS uuid) END WHERE id = :id",
        [{"id": id_, "by": by, "now": now} for id_, by in absorbed.items()],
    )


async def absorbed_for_the_rules(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return by whom these children, and those who took them over, were taken over as the rules have it."""
    rows = await tx.all(
        f"""
        WITH RECURSIVE line(id, next) AS (
            SELECT id, {_FOUND_AS} FROM children WHERE id = ANY(CAST(:ids AS uuid[]))
            UNION SELECT c.id, {_FOUND_AS} FROM children c JOIN line ON c.id = line.next)
        SELECT id, next FROM line WHERE next IS NOT NULL
        """,  # noqa: S608 - constants
        ids=list(child_ids),
    )
    return {row.id: row.next for row in rows}


def survivor(child_id: UUID, absorbed: Mapping[UUID, UUID]) -> UUID:
    """Return who a child is, after some were absorbed by others that may have been absorbed in turn."""
    while child_id in absorbed:
        child_id = absorbed[child_id]
    return child_id


async def numbers(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the numbers by which the database keeps episodes of one child apart."""
    if not child_ids:
        return {}
    rows = await tx.all(
        "SELECT id, number FROM children WHERE id = ANY(CAST(:ids AS uuid[]))", ids=list(child_ids)
    )
    return {row.id: row.number for row in rows}


async def save_care(tx: Transaction, periods: Sequence[Care]) -> None:
    """Insert or update dated care facts by child and first day."""
    await tx.write(
        """
        INSERT INTO care (child_id, from_on, to_on, authority, legal_status, placement, social_worker)
        VALUES (:child_id, :from_on, :to_on, :authority, :legal_status, :placement, :social_worker)
        ON CONFLICT (child_id, from_on) DO UPDATE SET to_on = excluded.to_on,
            legal_status = excluded.legal_status, placement = excluded.placement,
            social_worker = excluded.social_worker
        """,
        [
            {
                "child_id": p.child_id,
                "from_on": p.from_on,
                "to_on": p.to_on,
                "authority": tx.authority,
                "legal_status": p.legal_status,
                "placement": p.placement,
                "social_worker": p.social_worker,
            }
            for p in periods
        ],
    )


async def care_of(tx: Transaction, child_ids: Collection[UUID]) -> list[Care]:
    """Return the dated care facts of these children, the earliest first."""
    rows = await tx.all(
        "SELECT * FROM care WHERE child_id = ANY(CAST(:ids AS uuid[])) ORDER BY child_id, from_on",
        ids=list(child_ids),
    )
    return [
        Care(row.child_id, row.from_on, row.to_on, row.legal_status, row.placement, row.social_worker)
        for row in rows
    ]


def _identity_columns(identity: Identity) -> dict[str, Any]:
    return {
        "authority_child_id": identity.authority_child_id,
        "nhs_number": identity.nhs_number,
        "upn": identity.upn,
        "date_of_birth": identity.date_of_birth,
        "family_key": identity.family_name,
        "given_keys": list(identity.given_names),
        "aka_keys": sorted(identity.also_known_as),
        "postcode_key": identity.postcode,
        "address_key": identity.address,
        "name_key": identity.name_key,
    }


_FOUND_AS = "CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END"
"""By whom the rules found a child to be taken over. The keys of `children` are over the same words."""


# one by one by its id, whatever the planner believes: right after an import it has no statistics yet
_BY_KEY = """
(SELECT one.* FROM (SELECT DISTINCT child_id FROM child_keys
    WHERE authority = :authority AND key = ANY(CAST(:keys AS text[]))) AS found
 CROSS JOIN LATERAL (SELECT * FROM children WHERE id = found.child_id OFFSET 0) AS one) AS children
"""


async def _rows(
    tx: Transaction, condition: str, children: str = "children", **values: Any
) -> dict[UUID, ChildRow]:
    rows = await tx.all(
        f"SELECT * FROM {children} WHERE authority = :authority AND ({_FOUND_AS}) IS NULL"  # noqa: S608 - constants
        f" AND made_by IS NULL AND ({condition}) ORDER BY number",
        authority=tx.authority,
        **values,
    )
    return {row.id: read(row) for row in rows}


def read(row: Any) -> ChildRow:
    """Return a child as the rules have it; what people decided is not in it."""
    identity = Identity(
        authority_child_id=row.authority_child_id,
        nhs_number=row.nhs_number,
        upn=row.upn,
        date_of_birth=row.date_of_birth,
        family_name=row.family_key,
        given_names=tuple(row.given_keys),
        also_known_as=frozenset(row.aka_keys),
        postcode=row.postcode_key,
        address=row.address_key,
    )
    provisional = row.found_provisional if row.decided else row.provisional
    return ChildRow(KnownChild(row.id, identity, provisional), row.number, row.indexed, row.facts)


def _told(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})
