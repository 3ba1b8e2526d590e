"""Whose the waiting messages are: what the store knows, put before the rules of `domain.register`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.identity import identity_of
from domain.marks import marks_of
from domain.register import Identified, KnownChild, identify
from domain.telling import MessageKey, Telling, telling_of
from schemas.notification import ChildFacts
from schemas.reading import read_stored
from store import children, inbox
from store.children import ChildRow
from store.database import Transaction
from store.inbox import Stored


@dataclass(frozen=True, slots=True)
class Whose:
    """The answer, and what is needed to act on it.

    `messages` are all messages of the children concerned, each with its child; `moved` those whose child
    is new; `left` from which child one went, and to which; `rows` the children as stored; `concerned` the
    children, absorbed ones too, whose set of messages changed; `again` those of them whose messages were
    all asked about again.
    """

    identified: Identified
    messages: Mapping[MessageKey, tuple[UUID, Telling]]
    moved: tuple[tuple[MessageKey, UUID], ...]
    left: frozenset[tuple[UUID, UUID]]
    rows: Mapping[UUID, ChildRow]
    concerned: frozenset[UUID]
    again: frozenset[UUID]


async def whose(tx: Transaction, waiting: Sequence[Stored], again: frozenset[UUID] = frozenset()) -> Whose:
    """Say whose each waiting message is, and gather all messages of the children that this concerns.

    The messages of the children to ask `again` are placed anew: what these children learnt from messages
    is forgotten first, what the authority's index says of them is not.
    """
    arrived = {stored.key: telling(stored) for stored in waiting}
    asked = [telling(stored) for stored in await inbox.of_children(tx, again)] if again else []
    known = await inbox.under(tx, list({t.reference for t in (*arrived.values(), *asked)}))
    related = {stored.key: telling(stored) for stored in known}
    linked = {stored.key: stored.child_id for stored in known if stored.child_id}
    tellings = related | arrived
    rows = await children.candidates(
        tx, [identity_of(t.child) for t in tellings.values()], [*linked.values(), *again]
    )
    identified = identify(
        tx.authority,
        tellings.values(),
        linked,
        (_unlearnt(row) if id_ in again else row.known for id_, row in rows.items()),
    )
    concerned = _concerned(identified, linked) | again
    before = await inbox.of_children(tx, concerned)
    owners = {stored.key: stored.child_id for stored in before if stored.child_id}
    messages = {s.key: (_owner(s, identified), related.get(s.key) or telling(s)) for s in before} | {
        key: (identified.links[key], arrived[key]) for key in arrived
    }
    moved = tuple((key, child) for key, (child, _) in messages.items() if owners.get(key) != child)
    left = frozenset((owners[key], child) for key, child in moved if key in owners)
    return Whose(identified, messages, moved, left, rows, concerned, again)


def telling(stored: Stored) -> Telling:
    """Return what the rules read of a stored message."""
    notification = read_stored(stored.payload)
    return telling_of(notification, stored.received_at, marks_of(notification, stored.received_at))


def _unlearnt(row: ChildRow) -> KnownChild:
    """Return a child as the authority's index alone has it; one that it has not is a placeholder again."""
    facts = ChildFacts.model_validate(row.facts) if row.indexed else ChildFacts()
    return replace(row.known, identity=identity_of(facts), provisional=not row.indexed)


def _concerned(identified: Identified, linked: Mapping[MessageKey, UUID]) -> frozenset[UUID]:
    changed = {key for key, child_id in identified.links.items() if linked.get(key) != child_id}
    old: Iterable[UUID] = (linked[key] for key in changed if key in linked)
    new: Iterable[UUID] = (identified.links[key] for key in changed)
    return frozenset((*old, *new, *identified.absorbed))


def _owner(stored: Stored, identified: Identified) -> UUID:
    """Return whose an applied message is now; with an absorbed child all its messages go."""
    owner = identified.links.get(stored.key) or stored.child_id
    assert owner is not None
    return children.survivor(owner, identified.absorbed)
