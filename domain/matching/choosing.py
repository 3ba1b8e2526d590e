"""Which of several candidates a description is of, if that can be said without a person."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from domain.matching.scoring import HOME_ALIKE, Score, Verdict, number_same, verdict, without_home
from schemas.matching_policy import MatchingPolicy

Key = TypeVar("Key", bound=Hashable)
FAMILIES: Final = 4
"""With so many children of another family name than was told at the same address, it is a home for many."""
NAMESAKES: Final = 5
"""With so many others of the name in the index, part of it does not tell that somebody has moved."""
NAMED_ALIKE: Final = frozenset({"same", "variant", "contained"})


class Unsure(StrEnum):
    """What the other candidates tell of one: why it is less sure than its score by itself says."""

    HOME_FOR_MANY = "home_for_many"
    """Children of many families live there, so that the home counts for nothing."""
    NAMESAKES = "namesakes"
    """Many are called so, and in another home part of a name and the birth date do not tell which it is."""
    ANOTHER = "another"
    """Another child may be meant as well."""


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Key]):
    """SAME: the one child it is. PERHAPS: whom a person compares, likeliest first. OTHER: nobody."""

    verdict: Verdict
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Among:
    """A candidate among the others: its score, without a home for many, and what makes it unsure."""

    score: Score
    unsure: tuple[Unsure, ...] = ()

    def verdict(self, policy: MatchingPolicy) -> Verdict:
        """Return whether it is the child; what is alike but unsure is for a person, or nobody's."""
        found = verdict(self.score, policy)
        if Unsure.NAMESAKES in self.unsure:
            return Verdict.OTHER
        return Verdict.PERHAPS if found is Verdict.SAME and Unsure.ANOTHER in self.unsure else found


def choose(candidates: Mapping[Key, Score], policy: MatchingPolicy) -> Chosen[Key]:
    """Return the one candidate that it is, or those between whom a person decides.

    All who share a key are candidates: those who weigh little tell whether a home is one for many. One is
    chosen only if it alone is SAME, and if no other may be meant (`among`).
    """
    likely = [
        key
        for key, each in candidates.items()
        if verdict(each, policy) is not Verdict.OTHER and not _is_namesake(each, candidates.values())
    ]
    likely.sort(key=lambda key: -candidates[key].weight)
    same = [key for key in likely if among(key, candidates, policy).verdict(policy) is Verdict.SAME]
    if same:
        return Chosen(Verdict.SAME, (same[0],))
    return Chosen(Verdict.PERHAPS if likely else Verdict.OTHER, tuple(likely))


def among(key: Key, candidates: Mapping[Key, Score], policy: MatchingPolicy) -> Among:
    """Return how a candidate counts among all who share a key with the description."""
    unsure = tuple(_unsure(key, candidates, policy))
    scored = candidates[key]
    return Among(without_home(scored) if Unsure.HOME_FOR_MANY in unsure else scored, unsure)


def _unsure(key: Key, candidates: Mapping[Key, Score], policy: MatchingPolicy) -> Iterator[Unsure]:
    scored = candidates[key]
    others = [each for other, each in candidates.items() if other != key]
    if _levels(scored)["home"] in HOME_ALIKE and _for_many(candidates.values()):
        yield Unsure.HOME_FOR_MANY
    if _is_namesake(scored, candidates.values()):
        yield Unsure.NAMESAKES
    if not scored.bars and any(
        _rivals(scored, each, policy) or _is_same(each, candidates, policy) for each in others
    ):
        yield Unsure.ANOTHER


def _for_many(candidates: Iterable[Score]) -> bool:
    """Whether the home that was told is one for many children, such as a children's home or a hostel."""
    return sum(map(_other_family, candidates)) >= FAMILIES


def _is_same(scored: Score, candidates: Mapping[Key, Score], policy: MatchingPolicy) -> bool:
    return verdict(scored, policy) is Verdict.SAME and not _is_namesake(scored, candidates.values())


def _is_namesake(scored: Score, candidates: Iterable[Score]) -> bool:
    """Whether it may as well be somebody whom the index has not: a common name, in part, in another home."""
    levels = _levels(scored)
    if levels["given_names"] == "same" or levels["home"] in HOME_ALIKE or number_same(levels):
        return False
    return sum(map(_named_alike, candidates)) > NAMESAKES


def _named_alike(scored: Score) -> bool:
    levels = _levels(scored)
    return levels["given_names"] in NAMED_ALIKE and levels["family_name"] in ("same", "variant")


def _levels(scored: Score) -> dict[str, str]:
    return {each.field: each.level for each in scored.fields}


def _other_family(scored: Score) -> bool:
    levels = _levels(scored)
    return levels["home"] == "same" and levels["family_name"] in ("different", "lacking")


def _rivals(best: Score, other: Score, policy: MatchingPolicy) -> bool:
    """Whether another may be meant as well: one who weighs more, or one of the home.

    The latter where a first name is not told in full, and the other's is as near, or nearer.
    """
    if other.weight > best.weight:
        return True
    told, theirs = best.fields[0], other.fields[0]
    return other.weight >= policy.same_from and told.level != "same" and theirs.level != "different"
