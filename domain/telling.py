"""One notification as the rules read it, and the order in which notifications are read.

"Told" is when the sender says something, "occurred" is when it happened. What is told later corrects
what was told earlier, in whatever order the messages came in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schemas.notification import ChildFacts, MissingFacts, Notification, staff_source
from schemas.words import Conflict, Kind, Mark


class MessageKey(NamedTuple):
    """The identity of a message: a second arrival with the same key is a duplicate."""

    source: str
    id: str


class Reference(NamedTuple):
    """The force and its own reference; together with the child it makes the incident."""

    source: str
    subject: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one message tells. Instants are UTC; `told_at` is never later than the first receipt."""

    key: MessageKey
    reference: Reference
    kind: Kind
    told_at: datetime
    occurred_at: datetime
    child: ChildFacts = field(default_factory=ChildFacts)
    missing: MissingFacts | None = None
    marks: frozenset[Mark] = frozenset()
    settles: frozenset[Conflict] = frozenset()

    @property
    def counted_at(self) -> datetime:
        """When a return or a located counts: nobody can tell of it before it happened."""
        return min(self.occurred_at, self.told_at)

    @property
    def says_missing(self) -> bool:
        return self.kind in (Kind.REPORTED, Kind.UPDATED)


def telling_of(
    notification: Notification, first_received_at: datetime, marks: Iterable[Mark] = ()
) -> Telling:
    """Return what the rules read of a notification; a `time` ahead of the first receipt counts as that."""
    return Telling(
        key=MessageKey(notification.source, notification.id),
        reference=_reference(notification),
        kind=notification.kind,
        told_at=min(notification.time, first_received_at),
        occurred_at=notification.data.occurred_at,
        child=notification.data.child,
        missing=notification.data.missing,
        marks=frozenset(marks),
        settles=frozenset(notification.data.settled.reasons if notification.data.settled else ()),
    )


def _reference(notification: Notification) -> Reference:
    """Return the reference that a message enters: what staff say that it concerns, else its own."""
    concerns = notification.data.concerns
    if concerns and notification.source == staff_source(notification.data.authority):
        return Reference(concerns.source, concerns.subject)
    return Reference(notification.source, notification.subject)


def in_order_of_telling(tellings: Iterable[Telling]) -> list[Telling]:
    """Return each message once, as told: by instant, cancellations first, then by id, then by source.

    Of two deliveries of one message the earlier receipt counts.
    """
    once: dict[MessageKey, Telling] = {}
    for telling in tellings:
        known = once.get(telling.key)
        if known is None or telling.told_at < known.told_at:
            once[telling.key] = telling
    return sorted(
        once.values(), key=lambda t: (t.told_at, t.kind is not Kind.CANCELLED, t.key.id, t.key.source)
    )
