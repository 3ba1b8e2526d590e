"""Whether two words are the same but for a slip of a finger."""

from typing import Final

from rapidfuzz.distance import OSA

LONG: Final = 6
"""From this many letters two slips may be in one word."""
SHORTEST: Final = 3
"""With fewer letters a slip makes another word."""


def near(one: str, other: str, most: int | None = None) -> bool:
    """Whether one slip (in long words two) parts them: a letter more, less or wrong, or two exchanged."""
    shorter = min(len(one), len(other))
    allowed = most if most is not None else 1 + (shorter >= LONG)
    if shorter < SHORTEST or abs(len(one) - len(other)) > allowed:
        return False
    return int(OSA.distance(one, other, score_cutoff=allowed)) <= allowed
