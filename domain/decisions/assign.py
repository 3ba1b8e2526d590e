"""Whose each message is: what the rules found, then what people decided, in order.

A pure function of the two. The rules go on as if nobody had decided anything, so that a decision that is
undone leaves nothing behind. A child about whom something is decided is held apart: when the rules find
later that it is another, its messages stay with it, or with whom the decision says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.decisions.decision import JOINS, Decision, DecisionKind, held, standing
from domain.telling import MessageKey, Reference


@dataclass(frozen=True, slots=True)
class Placed:
    """A message under its reference, with whom the rules placed it, and whose they find it to be now."""

    reference: Reference
    child: UUID
    found: UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """The answer.

    `owners` says whose each message is, `joined` which child decisions say is another one now, `confirmed`
    who is a child of its own, `by` the decision that says who a child is, `answered` the questions that were
    answered by name, `found` whom the rules found to be another.
    """

    owners: Mapping[MessageKey, UUID]
    joined: Mapping[UUID, UUID]
    confirmed: frozenset[UUID]
    by: Mapping[UUID, UUID]
    answered: Mapping[UUID, UUID]
    found: Mapping[UUID, UUID]

    def who(self, child: UUID) -> UUID:
        """Return who a child is now."""
        while child in self.found and child not in self.by:
            child = self.found[child]
        return self.joined.get(child, child)


def assign(
    placed: Mapping[MessageKey, Placed], absorbed: Mapping[UUID, UUID], decisions: Iterable[Decision]
) -> Assignment:
    """Say whose each message is.

    `absorbed` is who was found by the rules to be another; `decisions` are all, in order.
    """
    stand = standing(decisions)
    state = _State(placed, absorbed, stand)
    for decision in stand:
        state.take(decision)
    return state.answer()


class _State:
    """Whose the messages are, and who the children, while decisions are taken one after another."""

    def __init__(
        self,
        placed: Mapping[MessageKey, Placed],
        absorbed: Mapping[UUID, UUID],
        decisions: Sequence[Decision],
    ) -> None:
        self._placed = placed
        self._absorbed = absorbed
        self._held = held(decisions)
        self._owners = {key: self._first(one) for key, one in placed.items()}
        self._joined: dict[UUID, UUID] = {}
        self._confirmed: set[UUID] = set()
        self._by: dict[UUID, UUID] = {}
        self._answered: dict[UUID, UUID] = {}

    def take(self, decision: Decision) -> None:
        if decision.question is not None:
            self._answered[decision.question] = decision.id
        if decision.child is None:
            return
        if decision.kind is DecisionKind.NEW:
            self._confirmed.add(decision.child)
            self._by[decision.child] = decision.id
        elif decision.other is None:
            return
        elif decision.kind in JOINS:
            self._join(decision, decision.child, decision.other)
        else:
            self._split(decision, decision.other)

    def answer(self) -> Assignment:
        return Assignment(
            self._owners,
            self._joined,
            frozenset(self._confirmed),
            self._by,
            self._answered,
            self._absorbed,
        )

    def _join(self, decision: Decision, child: UUID, other: UUID) -> None:
        target = self._now(other)
        if child in self._joined or target == child:
            return  # what was decided in between was undone, or the rules found them to be one meanwhile
        self._owners = {key: target if owner == child else owner for key, owner in self._owners.items()}
        self._joined = {one: target if by == child else by for one, by in self._joined.items()}
        self._joined[child] = target
        self._by[child] = decision.id

    def _split(self, decision: Decision, other: UUID) -> None:
        """Give the messages named to the other child, and with them what comes under their reference.

        Not what is found to be of somebody else: siblings may share a reference.
        """
        target = self._now(other)
        named = [key for key in decision.messages if key in self._owners]
        from_whom = {(self._placed[key].reference, self._owners[key]) for key in named}
        alike = {
            key
            for key, owner in self._owners.items()
            if self._placed[key].reference in decision.references
            and (self._placed[key].reference, owner) in from_whom
        }
        self._owners |= dict.fromkeys((*named, *alike), target)

    def _first(self, placed: Placed) -> UUID:
        """Return whose a message is before any decision is taken: of whom somebody decided about, if any."""
        child = self._found(placed.child)
        return child if child in self._held else placed.found

    def _found(self, child: UUID) -> UUID:
        """Return who a child is for the rules, unless somebody decided about it."""
        while child in self._absorbed and child not in self._held:
            child = self._absorbed[child]
        return child

    def _now(self, child: UUID) -> UUID:
        found = self._found(child)
        return self._joined.get(found, found)
