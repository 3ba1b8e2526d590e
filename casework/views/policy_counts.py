"""How much another policy changes, in words."""

from collections.abc import Mapping
from typing import Final

COUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "become_overdue": ("interview becomes overdue", "interviews become overdue"),
    "no_longer_overdue": ("interview is overdue no longer", "interviews are overdue no longer"),
    "deadlines_moved": ("deadline moves", "deadlines move"),
    "episodes_merged": ("episode becomes part of another", "episodes become part of others"),
    "episodes_parted": ("episode is parted from another", "episodes are parted from others"),
    "interviews_taken_off": ("interview is no longer needed", "interviews are no longer needed"),
    "interviews_begun": ("interview becomes due", "interviews become due"),
    "steps_at_once": ("step of the ladder comes due at once", "steps of the ladder come due at once"),
    "steps_removed": ("step of the ladder is no more", "steps of the ladder are no more"),
    "settled_children": (
        "child without anything open has records that change",
        "children without anything open have records that change",
    ),
}


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return how much changes, the gravest first; what does not happen is left out."""
    return [f"{counts[name]:,} {COUNTS[name][counts[name] != 1]}" for name in COUNTS if counts.get(name)]
