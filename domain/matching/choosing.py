"""Which of several candidates a description is of, if that can be said without a person."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from domain.matching.scoring import HOME_ALIKE, Score, Verdict, number_same, verdict, without_home
from schemas.matching_policy import MatchingPolicy

Key = TypeVar("Key", bound=Hashable)
FAMILIES: Final = 4
"""With so many children of another family name at the same address, it is a home for many."""
NAMESAKES: Final = 5
"""With so many others of the name in the index, part of it does not tell that somebody has moved."""
NAMED_ALIKE: Final = frozenset({"same", "variant", "contained"})


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Key]):
    """SAME: the one child it is. PERHAPS: whom a person compares, likeliest first. OTHER: nobody."""

    verdict: Verdict
    keys: tuple[Key, ...] = ()


def choose(candidates: Mapping[Key, Score], policy: MatchingPolicy) -> Chosen[Key]:
    """Return the one candidate that it is, or those between whom a person decides.

    All who share a key are candidates: those who weigh little tell whether a home is one for many. One is
    chosen only if it alone is SAME, and if no other may be meant (`_rivals`).
    """
    likely = [
        key
        for key, each in candidates.items()
        if verdict(each, policy) is not Verdict.OTHER and not _is_namesake(each, candidates.values())
    ]
    likely.sort(key=lambda key: -candidates[key].weight)
    same = [key for key in likely if verdict(candidates[key], policy) is Verdict.SAME]
    if len(same) == 1 and _alone(same[0], candidates, policy):
        return Chosen(Verdict.SAME, (same[0],))
    return Chosen(Verdict.PERHAPS if likely else Verdict.OTHER, tuple(likely))


def _alone(best: Key, candidates: Mapping[Key, Score], policy: MatchingPolicy) -> bool:
    chosen = candidates[best]
    others = [each for key, each in candidates.items() if key != best]
    if any(_rivals(chosen, each, policy) for each in others):
        return False
    return not _for_many(others) or verdict(without_home(chosen), policy) is Verdict.SAME


def _for_many(others: Iterable[Score]) -> bool:
    """Whether a home is one for many children, such as a children's home or a hostel."""
    return sum(map(_other_family, others)) >= FAMILIES


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
