"""Children and whose each message is, in memory, as `casework.whose` and the store keep them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from domain.identity import Identity, identity_of
from domain.matching import blocks
from domain.register import Identified, KnownChild, identify
from domain.telling import MessageKey, Telling
from schemas.matching_policy import MatchingPolicy

AUTHORITY = "E06000018"


class Roll:
    """Who is known, and whose each message is; fed batch by batch."""

    def __init__(self, index: Iterable[KnownChild] = ()) -> None:
        self.children = {child.id: child for child in index}
        self.messages: dict[MessageKey, Telling] = {}
        self.links: dict[MessageKey, UUID] = {}

    def apply(self, batch: Sequence[Telling]) -> Identified:
        """Say whose the messages of a batch are; those that were applied before change nothing."""
        arrived = {telling.key: telling for telling in batch if telling.key not in self.messages}
        references = {telling.reference for telling in arrived.values()}
        related = {key: telling for key, telling in self.messages.items() if telling.reference in references}
        found = self._identify(related | arrived, {key: self.links[key] for key in related})
        self.messages |= arrived
        self._save(found)
        return found

    def owner(self, telling: Telling) -> KnownChild:
        return self.children[self.links[telling.key]]

    @property
    def partition(self) -> frozenset[frozenset[MessageKey]]:
        """Return which messages are of one child, whoever that is."""
        owners = set(self.links.values())
        return frozenset(frozenset(k for k, owner in self.links.items() if owner == one) for one in owners)

    def _identify(
        self, messages: Mapping[MessageKey, Telling], linked: Mapping[MessageKey, UUID]
    ) -> Identified:
        """Ask again while what was learnt of the children leads to others that are known."""
        told = [identity_of(telling.child) for telling in messages.values()]
        candidates = self._candidates(told, linked.values())
        while True:
            found = identify(AUTHORITY, messages.values(), linked, candidates.values(), MatchingPolicy())
            told += [child.identity for child in found.children.values()]
            more = self._candidates(told, linked.values())
            if more.keys() == candidates.keys():
                return found
            candidates = more

    def _candidates(self, told: Iterable[Identity], linked: Collection[UUID]) -> dict[UUID, KnownChild]:
        told = list(told)
        keys = {key for identity in told for key in _keys(identity)}
        blocked = {key for identity in told for key in blocks(identity)}
        return {
            id_: child
            for id_, child in self.children.items()
            if id_ in linked or not keys.isdisjoint(_keys(child.identity)) or _is_near(child, blocked)
        }

    def _save(self, found: Identified) -> None:
        children = {**self.children, **found.children}
        self.children = {id_: child for id_, child in children.items() if id_ not in found.absorbed}
        links = {**self.links, **found.links}
        self.links = {key: _now(owner, found.absorbed) for key, owner in links.items()}


def identifiers_owned(children: Iterable[KnownChild]) -> Counter[tuple[int, str]]:
    """Count by how many children each identifier is owned."""
    return Counter((n, v) for child in children for n, v in enumerate(child.identity.identifiers) if v)


def _is_near(child: KnownChild, keys: Collection[str]) -> bool:
    return child.index is not None and not blocks(child.index).isdisjoint(keys)


def _now(owner: UUID, absorbed: Mapping[UUID, UUID]) -> UUID:
    while owner in absorbed:
        owner = absorbed[owner]
    return owner


def _keys(identity: Identity) -> set[tuple[int, str | None]]:
    return {(n, v) for n, v in enumerate((*identity.identifiers, identity.name_key)) if v}
