"""How likely two descriptions are of one child, as a person who compares them is told."""

from enum import StrEnum
from typing import Final

from domain.matching.choosing import Among, Unsure
from domain.matching.scoring import Verdict
from schemas.matching_policy import MatchingPolicy

LIKELY_FROM: Final = 3.0
"""In bits: of nine who weigh this, eight are the child."""
POSSIBLE_FROM: Final = -5.0
"""In bits: of some thirty who weigh this, one is the child. Below it nobody's time is well spent."""


class Likelihood(StrEnum):
    """How likely; the likeliest first."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    """Not likely enough, or something stands against joining them whatever they weigh."""
    UNLIKELY = "unlikely"


def likelihood(found: Among, policy: MatchingPolicy) -> Likelihood:
    """Return how likely a candidate is the child, among the others. Very likely is only whom `choose` takes.

    Whom a bar parts, or of whom others make it unsure, is no more than possible.
    """
    scored = found.score
    if scored.weight < min(POSSIBLE_FROM, policy.perhaps_from):
        return Likelihood.UNLIKELY
    if found.verdict(policy) is Verdict.SAME:
        return Likelihood.VERY_LIKELY
    forbidden = scored.bars or set(found.unsure) - {Unsure.HOME_FOR_MANY}  # without it, it is weighed already
    unsure = forbidden or scored.weight < min(LIKELY_FROM, policy.perhaps_from)
    return Likelihood.POSSIBLE if unsure else Likelihood.LIKELY
