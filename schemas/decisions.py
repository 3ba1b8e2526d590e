"""What a screener decides about who a child is, as it is sent. Each says why."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from pydantic import model_validator

from schemas.prose import Part, Reason
from schemas.scalars import Instant, Name


class IncidentKey(Part):
    """The force and its own reference; of one child, unless siblings share it."""

    source: Name
    subject: Name


class MessageId(Part):
    """The identity of a notification."""

    source: Name
    id: Name


class Deciding(Part):
    """What every decision tells: why, and which question it answers, if any."""

    reason: Reason
    question: UUID | None = None


class LinkChild(Deciding):
    """The provisional child is this known child: all its notifications are that one's."""

    kind: Literal["link"] = "link"
    child: UUID
    other: UUID


class NewChild(Deciding):
    """The child is a child of its own."""

    kind: Literal["new"] = "new"
    child: UUID


class MergeChildren(Deciding):
    """The two are one child: `other` takes over all that was told of `child`."""

    kind: Literal["merge"] = "merge"
    child: UUID
    other: UUID


class SplitChild(Deciding):
    """Some of what was told of `child` is of another: of `other`, or of a new child.

    What is told later under a reference among `incidents` goes with it; of `messages` only those named.
    """

    kind: Literal["split"] = "split"
    child: UUID
    other: UUID | None = None
    incidents: tuple[IncidentKey, ...] = ()
    messages: tuple[MessageId, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> "SplitChild":
        if not (self.incidents or self.messages):
            raise ValueError("names no notification: choose at least one that is of another child")
        return self


class KeepAsItIs(Deciding):
    """It is right as it is: the question is answered and nothing changes."""

    kind: Literal["keep"] = "keep"
    question: UUID


class UndoDecision(Deciding):
    """An earlier decision does not hold, as if it had never been."""

    kind: Literal["undo"] = "undo"
    decision: UUID


class SettleTimes(Part):
    """The times of an episode that do not fit together were looked at.

    `returned_at` and `last_seen_at` are those that are right; without either it stays as it is.
    """

    kind: Literal["settle"] = "settle"
    episode: UUID
    returned_at: Instant | None = None
    last_seen_at: Instant | None = None
    reason: Reason


AnyDecision = LinkChild | NewChild | MergeChildren | SplitChild | KeepAsItIs | UndoDecision
DECISIONS: Mapping[str, type[AnyDecision | SettleTimes]] = {
    "link": LinkChild,
    "new": NewChild,
    "merge": MergeChildren,
    "split": SplitChild,
    "keep": KeepAsItIs,
    "undo": UndoDecision,
    "settle": SettleTimes,
}
"""What each `kind` is read as."""
