"""How long the steps of an interview took: how many, the middle one, the longest, and how they spread."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final, Protocol

BANDS: Final = (24, 48, 72, 96, 168)
"""Hours up to which each band reaches; the last band is all that took longer."""


class Delay(StrEnum):
    """From which moment to which; from the return only where it is confirmed."""

    RETURN_TO_ALLOCATED = "return_to_allocated"
    RETURN_TO_OFFERED = "return_to_offered"
    RETURN_TO_HELD = "return_to_held"
    HELD_TO_SUBMITTED = "held_to_submitted"
    SUBMITTED_TO_APPROVED = "submitted_to_approved"


DELAY_MEANS: Final[Mapping[Delay, str]] = {
    Delay.RETURN_TO_ALLOCATED: "hours from the child's return until somebody first had the interview",
    Delay.RETURN_TO_OFFERED: "hours from the child's return until it was first offered",
    Delay.RETURN_TO_HELD: "hours from the child's return until the conversation",
    Delay.HELD_TO_SUBMITTED: "hours from the conversation until its record was last submitted",
    Delay.SUBMITTED_TO_APPROVED: "hours from when the record was last submitted until it was approved",
}


class Timed(Protocol):
    """The moments of an interview."""

    @property
    def clock_started_at(self) -> datetime: ...
    @property
    def provisional_due(self) -> bool: ...
    @property
    def allocated_at(self) -> datetime | None: ...
    @property
    def offered_at(self) -> datetime | None: ...
    @property
    def held_at(self) -> datetime | None: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def approved_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Spread:
    """Hours: how many were counted, their median and the longest, and how many lie in each of `BANDS`.

    `bands` has one number more than `BANDS`: what took longer than the last.
    """

    count: int
    median_hours: float | None
    longest_hours: float | None
    bands: tuple[int, ...]


def spread(delay: Delay, rows: Iterable[Timed]) -> Spread:
    """Return how long it took in those interviews where both moments are known."""
    hours = [each for row in rows if (each := _hours(delay, row)) is not None]
    bands = [0] * (len(BANDS) + 1)
    for each in hours:
        bands[bisect_left(BANDS, each)] += 1
    middle = round(median(hours), 2) if hours else None
    return Spread(len(hours), middle, round(max(hours), 2) if hours else None, tuple(bands))


def _hours(delay: Delay, row: Timed) -> float | None:
    begun, ended = (moment(row) for moment in SPREADS[delay])
    return (ended - begun) / timedelta(hours=1) if begun and ended else None


def _returned(row: Timed) -> datetime | None:
    return None if row.provisional_due else row.clock_started_at


_Moment = Callable[[Timed], datetime | None]
SPREADS: Final[Mapping[Delay, tuple[_Moment, _Moment]]] = {
    Delay.RETURN_TO_ALLOCATED: (_returned, lambda row: row.allocated_at),
    Delay.RETURN_TO_OFFERED: (_returned, lambda row: row.offered_at),
    Delay.RETURN_TO_HELD: (_returned, lambda row: row.held_at),
    Delay.HELD_TO_SUBMITTED: (lambda row: row.held_at, lambda row: row.submitted_at),
    Delay.SUBMITTED_TO_APPROVED: (lambda row: row.submitted_at, lambda row: row.approved_at),
}
"""Which two moments each is between."""
