"""Whether a decision can be made: the children are there, may be seen, and are not the same already."""

from collections.abc import Mapping
from uuid import UUID

from casework.refusals import Conflict, NotAllowed, Unknown
from casework.whose import telling
from domain.decisions import Decision, DecisionKind, held, standing
from domain.register import new_child_id
from domain.telling import MessageKey, Reference, Telling
from schemas.decisions import (
    AnyDecision,
    KeepAsItIs,
    LinkChild,
    MergeChildren,
    NewChild,
    SplitChild,
    UndoDecision,
)
from store import decided, decisions, inbox, questions
from store.database import Transaction
from store.decided import DecidedRow
from store.questions import Settling
from store.views import children

NOT_KEPT: Mapping[str, str] = {
    "unknown_child": "nobody knows who this child is: link it to one that is known, or say that it is new",
    "conflicting_times": "settle the times: choose those that are right, or say that they stay as they are",
}
"""Questions to which "it is right as it is" is no answer."""
Checked = tuple[Decision, frozenset[UUID]]
"""The decision as it is kept, and whom it concerns."""


async def checked(tx: Transaction, asked: AnyDecision, id_: UUID) -> Checked:
    """Return what is decided, and whom it concerns.

    Raises:
        Unknown: there is no such child, message, question or decision, or it may not be seen.
        NotAllowed: it cannot be decided as things stand.
        Conflict: somebody answered the question meanwhile, or it is about another child now.
    """
    match asked:
        case LinkChild() | MergeChildren():
            return await _joined(tx, asked, id_)
        case NewChild():
            await _undecided(tx, asked.child)
            made = Decision(id_, DecisionKind.NEW, asked.child, question=asked.question)
            return await _answering(tx, made, {asked.child})
        case SplitChild():
            return await _split(tx, asked, id_)
        case KeepAsItIs():
            return await _kept(tx, Decision(id_, DecisionKind.KEEP, question=asked.question))
        case UndoDecision():
            return await _undone(tx, asked, id_)


async def _joined(tx: Transaction, asked: LinkChild | MergeChildren, id_: UUID) -> Checked:
    child, other = await _undecided(tx, asked.child), await _one(tx, asked.other)
    if asked.child == asked.other:
        raise NotAllowed("this is one and the same child already: choose another")
    if isinstance(asked, LinkChild) and not child.held.provisional:
        raise NotAllowed("this child is confirmed: merge the two if they are one")
    if child.row.indexed and not other.row.indexed:
        raise NotAllowed(
            "the authority's index has this child: let it take over the other, not be taken over"
        )
    kind = DecisionKind.LINK if isinstance(asked, LinkChild) else DecisionKind.MERGE
    made = Decision(id_, kind, asked.child, asked.other, question=asked.question)
    return await _answering(tx, made, {asked.child, asked.other})


async def _split(tx: Transaction, asked: SplitChild, id_: UUID) -> Checked:
    await _one(tx, asked.child)
    told = {stored.key: telling(stored) for stored in await inbox.of_children(tx, [asked.child])}
    references = frozenset(Reference(one.source, one.subject) for one in asked.incidents)
    under = {key for key, one in told.items() if one.reference in references}
    chosen = under | {MessageKey(one.source, one.id) for one in asked.messages}
    _is_a_part(chosen, told, references)
    if asked.other is not None:
        await _one(tx, asked.other)
        if asked.other == asked.child:
            raise NotAllowed("this is one and the same child already: choose another")
    other = asked.other or new_child_id(tx.authority, f"decision/{id_}", ())
    made = Decision(
        id_, DecisionKind.SPLIT, asked.child, other, frozenset(chosen), references, question=asked.question
    )
    return await _answering(tx, made, {asked.child, other})


def _is_a_part(
    chosen: set[MessageKey], told: Mapping[MessageKey, Telling], references: frozenset[Reference]
) -> None:
    if not chosen <= told.keys() or not references <= {one.reference for one in told.values()}:
        raise Unknown("a notification that was chosen is not of this child (any more): look at it again")
    if chosen == told.keys():
        raise NotAllowed("everything told of this child was chosen: merge it with the other instead")


async def _undone(tx: Transaction, asked: UndoDecision, id_: UUID) -> Checked:
    found = await decisions.find(tx, asked.decision)
    if found is None:
        raise Unknown("there is no such decision, or it may not be seen")
    if found.decision.kind is DecisionKind.UNDO:
        raise NotAllowed("this undid another decision: decide the same again instead")
    if await decisions.undone_by(tx, asked.decision) is not None:
        raise NotAllowed("this decision is undone already")
    made = Decision(id_, DecisionKind.UNDO, undoes=asked.decision)
    return made, frozenset(found.children)


async def _kept(tx: Transaction, made: Decision) -> Checked:
    question = await questions.find(tx, made.question) if made.question else None
    if question is not None and question.kind in NOT_KEPT:
        raise NotAllowed(NOT_KEPT[question.kind])
    return await _answering(tx, made, set())


async def _answering(tx: Transaction, made: Decision, concerned: set[UUID]) -> Checked:
    """Add the child of the question that is answered, which must be there and open."""
    if made.question is None:
        return made, frozenset(concerned)
    question = await questions.find(tx, made.question)
    if question is None:
        raise Unknown("there is no such question, or it may not be seen")
    await _still_asked(tx, question, concerned)
    return made, frozenset({*concerned, question.child_id})


async def _still_asked(tx: Transaction, question: Settling, concerned: set[UUID]) -> None:
    """Refuse an answer to what is settled already, or to what is about none of these children any more."""
    if not question.is_open:
        raise Conflict("this question is answered already: undo that decision first to answer it anew")
    now = await children.resolve(tx, str(question.child_id))
    if concerned and not concerned & {question.child_id, now, *question.others}:
        raise Conflict("this question is about another child now: look at it again")


async def _undecided(tx: Transaction, child_id: UUID) -> DecidedRow:
    """Return a child of whom nobody has said who it is."""
    found = await _one(tx, child_id)
    about = [one.decision for one in await decisions.about(tx, [child_id])]
    if child_id in held(standing(about)):
        raise NotAllowed("it was decided that this is a child of its own: undo that decision first")
    return found


async def _one(tx: Transaction, child_id: UUID) -> DecidedRow:
    found = (await decided.rows(tx, [child_id])).get(child_id)
    if found is None:
        raise Unknown("there is no such child, or it may not be seen")
    if found.held.absorbed_by is not None:
        raise NotAllowed("another child took this one over meanwhile: decide about that one")
    return found
