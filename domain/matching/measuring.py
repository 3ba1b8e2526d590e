"""How well a policy tells children apart, on descriptions of which it is known whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.identity import Identity
from domain.matching.blocking import blocks
from domain.matching.choosing import choose
from domain.matching.scoring import Score, Verdict, score
from schemas.matching_policy import MatchingPolicy


@dataclass(frozen=True, slots=True)
class Labelled:
    """A description, and of whom it really is."""

    entity: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Pair:
    """Two descriptions that share a key, by their places: whether they are of one child, and their score."""

    one: int
    other: int
    true: bool
    score: Score


@dataclass(frozen=True, slots=True)
class Measured:
    """What a policy does with descriptions that are looked up in an index. Of nothing the share is 1."""

    looked_up: int
    known: int
    """Those whose child is in the index."""
    blocked: int
    """Of these, who shares a key with its child."""
    linked: int
    wrong: int
    """Linked, but with another child."""
    asked: int
    """Before a person."""
    asked_rightly: int
    """Before a person, with its child among those who are shown."""

    @property
    def precision(self) -> float:
        return _share(self.linked - self.wrong, self.linked)

    @property
    def found(self) -> float:
        return _share(self.linked - self.wrong + self.asked_rightly, self.known)

    @property
    def asks(self) -> float:
        return _share(self.asked, self.looked_up) if self.looked_up else 0.0

    @property
    def blocking(self) -> float:
        return _share(self.blocked, self.known)


def parted(labelled: Iterable[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Return the first description of each child, as the index, and the others, to be looked up in it."""
    index: dict[str, Labelled] = {}
    others = [each for each in labelled if index.setdefault(each.entity, each) is not each]
    return list(index.values()), others


def by_block(identities: Sequence[Identity]) -> Mapping[str, list[int]]:
    """Return the places of descriptions by key."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, identity in enumerate(identities):
        for key in blocks(identity):
            found[key].append(place)
    return found


def pairs_between(
    index: Sequence[Labelled], looked_up: Sequence[Labelled], policy: MatchingPolicy
) -> list[Pair]:
    """Return every pair of one looked up and one of the index that shares a key, scored."""
    keys = by_block([each.identity for each in index])
    return [
        Pair(place, at, each.entity == index[at].entity, score(each.identity, index[at].identity, policy))
        for place, each in enumerate(looked_up)
        for at in sorted({at for key in blocks(each.identity) for at in keys.get(key, ())})
    ]


def measure(
    index: Sequence[Labelled], looked_up: Sequence[Labelled], pairs: Iterable[Pair], policy: MatchingPolicy
) -> Measured:
    """Return what a policy does with descriptions looked up, of which these pairs share a key."""
    scores: dict[int, dict[int, Score]] = defaultdict(dict)
    true: dict[int, int] = {}
    for pair in pairs:
        scores[pair.one][pair.other] = pair.score
        if pair.true:
            true[pair.one] = pair.other
    chosen = {place: choose(those, policy) for place, those in scores.items()}
    linked = [place for place, each in chosen.items() if each.verdict is Verdict.SAME]
    asked = [place for place, each in chosen.items() if each.verdict is Verdict.PERHAPS]
    entities = {each.entity for each in index}
    return Measured(
        looked_up=len(looked_up),
        known=sum(each.entity in entities for each in looked_up),
        blocked=len(true),
        linked=len(linked),
        wrong=sum(chosen[place].keys[0] != true.get(place) for place in linked),
        asked=len(asked),
        asked_rightly=sum(true.get(place) in chosen[place].keys for place in asked),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
