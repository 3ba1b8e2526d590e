"""What waits for a screener, in words: what is asked, why, and where to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from store.database import Transaction
from store.views import questions
from store.views.questions import Question
from web.pages.terms import CONFLICTS, MARKS, full_name, term

ASKED = {
    "unknown_child": (
        "Who is this child?",
        "A child was told of whom nobody here knows by number, or by name, date of birth and postcode.",
    ),
    "identity_contradicted": (
        "Is this the same child?",
        "A number matches, but the date of birth, or another number, does not.",
    ),
    "several_children": ("Which child is it?", "What was told fits more than one child."),
    "doubtful_notification": (
        "Is this right?",
        "A notification was taken, but something about it is doubtful",
    ),
    "conflicting_times": (
        "Which times are right?",
        "What was told of a missing episode does not fit together",
    ),
    "prevention_interview_only": (
        "Was the child missing?",
        "The police told of their own interview on return, but nobody told that the child was missing.",
    ),
}

GROUPS: Final[Mapping[str, str]] = {
    "prevention_interview_only": "No absence told",
    "conflicting_times": "Times that do not fit",
    "identity_contradicted": "Contradicted identity",
    "several_children": "Several children fit",
    "unknown_child": "Unknown children",
    "doubtful_notification": "Doubtful notifications",
}
"""What questions of one kind are about. First those on which a clock may hang."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind, the oldest first; `number` is of all that there are."""

    kind: str
    name: str
    number: int
    questions: list[Question]


async def grouped(tx: Transaction, kind: str, first: int, at_most: int) -> tuple[list[Group], str]:
    """Return the `first` questions of each kind, or of one kind `at_most`; and which kind, if any."""
    counts = await questions.counts(tx)
    chosen, limit = (kind, at_most) if kind in counts else ("", first)
    kinds = [*(each for each in GROUPS if each in counts), *(each for each in counts if each not in GROUPS)]
    return [
        Group(
            each,
            GROUPS.get(each) or term(each, {}),
            counts[each],
            []
            if chosen not in {each, ""}
            else await questions.listed(tx, kind=each, after=None, limit=limit),
        )
        for each in kinds
    ], chosen


def asked(question: Question) -> tuple[str, str]:
    """Return what is asked, and why. Kinds that are new here stand as they came."""
    title, why = ASKED.get(question.kind, (term(question.kind, {}), ""))
    return title, why + _more(question.evidence)


def about(question: Question) -> str:
    """Return whom it is about."""
    return full_name(question.child_facts)


def _more(evidence: Mapping[str, Any]) -> str:
    reasons = [term(mark, MARKS) for mark in evidence.get("marks", ())]
    reasons += [term(reason, CONFLICTS) for reason in evidence.get("reasons", ())]
    lowered = [
        reason[:1].lower() + reason[1:] if not reason.startswith("NHS") else reason for reason in reasons
    ]
    return f": {'; '.join(lowered)}." if lowered else ""
