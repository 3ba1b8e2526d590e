"""How far an axis reaches, and where it is marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

MOST_TICKS: Final = 5
HOURS: Final = (1, 2, 6, 12, 24, 48, 72, 120, 240, 480, 960)
"""Steps between marks in which people think of hours."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What is measured: its name, and the marks from 0 to the highest."""

    name: str
    marks: Sequence[int]
    unit: str = ""

    @property
    def top(self) -> int:
        return self.marks[-1]

    def share(self, value: float) -> float:
        """Return how far along the axis a value lies, from 0 to 1."""
        return min(1.0, max(0.0, value / self.top))


def ticks(highest: float, steps: Sequence[int] = ()) -> tuple[int, ...]:
    """Return whole marks from 0 to the first that is not below `highest`, in few steps of a round length."""
    step = next(each for each in chain(steps, _round_steps(steps)) if each * (MOST_TICKS - 1) >= highest)
    return tuple(range(0, max(1, -int(-highest // step)) * step + 1, step))


def _round_steps(after: Sequence[int]) -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on, beyond the steps given."""
    longest = after[-1] if after else 0
    for power in count():
        yield from (step * 10**power for step in (1, 2, 5) if step * 10**power > longest)
