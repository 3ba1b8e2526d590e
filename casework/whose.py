"""Whose the waiting messages are: what the store knows, put before the rules of `domain.register`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casework.decided import Gathered, assigned, gather
from domain.decisions import Assignment, held, placed_with, standing
from domain.identity import Identity, identity_of
from domain.marks import marks_of
from domain.matching import blocks
from domain.register import Identified, KnownChild, identify
from domain.telling import MessageKey, Telling, telling_of
from schemas.matching_policy import MatchingPolicy
from schemas.notification import ChildFacts
from schemas.reading import read_stored
from store import children, inbox
from store.children import ChildRow
from store.database import Transaction
from store.inbox import Link, Stored


@dataclass(frozen=True, slots=True)
class Whose:
    """The answer, and what is needed to act on it.

    `messages` are all messages of the children concerned, each with its child; `links` what is to be
    written of whose they are; `moved` those whose child is new; `left` from which child one went, and to
    which; `rows` the children as they were put before the rules; `concerned` those whose set of messages
    changed; `found` those of them for whom the rules were asked, and `again` those whose messages they were
    all asked about again; `decided` what people decided, and `assignment` what follows from it.
    """

    identified: Identified
    messages: Mapping[MessageKey, tuple[UUID, Telling]]
    links: tuple[Link, ...]
    moved: tuple[tuple[MessageKey, UUID], ...]
    left: frozenset[tuple[UUID, UUID]]
    rows: Mapping[UUID, ChildRow]
    concerned: frozenset[UUID]
    found: frozenset[UUID]
    again: frozenset[UUID]
    decided: Gathered
    assignment: Assignment


NOBODY = Identified({}, {}, {}, ())
"""What the rules say when they are not asked."""


async def whose(
    tx: Transaction,
    waiting: Sequence[Stored],
    policy: MatchingPolicy,
    again: frozenset[UUID] = frozenset(),
) -> Whose:
    """Say whose each waiting message is, and gather all messages of the children that this concerns.

    The messages of the children to ask `again` are placed anew: what these children learnt from messages
    is forgotten first, and of a child of the index whose they were; what the index says of it is not. What
    people decided comes after.
    """
    arrived = {stored.key: telling(stored) for stored in waiting}
    asked = [telling(stored) for stored in await inbox.found_for(tx, again)] if again else []
    under = await inbox.under(tx, list({t.reference for t in (*arrived.values(), *asked)}))
    tellings = {stored.key: telling(stored) for stored in under} | arrived
    linked = {stored.key: stored.found for stored in under if stored.found}
    rows = await _candidates(
        tx, [identity_of(t.child) for t in tellings.values()], [*linked.values(), *again]
    )
    known = [_known(row, id_ in again) for id_, row in rows.items()]
    anew = {id_ for id_, row in rows.items() if row.indexed and id_ in again}
    kept = {key: id_ for key, id_ in linked.items() if id_ not in anew}
    identified = identify(tx.authority, tellings.values(), kept, known, policy)
    found = _Found(identified, rows, _concerned(identified, linked) | again, again)
    return await _decided(tx, found, arrived, tellings)


async def as_decided(tx: Transaction, child_ids: Collection[UUID]) -> Whose:
    """Say whose the messages of these children are, after somebody decided; the rules are not asked again."""
    found = _Found(NOBODY, {}, frozenset(child_ids), frozenset())
    return await _decided(tx, found, {}, {})


@dataclass(frozen=True, slots=True)
class _Found:
    """What the rules say, of whom, and the children as stored that were put before them."""

    identified: Identified
    rows: Mapping[UUID, ChildRow]
    concerned: frozenset[UUID]
    again: frozenset[UUID]

    def rules_have(self, absorbed: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
        """Return who is taken over by whom now, of what was stored: who is found anew lives again."""
        kept = {child: by for child, by in absorbed.items() if child not in self.identified.children}
        return kept | dict(self.identified.absorbed)


async def _decided(
    tx: Transaction,
    found: _Found,
    arrived: Mapping[MessageKey, Telling],
    read: Mapping[MessageKey, Telling],
) -> Whose:
    identified = found.identified
    before = {stored.key: stored for stored in await inbox.found_for(tx, found.concerned)}
    owners = {key: _owner(stored, identified) for key, stored in before.items()}
    owners |= {key: identified.links[key] for key in arrived}
    gathered = await gather(
        tx, {*found.concerned, *owners.values(), *(one for s in before.values() for one in _named(s))}
    )
    for stored in gathered.stored:
        before.setdefault(stored.key, stored)
        owners.setdefault(stored.key, _was(stored))
    tellings = {key: read.get(key) or telling(stored) for key, stored in before.items()} | dict(arrived)
    placed = placed_with(
        tellings.values(),
        owners,
        {key: stored.placed for key, stored in before.items() if stored.placed},
        found.rules_have(await _gone(tx, before)),
        held(standing(gathered.decisions)),
    )
    assignment = assigned(gathered, placed, owners, tellings, identified)
    links = [Link(key, owner, owners[key], placed[key]) for key, owner in assignment.owners.items()]
    new = tuple(one for one in links if one.key not in before or one != _link(before[one.key]))
    moved = tuple((one.key, one.child_id) for one in new if _child(before, one.key) != one.child_id)
    return Whose(
        identified=identified,
        messages={key: (owner, tellings[key]) for key, owner in assignment.owners.items()},
        links=new,
        moved=moved,
        left=frozenset((was, child) for key, child in moved if (was := _child(before, key))),
        rows=found.rows,
        concerned=found.concerned | (gathered.children if gathered.decisions else frozenset()),
        found=found.concerned if identified is not NOBODY else frozenset(),
        again=found.again,
        decided=gathered,
        assignment=assignment,
    )


async def _gone(tx: Transaction, before: Mapping[MessageKey, Stored]) -> dict[UUID, UUID]:
    """Return who was taken over by whom, of those with whom messages were placed."""
    gone = {stored.placed for stored in before.values() if stored.placed and stored.placed != stored.found}
    return await children.absorbed_for_the_rules(tx, gone) if gone else {}


def telling(stored: Stored) -> Telling:
    """Return what the rules read of a stored message."""
    notification = read_stored(stored.payload)
    return telling_of(notification, stored.received_at, marks_of(notification, stored.received_at))


async def _candidates(
    tx: Transaction, told: Sequence[Identity], linked: Collection[UUID]
) -> dict[UUID, ChildRow]:
    """Return all whom the rules have to know of; those who are only alike where nothing certain is told."""
    certain = await children.candidates(tx, told, linked)
    sure = {
        evidence
        for row in certain.values()
        if not row.known.provisional
        for evidence in _evidence(row.known.identity)
    }
    unsure = [identity for identity in told if sure.isdisjoint(_evidence(identity))]
    keys = {key for identity in unsure for key in blocks(identity)}
    return certain | (await children.likely(tx, keys) if keys else {})


def _evidence(identity: Identity) -> set[tuple[int, str]]:
    told = (*identity.identifiers, identity.name_key)
    return {(kind, value) for kind, value in enumerate(told) if value}


def _known(row: ChildRow, again: bool) -> KnownChild:
    """Return a child as it is put before the rules.

    One about whom they are asked again is as the authority's index alone has it; one that it has not is a
    placeholder again.
    """
    index = identity_of(ChildFacts.model_validate(row.facts)) if row.indexed else None
    if not again:
        return replace(row.known, index=index)
    return KnownChild(row.known.id, index or Identity(), provisional=not row.indexed, index=index)


def _concerned(identified: Identified, linked: Mapping[MessageKey, UUID]) -> frozenset[UUID]:
    changed = {key for key, child_id in identified.links.items() if linked.get(key) != child_id}
    old: Iterable[UUID] = (linked[key] for key in changed if key in linked)
    new: Iterable[UUID] = (identified.links[key] for key in changed)
    return frozenset((*old, *new, *identified.absorbed))


def _owner(stored: Stored, identified: Identified) -> UUID:
    """Return whose the rules find an applied message to be; with an absorbed child all its messages go."""
    return children.survivor(identified.links.get(stored.key) or _was(stored), identified.absorbed)


def _was(stored: Stored) -> UUID:
    assert stored.found is not None
    return stored.found


def _named(stored: Stored) -> list[UUID]:
    return [one for one in (stored.child_id, stored.placed) if one]


def _link(stored: Stored) -> Link | None:
    if stored.child_id is None or stored.found is None or stored.placed is None:
        return None
    return Link(stored.key, stored.child_id, stored.found, stored.placed)


def _child(before: Mapping[MessageKey, Stored], key: MessageKey) -> UUID | None:
    return before[key].child_id if key in before else None
