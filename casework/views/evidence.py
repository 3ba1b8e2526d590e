"""The evidence for one question, field by field: what was told, and what each child has who may be meant.

Nothing is learnt from what is decided here: what a field weighs is the policy's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from domain.identity import Identity, agree, identity_of
from domain.matching import Among, Bar, Likelihood, Score, Unsure, among, blocks, likelihood, score
from schemas.matching_policy import MatchingPolicy
from schemas.notification import ChildFacts
from store.database import Transaction
from store.views import children, questions
from store.views.children import Child
from store.views.questions import Question

__all__ = ["Bar", "Candidate", "Evidence", "Likelihood", "Score", "Unsure", "evidence", "value_of"]

MOST: Final = 4
"""Children beside each other: more than these nobody can compare on one page."""
FURTHER: Final = 8
"""Children who are only named below these."""
RANK: Final[Mapping[Likelihood, int]] = {each: place for place, each in enumerate(Likelihood)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A child who may be meant, with how each field compares with what was told."""

    child: Child
    score: Score
    likelihood: Likelihood
    named: bool
    """Whether the question itself names it, or the screener looked it up."""
    unsure: Sequence[Unsure] = ()
    """What the other children tell of it."""

    @property
    def levels(self) -> Mapping[str, str]:
        """At which level each field is alike."""
        return {each.field: each.level for each in self.score.fields}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question, the child it is about, what was told of that child, and who else it may be."""

    question: Question
    child: Child
    told: Mapping[str, Any]
    filed: Candidate
    """The child under whom it is filed, beside what was told."""
    candidates: Sequence[Candidate]
    """The likeliest first."""
    further: Sequence[Candidate]
    """Who is alike as well, and for whom there is no place beside these."""
    policy: MatchingPolicy


async def evidence(
    tx: Transaction, question: Question, policy: MatchingPolicy, also: Sequence[UUID] = ()
) -> Evidence | None:
    """Return the evidence for a question; None where the child may not be seen.

    `also` are children whom the screener looked up, the last one first.
    """
    child_id = await children.resolve(tx, str(question.child_id))
    child = await children.find(tx, child_id) if child_id else None
    if child is None:
        return None
    told = await _told(tx, question, child)
    mine = identity_of(ChildFacts.model_validate(told))
    asked = await _live(tx, [*also, *map(UUID, question.evidence.get("others", ()))])
    found = {one.id: one for one in (*asked, *await children.sharing(tx, mine, blocks(mine), child.id))}
    found.pop(child.id, None)
    first = [one.id for one in asked]
    known = {one.id: _score(mine, one, policy) for one in (*found.values(), child) if not one.provisional}
    weighed = (_weighed(mine, one, known, policy, named=one.id in first) for one in found.values())
    kept = sorted(filter(_is_shown, weighed), key=_likeliest)
    kept.sort(key=lambda one: first.index(one.child.id) if one.named else len(first))
    filed = _weighed(mine, child, known, policy, named=True)
    here = MOST if child.provisional else MOST - 1  # who is known stands beside what was told as well
    beside, further = sorted(kept[:here], key=_likeliest), kept[here : here + FURTHER]
    return Evidence(question, child, told, filed, beside, further, policy)


def value_of(facts: Mapping[str, Any], field: str) -> str | None:
    """Return one field of a child's facts as it came."""
    if field == "home":
        address = facts.get("home_address") or {}
        return ", ".join(filter(None, (*(address.get("lines") or ()), address.get("postcode")))) or None
    value = facts.get(field)
    return None if value is None else str(value)


async def _told(tx: Transaction, question: Question, child: Child) -> Mapping[str, Any]:
    """Return what is compared: of a child who is known what the message says, else all that was told."""
    if question.message_source is None or question.message_id is None:
        return child.facts
    message = await questions.child_told(tx, question.message_source, question.message_id)
    return {**child.facts, **message} if child.provisional else message


async def _live(tx: Transaction, ids: Collection[UUID]) -> list[Child]:
    """Return these children, each as it is now."""
    now = [await children.resolve(tx, str(one)) for one in ids]
    shown = [await children.find(tx, one) for one in dict.fromkeys(now) if one]
    return [one for one in shown if one is not None]


def _score(told: Identity, child: Child, policy: MatchingPolicy) -> Score:
    return score(told, identity_of(ChildFacts.model_validate(child.facts)), policy)


def _weighed(
    told: Identity, child: Child, known: Mapping[UUID, Score], policy: MatchingPolicy, *, named: bool
) -> Candidate:
    """Weigh a child as the rules do, among all who are known. These never make anybody likelier."""
    scored = known.get(child.id) or _score(told, child, policy)
    found = Among(scored)
    if likelihood(found, policy) is not Likelihood.UNLIKELY:
        found = among(child.id, {**known, child.id: scored}, policy)
    if _contradicted(told, child, found.score):
        found = replace(found, score=replace(found.score, bars=(*found.score.bars, Bar.BIRTH_DATE)))
    return Candidate(child, found.score, likelihood(found, policy), named, found.unsure)


def _contradicted(told: Identity, child: Child, weighed: Score) -> bool:
    """Whether a birth date parts two who have a number in common.

    A slip of a digit lets weights join two; beside a number it is why a person is asked at all.
    """
    if not weighed.shares_a_number or weighed.bars:
        return False
    return not agree(told, identity_of(ChildFacts.model_validate(child.facts)))


def _is_shown(one: Candidate) -> bool:
    return one.named or one.score.shares_a_number or one.likelihood is not Likelihood.UNLIKELY


def _likeliest(one: Candidate) -> tuple[int, float]:
    return RANK[one.likelihood], -one.score.weight
