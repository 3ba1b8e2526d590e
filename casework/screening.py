"""What a screener has to look at after a change. The clock never waits for the answer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID, uuid5

from casework.change import Change
from casework.whose import Whose
from domain.continuity import NAMESPACE
from domain.episode import unplaced
from domain.register import Doubt
from domain.telling import Telling
from store import questions
from store.database import Transaction
from store.questions import QuestionRow

DOUBTFUL = "doubtful_notification"
CONFLICT = "conflicting_times"
PREVENTION_ONLY = "prevention_interview_only"
FROM_FACTS = (Doubt.UNKNOWN_CHILD.value, CONFLICT, PREVENTION_ONLY)
"""Kinds that follow from the facts alone: they close by themselves when the facts no longer ask."""
FROM_EVIDENCE = (Doubt.CONTRADICTED.value, Doubt.SEVERAL_CHILDREN.value)
"""Kinds that one message raised: they close when it is asked about again and there is no doubt any more."""


async def ask(
    tx: Transaction, whose: Whose, change: Change, arrived: Iterable[Telling], now: datetime
) -> None:
    """Open what has to be looked at, and close what no longer has to."""
    asked = [*_of_identity(whose), *_of_messages(whose, arrived), *_of_facts(whose, change)]
    await questions.open_(tx, list({row.id: row for row in asked}.values()), now)
    still = [row.id for row in asked]
    await questions.close_others(tx, whose.concerned, FROM_FACTS, still, now)
    await questions.close_others(tx, whose.again, FROM_EVIDENCE, still, now)


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


def _of_facts(whose: Whose, change: Change) -> Iterator[QuestionRow]:
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
    left = [(child, telling) for key, (child, telling) in whose.messages.items() if key not in placed]
    for child_id in {child for child, _ in left}:
        for incident in unplaced(telling for child, telling in left if child == child_id):
            key = incident.messages[0].key
            yield QuestionRow(_id(PREVENTION_ONLY, *key), PREVENTION_ONLY, child_id, message=key, evidence={})
