"""Identity survives re-folding: which stored episode each newly folded one is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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


def keep_ids(
    folded: Sequence[tuple[UUID, Episode]],
    stored: Collection[tuple[UUID, Remembered]],
    elsewhere: Iterable[UUID] = (),
) -> Kept:
    """Give each folded episode the id of the stored one with which it shares most incidents.

    A tie goes to the oldest, and of an episode that was parted to the part that stays with its child. What
    is left gets a new id, derived from its child, its messages and the episodes that these were in before.
    Each episode is given with its child; `elsewhere` are ids that no new one may get.
    """
    remembered = [one for _, one in stored]
    common = _common([episode for _, episode in folded], remembered)
    taken = _match(common, {one: child_id for child_id, one in stored}, [child_id for child_id, _ in folded])
    used = {one.id for one in remembered} | set(elsewhere)
    ids = []
    for number, (child_id, episode) in enumerate(folded):
        known = taken.get(number)
        before = sorted(str(one.id) for one, counts in common.items() if number in counts)
        ids.append(known.id if known else _new_id((str(child_id), *before), episode, used))
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


def _match(
    common: Mapping[Remembered, Mapping[int, int]],
    was_of: Mapping[Remembered, UUID],
    is_of: Sequence[UUID],
) -> dict[int, Remembered]:
    pairs = [(one, number) for one, counts in common.items() for number in counts]
    pairs.sort(
        key=lambda p: (-common[p[0]][p[1]], p[0].superseded, p[0].number, was_of[p[0]] != is_of[p[1]], p[1])
    )
    taken: dict[int, Remembered] = {}
    given: set[Remembered] = set()
    for one, number in pairs:
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


def _new_id(whose: Iterable[str], episode: Episode, used: Collection[UUID]) -> UUID:
    """Return an id that its cause decides; a revived cause whose id lives on elsewhere gets the next."""
    cause = "/".join((*whose, *chain.from_iterable(episode.notifications)))
    again = 0
    while (new := uuid5(NAMESPACE, f"episode/{cause}/{again}")) in used:
        again += 1
    return new
