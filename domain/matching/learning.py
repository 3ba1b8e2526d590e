"""Weights and thresholds, learnt from descriptions of which it is known whose they are.

`m` is counted over the pairs of one child, `u` over random pairs of two. The first weights stand in as if
they had been seen some times, so that what a small file does not show is not taken for impossible.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from math import sqrt
from random import Random
from typing import Any, Final

from domain.identity import Identity
from domain.matching.measuring import Labelled, Measured, Pair, measure, pairs_between, parted
from domain.matching.scoring import Score, levels_of
from schemas.matching_policy import Level, Levels, MatchingPolicy

LEARNT: Final = ("given_names", "family_name", "date_of_birth", "home")
PRECISION: Final = 0.99995
"""Of what is linked, the share that must be right where it is learnt: half the wrong links of the goal."""
LEAST_SURE: Final = 6.0
"""In bits: no link is less sure than 64 to 1, however well the others go."""
MARGIN: Final = 2.0
"""In bits: who is that little short of being linked is put before a person."""
CHANCE: Final = 2.0
"""How many standard deviations more may be wrong than the share allows: one in thousands shows little."""
FOUND: Final = 0.985
"""Of those whose child is known, the share to be linked or before a person: a little more than the goal."""
ASKED: Final = 0.027
"""Of those looked up, the share to be put before a person: a little less than the goal."""
ROUNDING: Final = 1e-4
"""So that weights that are printed with six digits can be read again."""
RANDOM_PAIRS: Final = 300_000
UNKNOWN: Final = 0.05
"""Of the descriptions, how many are supposed to be of a child who is not known yet."""
SEEN: Final = 20.0
"""How many pairs the first weights count for."""
NEVER_SEEN: Final = 0.5
"""What was not seen in all pairs may still be; it counts for half a pair. So no chance is nought, or one."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The policy, and what it gives on the half on which it was learnt and on the other."""

    policy: MatchingPolicy
    here: Measured
    held_out: Measured


def learn(labelled: Iterable[Labelled], first: MatchingPolicy, seed: int = 1) -> Learnt:
    """Learn on half of the children, and measure on the other half.

    Of each child the first description is taken for that of the index; the others are looked up in it.

    Raises:
        ValueError: there are not two descriptions of one child in each half.
    """
    (index, told), (other_index, other_told) = map(parted, halves(labelled))
    if not told or not other_told:
        raise ValueError("in each half some child must be described twice: give more rows")
    weighed = weights(index, told, first, seed)
    pairs = pairs_between(index, told, weighed)
    policy = thresholds(pairs, len(told), len(told), weighed)
    held_out = measure(other_index, other_told, pairs_between(other_index, other_told, policy), policy)
    return Learnt(policy, measure(index, told, pairs, policy), held_out)


def prior(children: int) -> float:
    """Return the chance that a description is of one given child, of so many, not of one not known."""
    odds = (1 - UNKNOWN) / UNKNOWN / children
    return odds / (1 + odds)


def halves(labelled: Iterable[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Part descriptions by whom they are of, always in the same way."""
    parts: tuple[list[Labelled], list[Labelled]] = [], []
    for each in labelled:
        parts[sha256(each.entity.encode()).digest()[0] % 2].append(each)
    return parts


def weights(
    index: Sequence[Labelled], told: Sequence[Labelled], first: MatchingPolicy, seed: int = 1
) -> MatchingPolicy:
    """Return a policy with the chances that descriptions of an index, and others told, show."""
    chance = Random(seed)  # noqa: S311 - a sample, no secret
    known = {each.entity: each.identity for each in index}
    drawn = ((chance.choice(told), chance.choice(index)) for _ in range(RANDOM_PAIRS))
    return counted(
        [(known[each.entity], each.identity) for each in told if each.entity in known],
        ((each.identity, other.identity) for each, other in drawn if each.entity != other.entity),
        _validated(first, {"prior": prior(len(index))}),
    )


def counted(
    true: Iterable[tuple[Identity, Identity]],
    other: Iterable[tuple[Identity, Identity]],
    first: MatchingPolicy,
) -> MatchingPolicy:
    """Return a policy with the chances that pairs of one child and pairs of two children show."""
    m, u = _count(true), _count(other)
    learnt = {name: _learnt(getattr(first, name), m[name], u[name]) for name in LEARNT}
    learnt["date_of_birth"]["year"] = first.date_of_birth.year
    return _validated(first, learnt | {"home": _both_say_most(learnt["home"])})


def _both_say_most(home: Mapping[str, Level]) -> dict[str, Level]:
    """Let postcode and line together weigh no less than one of them, however seldom both were seen."""
    same, most = home["same"], max(home["postcode"].ratio, home["address"].ratio)
    return {**home, "same": Level(m=same.m, u=min(same.u, same.m / most * (1 - ROUNDING)))}


def thresholds(pairs: Sequence[Pair], looked_up: int, known: int, policy: MatchingPolicy) -> MatchingPolicy:
    """Return a policy that links as much as is right often enough, and asks about most of the rest.

    What is linked has to be right both as these pairs show it and as the weights themselves expect it. As
    many are put before a person as is not too much; more if else too few of the known were found.
    """
    same_from = _same_from(pair for pair in pairs if not pair.score.bars)
    asked = max(_asked_from(pairs, int(ASKED * looked_up), same_from), 0.0)
    perhaps_from = min(_found_from(pairs, known), asked, same_from - MARGIN)
    return _validated(policy, {"same_from": same_from, "perhaps_from": perhaps_from})


def _same_from(pairs: Iterable[Pair]) -> float:
    """Return the least weight above which few enough links are wrong; 100 bits if there is none.

    A description is linked while just one that it may be is above the weight; with two a person decides.
    """
    lowest, links, wrong, expected = 100.0, 0, 0, 0.0
    for weight, tied in groupby(_sweep(pairs), key=lambda step: step[0]):
        for _, pair, count in tied:
            links += count
            wrong += count * (not pair.true)
            expected += count * (1 - pair.score.probability)
        allowed = (1 - PRECISION) * links
        if expected <= allowed and wrong <= allowed + CHANCE * sqrt(max(allowed, 0.0)):
            lowest = weight
    return max(_rounded(lowest), LEAST_SURE)


def _sweep(pairs: Iterable[Pair]) -> list[tuple[float, Pair, int]]:
    """Return at which weights descriptions come to be linked (1) and cease to be (-1), heaviest first."""
    best: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        best[pair.one].append(pair)
    steps: list[tuple[float, Pair, int]] = []
    for those in best.values():
        first, *rest = sorted(those, key=lambda pair: -pair.score.weight)
        steps.append((first.score.weight, first, 1))
        steps += [(each.score.weight, first, -1) for each in rest if not (first.true and each.true)][:1]
    return sorted(steps, key=lambda step: -step[0])


def _asked_from(pairs: Iterable[Pair], most: int, same_from: float) -> float:
    """Return the least weight from which no more than so many of those not linked are asked about."""
    by_look_up: dict[int, list[Score]] = defaultdict(list)
    for pair in pairs:
        by_look_up[pair.one].append(pair.score)
    waiting = sorted(
        (
            max(each.weight for each in scores)
            for scores in by_look_up.values()
            if not _one(scores, same_from)
        ),
        reverse=True,
    )
    return _rounded(waiting[most - 1]) if 0 < most <= len(waiting) else same_from if not most else 0.0


def _one(scores: Iterable[Score], same_from: float) -> bool:
    return sum(not each.bars and each.weight >= same_from for each in scores) == 1


def _found_from(pairs: Iterable[Pair], known: int) -> float:
    """Return the greatest weight from which enough of the known are found."""
    true = sorted((pair.score.weight for pair in pairs if pair.true), reverse=True)
    enough = int(min(FOUND * known, 0.995 * len(true)))
    return _rounded(max(-100.0, true[max(0, enough - 1)])) if true else 0.0


def _rounded(weight: float) -> float:
    """Return a weight in hundredths of a bit, a little less rather than more."""
    return round(weight - 0.005, 2)


def _count(pairs: Iterable[tuple[Identity, Identity]]) -> Mapping[str, Counter[str]]:
    found = {name: Counter[str]() for name in LEARNT}
    for one, other in pairs:
        levels = levels_of(one, other)
        for name in LEARNT:
            found[name][levels[name]] += 1
    return found


def _learnt(first: Levels, m: Counter[str], u: Counter[str]) -> dict[str, Level]:
    names = list(type(first).model_fields)
    mine, theirs = sum(m[name] for name in names), sum(u[name] for name in names)
    return {
        name: Level(
            m=_chance(m[name], mine, getattr(first, name).m),
            u=_chance(u[name], theirs, getattr(first, name).u),
        )
        for name in names
    }


def _chance(seen: int, of: int, first: float) -> float:
    least = NEVER_SEEN / (of + 1)
    return min(max((seen + SEEN * first) / (of + SEEN), least), 1 - least)


def _validated(policy: MatchingPolicy, changed: Mapping[str, Any]) -> MatchingPolicy:
    now = {name: getattr(policy, name) for name in MatchingPolicy.model_fields}
    return MatchingPolicy.model_validate(now | dict(changed))
