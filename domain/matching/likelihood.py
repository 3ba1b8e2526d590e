"""How likely two descriptions are of one child, as a person who compares them is told."""

from enum import StrEnum
from typing import Final

from domain.matching.scoring import Score, Verdict, verdict
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


def likelihood(scored: Score, policy: MatchingPolicy) -> Likelihood:
    """Return how likely two descriptions are of one child. Whom a bar parts is no more than possible."""
    if scored.weight < min(POSSIBLE_FROM, policy.perhaps_from):
        return Likelihood.UNLIKELY
    if verdict(scored, policy) is Verdict.SAME:
        return Likelihood.VERY_LIKELY
    unsure = scored.bars or scored.weight < min(LIKELY_FROM, policy.perhaps_from)
    return Likelihood.POSSIBLE if unsure else Likelihood.LIKELY
