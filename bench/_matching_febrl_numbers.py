"""FEBRL with all its fields, also the social security number, looked up as the product looks children up.

Its number has no check digit, which an NHS number has. Taken `as_it_is`, a slip makes it a different number.
`checked`, a number with a slip is not compared, as the product does not compare an NHS number whose check
digit is wrong: of two that are a slip apart, one must be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.matching import Score, Verdict, choose, score
from domain.matching.learning import thresholds, weights
from domain.matching.measuring import Labelled, Measured, Pair, measure, pairs_between, parted
from domain.matching.near import near
from schemas.matching_policy import MatchingPolicy


def learnt_with_numbers(labelled: Iterable[Labelled], *, checked: bool) -> MatchingPolicy:
    """Return weights and thresholds that looking the later descriptions up among the first shows."""
    index, told = parted(labelled)
    weighed = weights(index, told, MatchingPolicy())
    return thresholds(_pairs(index, told, weighed, checked), len(told), len(told), weighed)


def looked_up(
    labelled: Iterable[Labelled], policy: MatchingPolicy, *, checked: bool
) -> tuple[Measured, Counter[str]]:
    """Return what becomes of the later descriptions of a set, and why a person is asked."""
    index, told = parted(labelled)
    pairs = _pairs(index, told, policy, checked)
    return measure(index, told, pairs, policy), _why(pairs, policy)


def _pairs(
    index: Sequence[Labelled], told: Sequence[Labelled], policy: MatchingPolicy, checked: bool
) -> list[Pair]:
    pairs = pairs_between(index, told, policy)
    if not checked:
        return pairs
    return [_checked(pair, told[pair.one], index[pair.other], policy) for pair in pairs]


def _checked(pair: Pair, one: Labelled, other: Labelled, policy: MatchingPolicy) -> Pair:
    mine, theirs = one.identity.nhs_number, other.identity.nhs_number
    if not mine or not theirs or mine == theirs or not near(mine, theirs, 1):
        return pair
    unnumbered = replace(one.identity, nhs_number=None)
    return replace(pair, score=score(unnumbered, other.identity, policy))


def _why(pairs: Iterable[Pair], policy: MatchingPolicy) -> Counter[str]:
    candidates: dict[int, dict[int, Score]] = defaultdict(dict)
    for pair in pairs:
        candidates[pair.one][pair.other] = pair.score
    asked = [
        (those, chosen.keys[0])
        for those in candidates.values()
        if (chosen := choose(those, policy)).verdict is Verdict.PERHAPS
    ]
    return Counter(" + ".join(those[best].bars) or "several fit" for those, best in asked)
