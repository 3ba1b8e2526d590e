"""Which of several candidates a description is of, if that can be said without a person."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.matching.scoring import Score, Verdict, verdict
from schemas.matching_policy import MatchingPolicy

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Key]):
    """SAME: the one child it is. PERHAPS: whom a person compares, likeliest first. OTHER: nobody."""

    verdict: Verdict
    keys: tuple[Key, ...] = ()


def choose(candidates: Mapping[Key, Score], policy: MatchingPolicy) -> Chosen[Key]:
    """Return the one candidate that it is, or those between whom a person decides.

    One is chosen only if it alone is SAME, and if no other weighs as much except for a first name that is
    another: where a first name is not told in full, another child of the home may be meant.
    """
    likely = [key for key, each in candidates.items() if verdict(each, policy) is not Verdict.OTHER]
    likely.sort(key=lambda key: -candidates[key].weight)
    same = [key for key in likely if verdict(candidates[key], policy) is Verdict.SAME]
    if len(same) == 1 and not any(
        _rivals(candidates[same[0]], candidates[key], policy) for key in likely if key != same[0]
    ):
        return Chosen(Verdict.SAME, (same[0],))
    return Chosen(Verdict.PERHAPS if likely else Verdict.OTHER, tuple(likely))


def _rivals(best: Score, other: Score, policy: MatchingPolicy) -> bool:
    """Whether another may be meant as well: of one home, and its first name is as near, or nearer."""
    told, theirs = best.fields[0], other.fields[0]
    return other.weight >= policy.same_from and told.level != "same" and theirs.level != "different"
