"""Measuring: what came of the interviews due in a period, of those that whoever asks may see."""

from collections.abc import Sequence
from datetime import datetime

from domain.figures import MEANS, PARTS, Figure
from domain.measures import Counted, Measures, Share, measure
from domain.spread import BANDS, DELAY_MEANS, Delay, Spread
from store.database import Transaction
from store.views import measures

__all__ = [
    "BANDS", "DELAY_MEANS", "MEANS", "PARTS", "Counted", "Delay", "Figure", "Measures", "Share", "Spread",
    "counted", "measured",
]  # fmt: skip


async def measured(tx: Transaction, from_at: datetime, until: datetime, now: datetime) -> Measures:
    """Return the measures of a period that begins at `from_at` and ends before `until`, as known at `now`."""
    return measure(await measures.due_within(tx, from_at, until), from_at, until, now)


def counted(found: Measures, figure: Figure) -> Sequence[Counted]:
    """Return the interviews that a figure counts, by the moment for which they count."""
    return sorted(found.figures[figure], key=lambda each: (each.at, each.id))
