"""Importing the authority's index of children: whom it knows, and who has had the care of them since when.

What the index says of a child counts above what messages said. Messages that came before the import find
their children by it: the same as if the index had been there first.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.apply import CHANGED, reapply
from casework.csv_rows import refusal
from casework.index_rows import Index, IndexChild, RowProblem
from casework.policy_in_force import in_force
from domain.identity import Identity, identity_of
from domain.matching import blocks
from domain.register import KnownChild, new_child_id
from schemas.notification import ChildFacts
from schemas.policy import Policy
from schemas.reading import canonical
from store import children, ledger, questions
from store.children import Care, ChildRow
from store.database import Store, Transaction


class IndexRefused(Exception):
    """The index was not imported; `problems` says what is wrong in which line."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(refusal(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in children; `problems` are those that were passed over."""

    new: int
    changed: int
    unchanged: int
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """A child of the file with the row that it has, or will have, in the store."""

    told: IndexChild
    id: UUID
    row: ChildRow | None

    @property
    def facts(self) -> dict[str, Any]:
        return self.told.facts.model_dump(mode="json", exclude_none=True)

    @property
    def is_told_anew(self) -> bool:
        return self.row is None or not self.row.indexed or dict(self.row.facts) != self.facts

    @property
    def care(self) -> list[Care]:
        return [
            Care(self.id, c.from_on, c.to_on, c.legal_status, c.placement, c.social_worker)
            for c in self.told.care
        ]


async def import_children(
    store: Store,
    authority: str,
    index: Index,
    policy: Policy,
    *,
    person: str,
    now: datetime,
    keep_going: bool = False,
) -> Imported:
    """Import a whole index in one transaction; the same again changes nothing. Nobody is ever removed.

    Raises:
        IndexRefused: something is wrong, and `keep_going` does not say to pass over those children.
    """
    if index.problems and not keep_going:
        raise IndexRefused(index.problems)
    async with store.transaction(authority, person, exclusive=True) as tx:
        good, taken = await _free_of_others(tx, index.children)
        if taken and not keep_going:
            raise IndexRefused(taken)
        known = await _known(tx, good)
        changed, care = await _differences(tx, known)
        await _save(tx, changed, care, now)
        await reapply(tx, await _concerned(tx, changed), await in_force(tx, policy), now)
        touched = {child.id for child in changed} | {period.child_id for period in care}
        await ledger.write(tx, [_entry(child) for child in known if child.id in touched], now)
        await tx.tell(CHANGED)
    new = sum(child.row is None for child in changed)
    return Imported(new, len(touched) - new, len(known) - len(touched), (*index.problems, *taken))


async def _free_of_others(
    tx: Transaction, told: Sequence[IndexChild]
) -> tuple[list[IndexChild], list[RowProblem]]:
    """Part the children whose identifiers are free from those who have one of a child that stays as it is."""
    good, taken = list(told), list[RowProblem]()
    rows = await children.candidates(tx, [identity_of(child.facts) for child in told], ())
    while True:
        names = {child.authority_child_id for child in good}
        staying = [row for row in rows.values() if row.indexed and _own(row) not in names]
        found = list(_taken(good, staying))
        if not found:
            return good, taken
        taken += found
        refused = {problem.child for problem in found}
        good = [child for child in good if child.authority_child_id not in refused]


def _taken(told: Iterable[IndexChild], staying: Collection[ChildRow]) -> Iterator[RowProblem]:
    for name in ("nhs_number", "upn"):
        owner = {getattr(_indexed_identity(row), name): _own(row) for row in staying}
        for child in told:
            value = getattr(identity_of(child.facts), name)
            if value and value in owner:
                mend = f"is that of {owner[value]} in the index already: correct one, or import both"
                yield RowProblem(child.line, child.authority_child_id, f"{name}: {mend}")


async def _known(tx: Transaction, told: Sequence[IndexChild]) -> list[_Known]:
    """Find the stored child of each, or choose its id: the one that a message naming it would have made."""
    owns = [Identity(authority_child_id=child.authority_child_id) for child in told]
    rows = {_own(row): row for row in (await children.candidates(tx, owns, ())).values()}
    ids = {own: new_child_id(tx.authority, own, ()) for own in (child.authority_child_id for child in told)}
    used = await children.numbers(tx, ids.values())
    return [
        _Known(child, row.known.id if row else _free(tx.authority, own, ids[own], used), row)
        for child in told
        for own in (child.authority_child_id,)
        for row in (rows.get(own),)
    ]


def _free(authority: str, own: str, first: UUID, used: Mapping[UUID, int]) -> UUID:
    return new_child_id(authority, own, used) if first in used else first


async def _differences(tx: Transaction, known: Sequence[_Known]) -> tuple[list[_Known], list[Care]]:
    """Return the children that are new or told of differently, and the care that is not stored so."""
    stored = set(await children.care_of(tx, [child.id for child in known]))
    care = [period for child in known for period in child.care if period not in stored]
    return [child for child in known if child.is_told_anew], care


async def _save(tx: Transaction, changed: Sequence[_Known], care: Sequence[Care], now: datetime) -> None:
    identities = [identity_of(child.told.facts) for child in changed]
    rows = [
        (KnownChild(child.id, identity, provisional=False, index=identity), child.facts, True)
        for child, identity in zip(changed, identities, strict=True)
    ]
    await children.save(tx, rows, now)
    await children.save_care(tx, care)


async def _concerned(tx: Transaction, changed: Sequence[_Known]) -> list[UUID]:
    """Return whose messages to ask about again.

    Those of all who share something with a child told anew, and of all who were taken for somebody else
    because of one of these. Whoever is only alike counts if something was told of them.
    """
    identities = [identity_of(child.told.facts) for child in changed]
    alike = set(await children.candidates(tx, identities, ()))
    alike |= await children.told_of_and_sharing(tx, {key for one in identities for key in blocks(one)})
    named = await questions.naming(tx, alike)
    new = {child.id for child in changed if child.row is None}
    return sorted((alike | named) - new)


def _own(row: ChildRow) -> str:
    return row.known.identity.authority_child_id or ""


def _indexed_identity(row: ChildRow) -> Identity:
    return identity_of(ChildFacts.model_validate(row.facts))


def _entry(child: _Known) -> ledger.Entry:
    payload = {
        "child_id": str(child.id),
        "facts": hashlib.sha256(canonical(child.facts)).hexdigest(),
        "care": len(child.told.care),
    }
    return ledger.Entry("child.imported", f"child/{child.id}", payload, child.id)
