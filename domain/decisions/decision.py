"""A screener's decision, itself a message in the set: never edited, only undone by another."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.telling import MessageKey, Reference


class DecisionKind(StrEnum):
    """What is decided."""

    LINK = "link"
    """A provisional child is a child that is known: all its messages are that one's."""
    NEW = "new"
    """A child is a child of its own, and stays so."""
    MERGE = "merge"
    """Two children are one: one takes over the other's messages."""
    SPLIT = "split"
    """Some messages are of another child: a new one, or one that is named."""
    KEEP = "keep"
    """It is right as it is: the question is answered, and nothing changes."""
    UNDO = "undo"
    """An earlier decision does not hold, as if it had never been."""


JOINS = frozenset({DecisionKind.LINK, DecisionKind.MERGE})


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `child` is whom it is about; `other` who takes over, or whose the messages are.

    `messages` are those that a split names; later ones under its `references` go with them. `question` is
    the one that it answers, if any.
    """

    id: UUID
    kind: DecisionKind
    child: UUID | None = None
    other: UUID | None = None
    messages: frozenset[MessageKey] = field(default_factory=frozenset)
    references: frozenset[Reference] = field(default_factory=frozenset)
    undoes: UUID | None = None
    question: UUID | None = None

    @property
    def holds_apart(self) -> bool:
        """Whether it says who its child is, so that no finding of the rules may say otherwise."""
        return self.kind is DecisionKind.NEW or self.kind in JOINS


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return, of decisions in their order, those that say something and are not undone."""
    in_order = tuple(decisions)
    undone = {one.undoes for one in in_order}
    return tuple(one for one in in_order if one.undoes is None and one.id not in undone)


def held(standing: Iterable[Decision]) -> frozenset[UUID]:
    """Return the children about whom it is decided who they are."""
    return frozenset(one.child for one in standing if one.holds_apart and one.child)
