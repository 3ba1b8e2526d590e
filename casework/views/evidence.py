"""The evidence for one question, field by field: what was told, and what each child has who may be meant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.evidence import Likeness, alike, compare
from domain.identity import Identity, identity_of
from schemas.notification import ChildFacts
from store.database import Transaction
from store.views import children, questions
from store.views.children import Child
from store.views.questions import Question

__all__ = ["Candidate", "Evidence", "Likeness", "evidence", "value_of"]

MOST: Final = 4
"""Children beside each other: more than these nobody can compare on one page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A child who may be meant, with how each field compares with what was told."""

    child: Child
    compared: Mapping[str, Likeness]
    named: bool
    """Whether the question itself names it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question, the child it is about, what was told of that child, and who else it may be."""

    question: Question
    child: Child
    told: Mapping[str, Any]
    filed: Candidate
    """The child under whom it is filed, beside what was told."""
    candidates: Sequence[Candidate]


async def evidence(tx: Transaction, question: Question, also: Collection[UUID] = ()) -> Evidence | None:
    """Return the evidence for a question; None where the child may not be seen.

    `also` are children whom the screener looked up.
    """
    child_id = await children.resolve(tx, str(question.child_id))
    child = await children.find(tx, child_id) if child_id else None
    if child is None:
        return None
    told = await _told(tx, question, child)
    named = [UUID(one) for one in question.evidence.get("others", ())]
    found = await _others(tx, child, [*also, *named], ChildFacts.model_validate(told))
    mine = identity_of(ChildFacts.model_validate(told))
    candidates = [Candidate(one, compare(mine, _identity(one)), one.id in {*named, *also}) for one in found]
    candidates.sort(key=lambda one: (not one.named, -alike(one.compared)))
    filed = Candidate(child, compare(mine, _identity(child)), named=True)
    return Evidence(question, child, told, filed, candidates[:MOST])


def value_of(facts: Mapping[str, Any], field: str) -> str | None:
    """Return one field of a child's facts as it came."""
    if field == "postcode":
        address = facts.get("home_address") or {}
        return address.get("postcode")
    value = facts.get(field)
    return None if value is None else str(value)


async def _told(tx: Transaction, question: Question, child: Child) -> Mapping[str, Any]:
    """Return what the message that raised the question says of the child, else all that was told."""
    if question.message_source is None or question.message_id is None:
        return child.facts
    message = await questions.child_told(tx, question.message_source, question.message_id)
    return {**child.facts, **message}


async def _others(tx: Transaction, child: Child, ids: Sequence[UUID], told: ChildFacts) -> list[Child]:
    """Return the children named, and those who share a name, birth date or postcode, each as it is now."""
    found: dict[UUID, Child] = {}
    for one in ids:
        now = await children.resolve(tx, str(one))
        shown = await children.find(tx, now) if now else None
        if shown is not None:
            found[shown.id] = shown
    for shown in await children.sharing(tx, identity_of(told), child.id):
        found.setdefault(shown.id, shown)
    found.pop(child.id, None)
    return list(found.values())


def _identity(child: Child) -> Identity:
    return identity_of(ChildFacts.model_validate(child.facts))
