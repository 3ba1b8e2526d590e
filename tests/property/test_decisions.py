"""Deciding and undoing lose nothing: what was undone might as well never have been."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.continuity import NAMESPACE
from domain.decisions import Assignment, Decision, DecisionKind, Placed, assign, held, placed_with, standing
from domain.register import Identified, KnownChild
from domain.telling import MessageKey, Telling
from tests.property.roll import Roll
from tests.property.test_register import About, indexes, messages_of_siblings

FEWER = settings(max_examples=settings().max_examples // 2)
Step = list[Telling] | Decision
JOINS = (DecisionKind.LINK, DecisionKind.MERGE)


class Desk(Roll):
    """Children and whose each message is, by the rules and by decisions."""

    def __init__(self, index: Sequence[KnownChild]) -> None:
        super().__init__(index)
        self.absorbed: dict[UUID, UUID] = {}
        self.placed: dict[MessageKey, UUID] = {}
        self.decisions: list[Decision] = []

    def take(self, step: Step) -> None:
        if isinstance(step, Decision):
            self.decisions.append(step)
        else:
            self.apply(step)
        told = self.messages.values()
        stand = held(standing(self.decisions))
        self.placed = placed_with(told, self.links, self.placed, self.absorbed, stand)

    @property
    def assignment(self) -> Assignment:
        placed = {
            key: Placed(self.messages[key].reference, self.placed[key], found)
            for key, found in self.links.items()
        }
        return assign(placed, self.absorbed, self.decisions)

    def _save(self, found: Identified) -> None:
        super()._save(found)
        alive = {one: by for one, by in self.absorbed.items() if one not in found.children}
        self.absorbed = alive | dict(found.absorbed)


def decided(desk: Desk, number: int, draw: st.DrawFn) -> Decision | None:
    """Return a decision that could be made now, or None where nothing can."""
    assignment = desk.assignment
    children = sorted(set(assignment.owners.values()))
    stand = standing(desk.decisions)
    undone = {one.undoes for one in desk.decisions}
    undoable = [one.id for one in desk.decisions if one.undoes is None and one.id not in undone]
    kinds = [DecisionKind.KEEP, *([DecisionKind.NEW, DecisionKind.SPLIT] if children else ())]
    kinds += JOINS if len(children) > 1 else ()
    kinds += [DecisionKind.UNDO] * 2 if undoable else []
    kind = draw(st.sampled_from(kinds))
    made = Decision(uuid5(NAMESPACE, f"decision {number}"), kind)
    if kind is DecisionKind.UNDO:
        return replace(made, undoes=draw(st.sampled_from(undoable)))
    if kind is DecisionKind.KEEP:
        return replace(made, question=uuid5(NAMESPACE, f"question {number % 2}"))
    child = draw(st.sampled_from(children))
    if kind is DecisionKind.SPLIT:
        return _split(replace(made, child=child), assignment, desk, draw)
    if child in held(stand):
        return None
    other = draw(st.sampled_from([one for one in children if one != child])) if kind in JOINS else None
    return replace(made, child=child, other=other)


def _split(made: Decision, assignment: Assignment, desk: Desk, draw: st.DrawFn) -> Decision:
    own = sorted(key for key, owner in assignment.owners.items() if owner == made.child)
    chosen = frozenset(draw(st.sets(st.sampled_from(own), min_size=1)))
    others = [one for one in sorted(set(assignment.owners.values())) if one != made.child]
    other = draw(st.sampled_from([made.id, *others]))
    references = {desk.messages[key].reference for key in chosen} if draw(st.booleans()) else ()
    return replace(made, other=other, messages=chosen, references=frozenset(references))


@st.composite
def steps(draw: st.DrawFn, messages: Sequence[Telling], index: Sequence[KnownChild]) -> list[Step]:
    """Return the messages one by one, with decisions and undoings between them."""
    desk = Desk(index)
    taken: list[Step] = []
    for number, message in enumerate(messages):
        _take(desk, taken, [message])
        for again in range(draw(st.integers(0, 2))):
            _take(desk, taken, decided(desk, 3 * number + again, draw))
    return taken


def _take(desk: Desk, taken: list[Step], step: Step | None) -> None:
    if step is not None:
        desk.take(step)
        taken.append(step)


def told(messages: Sequence[About]) -> list[Telling]:
    return [telling for _, telling in messages]


def played(index: Sequence[KnownChild], taken: Sequence[Step]) -> Desk:
    desk = Desk(index)
    for step in taken:
        desk.take(step)
    return desk


def without_the_undone(taken: Sequence[Step]) -> list[Step]:
    stand = {one.id for one in standing(step for step in taken if isinstance(step, Decision))}
    return [step for step in taken if not isinstance(step, Decision) or step.id in stand]


@FEWER
@given(messages_of_siblings(), indexes, st.data())
def test_what_was_undone_might_as_well_never_have_been(
    messages: list[About], index: list[KnownChild], data: st.DataObject
) -> None:
    taken = data.draw(steps(told(messages), index))
    desk, other = played(index, taken), played(index, without_the_undone(taken))
    mine, theirs = desk.assignment, other.assignment
    assert mine.owners == theirs.owners
    assert (mine.joined, mine.confirmed, mine.by) == (theirs.joined, theirs.confirmed, theirs.by)
    assert mine.answered == theirs.answered


@FEWER
@given(messages_of_siblings(), indexes, st.data())
def test_every_message_is_of_one_child_and_the_rules_are_not_disturbed(
    messages: list[About], index: list[KnownChild], data: st.DataObject
) -> None:
    taken = data.draw(steps(told(messages), index))
    desk = played(index, taken)
    undisturbed = played(index, [step for step in taken if not isinstance(step, Decision)])
    assert desk.links == undisturbed.links
    assert desk.assignment.owners.keys() == desk.messages.keys()
    stand = standing(desk.decisions)
    gone = {one.child for one in stand if one.kind in JOINS and one.child in desk.assignment.joined}
    last = [one for one in stand if one.kind is DecisionKind.SPLIT]
    if not any(one.other in gone for one in last):
        assert gone.isdisjoint(desk.assignment.owners.values())
