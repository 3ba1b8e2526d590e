"""Identity survives re-folding: which stored episode each newly folded one is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.episode import Episode
from domain.telling import MessageKey

NAMESPACE = uuid5(NAMESPACE_URL, "urn:homeward")


@dataclass(frozen=True, slots=True)
class Remembered:
    """An episode as it was stored. `number` counts episodes in the order in which they were made."""

    id: UUID
    number: int
    superseded: bool
    notifications: frozenset[MessageKey]


@dataclass(frozen=True, slots=True)
class Kept:
    """The id of each folded episode, in their order, and by whom each one lost now is superseded."""

    ids: tuple[UUID, ...]
    superseded_by: Mapping[UUID, UUID | None]


def keep_ids(folded: Sequence[tuple[UUID, Episode]], remembered: Collection[Remembered]) -> Kept:
    """Give each folded episode (with its child) the id of the stored one with which it shares most incidents.

    A tie goes to the oldest. An episode with nothing in common with any gets a new id, derived from its
    child and the first message that it was made of.
    """
    common = _common([episode for _, episode in folded], remembered)
    taken = _match(common)
    used = {one.id for one in remembered}
    ids = []
    for number, (child_id, episode) in enumerate(folded):
        known = taken.get(number)
        ids.append(known.id if known else _new_id(child_id, episode, used))
        used.add(ids[-1])
    given = set(ids)
    lost = [one for one in remembered if one.id not in given and not one.superseded]
    return Kept(tuple(ids), {one.id: _successor(one, common, ids) for one in lost})


def _common(
    folded: Sequence[Episode], remembered: Collection[Remembered]
) -> Mapping[Remembered, Mapping[int, int]]:
    """Count, for each stored episode, the incidents of each folded one of which it has messages."""
    holders: dict[MessageKey, list[Remembered]] = defaultdict(list)
    for one in remembered:
        for key in one.notifications:
            holders[key].append(one)
    common: dict[Remembered, Counter[int]] = defaultdict(Counter)
    for number, episode in enumerate(folded):
        for part in episode.parts:
            for one in {holder for key in part for holder in holders[key]}:
                common[one][number] += 1
    return common


def _match(common: Mapping[Remembered, Mapping[int, int]]) -> dict[int, Remembered]:
    pairs = [(shared, number, one) for one, counts in common.items() for number, shared in counts.items()]
    pairs.sort(key=lambda pair: (-pair[0], pair[2].superseded, pair[2].number, pair[1]))
    taken: dict[int, Remembered] = {}
    given: set[Remembered] = set()
    for _, number, one in pairs:
        if number not in taken and one not in given:
            taken[number] = one
            given.add(one)
    return taken


def _successor(
    one: Remembered, common: Mapping[Remembered, Mapping[int, int]], ids: Sequence[UUID]
) -> UUID | None:
    counts = common.get(one, {})
    best = max(counts, key=lambda number: (counts[number], -number), default=None)
    return None if best is None else ids[best]


def _new_id(child_id: UUID, episode: Episode, used: Collection[UUID]) -> UUID:
    """Return an id that its cause decides; a revived cause whose id lives on elsewhere gets the next."""
    source, message = episode.notifications[0]
    again = 0
    while (new := uuid5(NAMESPACE, f"episode/{child_id}/{source}/{message}/{again}")) in used:
        again += 1
    return new
