"""What may be right about a question: what is doubted, who stands beside it, and what can be chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework.views.evidence import Bar, Candidate, Evidence, Unsure, value_of
from schemas.decisions import AnyDecision, LinkChild, MergeChildren
from schemas.reading import read_as
from store.views.children import Child
from store.views.questions import Question
from web.pages.matching_words import BARS, UNSURE
from web.pages.screening_words import FIELDS, named
from web.pages.terms import MARKS, sentence, term

DOUBTFUL, UNKNOWN, PREVENTION_ONLY = "doubtful_notification", "unknown_child", "prevention_interview_only"
FIELD_OF = {
    "no_identity": "family_name",
    "no_birth_date": "date_of_birth",
    "adult": "date_of_birth",
    "bad_nhs_number": "nhs_number",
    "bad_upn": "upn",
}
"""The field that a mark doubts."""
AS_IT_IS = ("keep", "It is right as it is", "Nothing changes")
NOT_MISSING = (
    "keep",
    "No, nobody says that the child was missing",
    "Nothing changes. If the child was missing, record that as a notification instead",
)
TELLING: Mapping[str, str] = {
    "authority_child_id": "Their numbers here differ",
    "nhs_number": "Their NHS numbers differ",
    "upn": "Their pupil numbers differ",
    "date_of_birth": "Their dates of birth differ",
}
"""What two descriptions of one child seldom differ in."""
ALIKE: Final = frozenset({"same", "lacking"})
SAID: Final = frozenset({Bar.IDENTIFIER, Bar.BIRTH_DATE})
"""Of what stands against joining two, what `TELLING` says already."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The children beside what was told, those who are a look-up away, and the rows to show.

    `weighed` are those of the columns who are compared: all but one of whom nothing but this was told.
    """

    columns: Sequence[Candidate]
    weighed: Sequence[Candidate]
    strangers: Sequence[Candidate]
    fields: Sequence[str]
    doubted: Mapping[str, str]
    of_a_fact: bool


def beside(found: Evidence) -> Beside:
    """Return who stands beside what was told.

    A child who is known stands there as well. Where a fact is doubted, who is only alike is a stranger.
    """
    doubted = doubts(found.question)
    fact = is_of_a_fact(found.question)
    candidates = [one for one in found.candidates if one.named or not fact]
    strangers = [one for one in found.candidates if fact and not one.named]
    strangers += found.further
    columns = [found.filed, *candidates] if fact or not found.child.provisional else candidates
    shown = [found.told, *(one.child.facts for one in columns)]
    fields = [name for name in FIELDS if name in doubted or any(value_of(facts, name) for facts in shown)]
    weighed = [one for one in columns if one is not found.filed or not found.child.provisional]
    return Beside(columns, weighed, strangers, fields, doubted, fact)


def is_of_a_fact(question: Question) -> bool:
    """Whether something that was told is doubted, and not who the child is."""
    if question.kind == PREVENTION_ONLY:
        return True
    return question.kind == DOUBTFUL and "no_identity" not in question.evidence.get("marks", ())


def doubts(question: Question) -> Mapping[str, str]:
    """Return what is doubted, in words by field."""
    marks = [mark for mark in question.evidence.get("marks", ()) if mark in FIELD_OF]
    return {FIELD_OF[mark]: sentence(term(mark, MARKS)) for mark in marks}


def choices(found: Evidence, columns: Sequence[Candidate]) -> Sequence[tuple[str, str, str]]:
    """Return what can be chosen: value, text and hint. What answers the question comes first."""
    others = [
        (
            f"child-{one.child.id}",
            f"It is {named(one.child.facts)}",
            f"What was told is filed under {named(staying(found.child, one.child).facts)}",
        )
        for one in columns
        if one.child.id != found.child.id
    ]
    new = ("new", "It is a child of its own", "Nobody who is known here")
    keep = NOT_MISSING if found.question.kind == PREVENTION_ONLY else AS_IT_IS
    if found.question.kind == UNKNOWN:
        return [*others, new]
    return [keep, *others, new] if is_of_a_fact(found.question) else [*others, new, keep]


def warnings(found: Evidence, choice: str) -> Sequence[str]:
    """Return what speaks against the child who was chosen, as a question to whoever decides."""
    chosen = [one for one in found.candidates if choice == f"child-{one.child.id}"]
    return [f"{words}: are you sure that this is one child?" for one in chosen for words in _against(one)]


def reasons(one: Candidate) -> Sequence[str]:
    """Return why a child is not joined with what was told unless a person says so."""
    return [*(BARS[bar] for bar in one.score.bars), *(UNSURE[each] for each in one.unsure)]


def _against(one: Candidate) -> Iterator[str]:
    """Yield what two descriptions of one child seldom differ in, and why they are not joined by weight."""
    levels = one.levels
    yield from (words for field, words in TELLING.items() if levels.get(field, "lacking") not in ALIKE)
    yield from (BARS[bar] for bar in one.score.bars if bar not in SAID)
    yield from (UNSURE[each] for each in one.unsure if each is not Unsure.HOME_FOR_MANY)


def staying(child: Child, other: Child) -> Child:
    """Return which of two children who are one takes over: who is known better."""
    if child.provisional:
        return other
    return child if other.provisional or (child.indexed and not other.indexed) else other


def joining(child: Child, other: Child, told: Mapping[str, object]) -> AnyDecision:
    """Return the decision that two children are one."""
    stays = staying(child, other)
    goes = child if stays is other else other
    whom = {**told, "child": goes.id, "other": stays.id}
    return read_as(LinkChild, whom) if goes.provisional else read_as(MergeChildren, whom)
