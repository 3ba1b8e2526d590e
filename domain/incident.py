"""What one force told of one absence, later messages correcting earlier ones (the fold's rules 1 to 4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.telling import Reference, Telling, in_order_of_telling
from schemas.notification import MissingFacts
from schemas.words import Kind


@dataclass(frozen=True, slots=True)
class Incident:
    """All messages of one absence under one reference, and what holds of them.

    `located` and `returned` are the last ones told; superseded ones take no part in any rule.
    """

    reference: Reference
    messages: tuple[Telling, ...]
    facts: MissingFacts
    started_at: datetime | None
    last_word_missing_at: datetime | None
    located: Telling | None
    returned: Telling | None
    cancelled: bool

    @property
    def tells_of_an_absence(self) -> bool:
        """False for an incident with nothing but prevention interviews."""
        return bool(self.last_word_missing_at or self.located or self.returned)

    @property
    def returned_before_start(self) -> bool:
        return (
            self.returned is not None
            and self.started_at is not None
            and self.returned.counted_at < self.started_at
        )


def read_incidents(tellings: Iterable[Telling]) -> tuple[Incident, ...]:
    """Return one child's incidents, by reference and then in the order in which they began."""
    by_reference: dict[Reference, list[Telling]] = defaultdict(list)
    for telling in in_order_of_telling(tellings):
        by_reference[telling.reference].append(telling)
    return tuple(
        _incident(messages)
        for reference in sorted(by_reference)
        for messages in _absences(by_reference[reference])
    )


def _absences(messages: Sequence[Telling]) -> list[list[Telling]]:
    """Rule 1: split a reference's messages where a `reported` occurs after the return told last."""
    absences: list[list[Telling]] = [[]]
    begun_at: list[datetime] = []  # the occurrence of the `reported` that began each absence but the first
    for message in messages:
        if message.kind is Kind.REPORTED and _occurs_after_return(message, absences[-1]):
            absences.append([message])
            begun_at.append(message.occurred_at)
        else:
            absences[_place(message, begun_at)].append(message)
    return absences


def _occurs_after_return(reported: Telling, absence: Sequence[Telling]) -> bool:
    told_last = next((m for m in reversed(absence) if m.kind is Kind.RETURNED), None)
    return told_last is not None and reported.occurred_at > told_last.occurred_at


def _place(message: Telling, begun_at: Sequence[datetime]) -> int:
    """Return the absence that a message belongs to: the latest, but a return may be of one before.

    So may what settles a doubt, which occurs when that absence did.
    """
    place = len(begun_at)
    if message.kind in (Kind.RETURNED, Kind.SETTLED):
        while place and message.occurred_at < begun_at[place - 1]:
            place -= 1
    return place


def _incident(messages: Sequence[Telling]) -> Incident:
    facts = _merge_facts(messages)
    told = [m for m in messages if m.kind is not Kind.SETTLED]
    words = [m.occurred_at for m in messages if m.says_missing]
    return Incident(
        reference=messages[0].reference,
        messages=tuple(messages),
        facts=facts,
        started_at=facts.last_seen_at or min(words, default=None),
        last_word_missing_at=max(words, default=None),
        located=_last(messages, Kind.LOCATED),
        returned=_last(messages, Kind.RETURNED),
        cancelled=bool(told) and told[-1].kind is Kind.CANCELLED,
    )


def _last(messages: Sequence[Telling], kind: Kind) -> Telling | None:
    return next((m for m in reversed(messages) if m.kind is kind), None)


def _merge_facts(messages: Iterable[Telling]) -> MissingFacts:
    """Rule 2: what a later message has replaces, what it lacks stays."""
    merged: dict[str, object] = {}
    for message in messages:
        if message.says_missing and message.missing is not None:
            merged.update((name, value) for name, value in message.missing if value is not None)
    return MissingFacts().model_copy(update=merged)
