"""What a screener has to look at after a change. The clock never waits for the answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from casework.change import Change
from casework.whose import Whose
from domain.continuity import NAMESPACE
from domain.decisions import Assignment
from domain.episode import unplaced
from domain.register import Doubt
from domain.telling import MessageKey, Telling
from store import questions
from store.database import Transaction
from store.questions import QuestionRow, Settling

DOUBTFUL = "doubtful_notification"
CONFLICT = "conflicting_times"
PREVENTION_ONLY = "prevention_interview_only"
FROM_FOLD = (CONFLICT, PREVENTION_ONLY)
FROM_IDENTITY = (Doubt.UNKNOWN_CHILD.value,)
"""These and those follow from the facts alone: they close by themselves when the facts no longer ask."""
FROM_EVIDENCE = (Doubt.CONTRADICTED.value, Doubt.SEVERAL_CHILDREN.value)
"""Kinds that one message raised: they close when it is asked about again and there is no doubt any more."""

Messages = Mapping[MessageKey, tuple[UUID, Telling]]
"""Messages, each with its child."""


async def ask(
    tx: Transaction, whose: Whose, change: Change, arrived: Iterable[Telling], now: datetime
) -> None:
    """Open what has to be looked at, and close what no longer has to."""
    asked = [*_of_identity(whose), *_of_messages(whose, arrived), *_of_facts(whose.messages, change)]
    await questions.open_(tx, list({row.id: row for row in asked}.values()), now)
    still = [row.id for row in asked]
    if whose.found == whose.concerned:  # as long as nobody decided: one statement instead of two
        await questions.close_others(tx, whose.found, (*FROM_IDENTITY, *FROM_FOLD), still, now)
    else:
        await questions.close_others(tx, whose.found, FROM_IDENTITY, still, now)
        await questions.close_others(tx, whose.concerned, FROM_FOLD, still, now)
    await questions.close_others(tx, whose.again, FROM_EVIDENCE, still, now)
    if whose.left:
        await questions.follow_messages(tx, dict(whose.moved), (DOUBTFUL,))
    if whose.decided.decisions:
        await _settle(tx, whose, now)


async def _settle(tx: Transaction, whose: Whose, now: datetime) -> None:
    """Close what decisions answer, and open again what they no longer do."""
    assignment, decided = whose.assignment, whose.decided
    ids = [one.id for one in decided.decisions]
    rows = await questions.to_settle(tx, decided.children, list(assignment.answered), ids)
    settled = {row.id: _settled_by(row, assignment) for row in rows}
    changed = {row.id: settled[row.id] for row in rows if settled[row.id] != row.settled_by}
    await questions.settle(tx, changed, now)


def _settled_by(question: Settling, assignment: Assignment) -> UUID | None:
    """Return the decision that answers a question: by name, or since it says who the child is."""
    if question.id in assignment.answered:
        return assignment.answered[question.id]
    if question.kind == Doubt.UNKNOWN_CHILD:
        return assignment.by.get(question.child_id)
    if question.kind in FROM_EVIDENCE and question.others:
        whoever = {assignment.who(one) for one in (question.child_id, *question.others)}
        by = [assignment.by.get(one) for one in (question.child_id, *question.others)]
        return next(filter(None, by), None) if len(whoever) == 1 else None
    return None


async def ask_of_fold(
    tx: Transaction, children: Collection[UUID], messages: Messages, change: Change, now: datetime
) -> None:
    """Do so after messages were folded again, and nobody was asked who the children are."""
    asked = list({row.id: row for row in _of_facts(messages, change)}.values())
    await questions.open_(tx, asked, now)
    await questions.close_others(tx, children, FROM_FOLD, [row.id for row in asked], now)


def _id(*cause: object) -> UUID:
    return uuid5(NAMESPACE, "/".join(map(str, ("question", *cause))))


def _of_identity(whose: Whose) -> Iterator[QuestionRow]:
    for question in whose.identified.questions:
        kind, child_id = question.doubt.value, question.child_id
        per_child = question.doubt is Doubt.UNKNOWN_CHILD
        yield QuestionRow(
            id=_id(kind, child_id) if per_child else _id(kind, *question.message),
            kind=kind,
            child_id=child_id,
            message=question.message,
            evidence={"others": [str(other) for other in question.others]},
        )


def _of_messages(whose: Whose, arrived: Iterable[Telling]) -> Iterator[QuestionRow]:
    for telling in arrived:
        if telling.marks:
            yield QuestionRow(
                id=_id(DOUBTFUL, *telling.key),
                kind=DOUBTFUL,
                child_id=whose.messages[telling.key][0],
                message=telling.key,
                evidence={"marks": sorted(telling.marks)},
            )


def _of_facts(messages: Messages, change: Change) -> Iterator[QuestionRow]:
    for one in change.placed:
        if one.episode.conflicts:
            yield QuestionRow(
                id=_id(CONFLICT, one.id),
                kind=CONFLICT,
                child_id=one.child_id,
                episode_id=one.id,
                evidence={"reasons": list(one.episode.conflicts)},
            )
    placed = {key for one in change.placed for key in one.episode.notifications}
    left = [(child, telling) for key, (child, telling) in messages.items() if key not in placed]
    for child_id in {child for child, _ in left}:
        for incident in unplaced(telling for child, telling in left if child == child_id):
            key = incident.messages[0].key
            yield QuestionRow(_id(PREVENTION_ONLY, *key), PREVENTION_ONLY, child_id, message=key, evidence={})
