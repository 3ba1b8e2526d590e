"""Identity survives re-folding: which stored episode each newly folded one is."""

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
    """The id of each folded episode, in their order, and by whom each lost one is superseded."""

    ids: tuple[UUID, ...]
    superseded_by: Mapping[UUID, UUID | None]


def keep_ids(folded: Sequence[Episode], remembered: Collection[Remembered]) -> Kept:
    """Give each folded episode the id of the stored one with which it shares most incidents.

    A tie goes to the oldest. An episode with nothing in common with any gets a new id, derived from the
    first message that it was made of.
    """
    taken = _match(folded, remembered)
    used = {one.id for one in remembered}
    ids = []
    for number, episode in enumerate(folded):
        known = taken.get(number)
        ids.append(known if known else _new_id(episode, used))
        used.add(ids[-1])
    lost = [one for one in remembered if one.id not in ids]
    return Kept(tuple(ids), {one.id: _successor(one, folded, ids) for one in lost})


def _match(folded: Sequence[Episode], remembered: Collection[Remembered]) -> dict[int, UUID]:
    pairs = sorted(
        (-shared, one.superseded, one.number, number, one.id)
        for one in remembered
        for number, episode in enumerate(folded)
        if (shared := _shared(one, episode))
    )
    taken: dict[int, UUID] = {}
    for _, _, _, number, known in pairs:
        if number not in taken and known not in taken.values():
            taken[number] = known
    return taken


def _shared(one: Remembered, episode: Episode) -> int:
    """Count the incidents of an episode of which a stored one has messages."""
    return sum(not part.isdisjoint(one.notifications) for part in episode.parts)


def _successor(one: Remembered, folded: Sequence[Episode], ids: Sequence[UUID]) -> UUID | None:
    best = max(range(len(folded)), key=lambda number: _shared(one, folded[number]), default=None)
    return ids[best] if best is not None and _shared(one, folded[best]) else None


def _new_id(episode: Episode, used: Collection[UUID]) -> UUID:
    """Return an id that its cause decides; a revived cause whose id lives on elsewhere gets the next."""
    source, message = episode.notifications[0]
    again = 0
    while (new := uuid5(NAMESPACE, f"episode/{source}/{message}/{again}")) in used:
        again += 1
    return new
