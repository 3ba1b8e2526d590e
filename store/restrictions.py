"""Restricted children: who may see them, and how that goes along with what was told of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction

Went = tuple[UUID, UUID]
"""From which child something went, and to which."""


@dataclass(frozen=True, slots=True)
class Restricted:
    """A child that has become restricted, or to fewer people than before, and because of which others."""

    child_id: UUID
    people: frozenset[str]
    because_of: tuple[UUID, ...]


async def carry(tx: Transaction, went: Collection[Went], now: datetime) -> list[Restricted]:
    """Restrict every child to whom something went from a restricted one, so that nothing is seen by more.

    The same people see it; where it was restricted already, those who were named for both. Nobody is a
    possible answer: then only the product's own machinery sees it, until a person names somebody.
    """
    if not went:
        return []
    before = await _people(tx, {child_id for pair in went for child_id in pair})
    changed = [
        Restricted(child_id, people, because_of)
        for child_id, (people, because_of) in sorted(_after(went, before).items())
        if before.get(child_id) != people
    ]
    await _save(tx, changed, now)
    return changed


def _after(
    went: Iterable[Went], before: Mapping[UUID, frozenset[str]]
) -> dict[UUID, tuple[frozenset[str], tuple[UUID, ...]]]:
    """Return, of each child that something restricted went to, who may see it and because of whom."""
    sources: dict[UUID, set[UUID]] = defaultdict(set)
    for child_id, by in went:
        if child_id in before and child_id != by:
            sources[by].add(child_id)
    return {
        by: (
            frozenset.intersection(*(before[one] for one in (*of, by) if one in before)),
            tuple(sorted(of)),
        )
        for by, of in sources.items()
    }


async def _people(tx: Transaction, child_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Return who may see those of these children that are restricted."""
    rows = await tx.all(
        """
        SELECT r.child_id, ARRAY(SELECT p.person FROM restriction_people p
                                 WHERE p.child_id = r.child_id AND p.withdrawn_at IS NULL) AS people
        FROM restrictions r WHERE r.authority = :authority AND r.child_id = ANY(CAST(:ids AS uuid[]))
            AND r.lifted_at IS NULL
        """,
        authority=tx.authority,
        ids=list(child_ids),
    )
    return {row.child_id: frozenset(row.people) for row in rows}


async def _save(tx: Transaction, changed: Iterable[Restricted], now: datetime) -> None:
    """Write restrictions; whoever was named before and is not among the people is so no more."""
    for one in changed:
        values = {"child": one.child_id, "authority": tx.authority, "people": sorted(one.people)}
        await tx.run(
            "INSERT INTO restrictions (child_id, authority) VALUES (:child, :authority)"
            " ON CONFLICT (child_id) DO UPDATE SET lifted_at = NULL, lifted_by = NULL, lifted_why = NULL",
            child=one.child_id,
            authority=tx.authority,
        )
        await tx.run(
            "UPDATE restriction_people SET withdrawn_at = :now WHERE authority = :authority"
            " AND child_id = :child AND withdrawn_at IS NULL AND person <> ALL(CAST(:people AS text[]))",
            now=now,
            **values,
        )
        await tx.run(
            "INSERT INTO restriction_people (child_id, person, authority)"
            " SELECT :child, person, :authority FROM unnest(CAST(:people AS text[])) AS person"
            " ON CONFLICT (child_id, person) DO UPDATE SET withdrawn_at = NULL",
            **values,
        )


@dataclass(frozen=True, slots=True)
class Restriction:
    """A child whom only some people see: who, since when, why; by whom it was said."""

    child_id: UUID
    reason: str | None
    restricted_by: str | None
    restricted_at: datetime | None
    people: frozenset[str]


async def of_child(tx: Transaction, child_id: UUID) -> Restriction | None:
    """Return the restriction of a child; None if there is none, or it was lifted."""
    row = await tx.first(
        "SELECT child_id, reason, restricted_by, restricted_at FROM restrictions"
        " WHERE authority = :authority AND child_id = :child_id AND lifted_at IS NULL",
        authority=tx.authority,
        child_id=child_id,
    )
    if row is None:
        return None
    people = (await _people(tx, [child_id])).get(child_id, frozenset())
    return Restriction(row.child_id, row.reason, row.restricted_by, row.restricted_at, people)


async def restrict(tx: Transaction, restriction: Restriction, now: datetime) -> None:
    """Restrict a child to these people, whoever was named before."""
    await _save(tx, [Restricted(restriction.child_id, restriction.people, ())], now)
    await tx.run(
        "UPDATE restrictions SET reason = :reason, restricted_by = :by, restricted_at = :at"
        " WHERE authority = :authority AND child_id = :child_id",
        authority=tx.authority,
        child_id=restriction.child_id,
        reason=restriction.reason,
        by=restriction.restricted_by,
        at=restriction.restricted_at,
    )


async def lift(tx: Transaction, child_id: UUID, *, by: str, why: str, now: datetime) -> int:
    """Let everybody see the child again; 0 if there is no restriction."""
    return await tx.run(
        "UPDATE restrictions SET lifted_at = :now, lifted_by = :by, lifted_why = :why"
        " WHERE authority = :authority AND child_id = :child_id AND lifted_at IS NULL",
        authority=tx.authority,
        child_id=child_id,
        by=by,
        why=why,
        now=now,
    )
