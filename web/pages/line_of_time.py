"""One line of time: which entries are asked for, in which order, by day and page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from web.pages.line_entries import Entry, Sort
from web.pages.times import LONDON

PER_PAGE: Final = 100
NAMES: Final = {
    Sort.EPISODES: "Missing episodes",
    Sort.TOLD: "What was told",
    Sort.INTERVIEWS: "Interviews",
    Sort.PLAN: "Safety plan",
    Sort.ALERTS: "Alerts",
    Sort.DECISIONS: "Decisions",
}
BADGES: Final = {
    Sort.EPISODES: ("Episode", "black"),
    Sort.TOLD: ("Told", "blue"),
    Sort.INTERVIEWS: ("Interview", "green"),
    Sort.PLAN: ("Plan", "purple"),
    Sort.ALERTS: ("Alert", "red"),
    Sort.DECISIONS: ("Decision", "bright-purple"),
}
"""What stands beside each entry, and in which colour."""
Tick = Literal["", "yes"]


class Asked(BaseModel):
    """Which part of the line; with no tick, all of it."""

    episodes: Tick = ""
    told: Tick = ""
    interviews: Tick = ""
    plan: Tick = ""
    alerts: Tick = ""
    decisions: Tick = ""
    order: Literal["newest", "oldest"] = "newest"
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @property
    def ticked(self) -> frozenset[Sort]:
        """What is ticked."""
        return frozenset(sort for sort in Sort if getattr(self, sort.value))

    def address(self, path: str, **other: object) -> str:
        """Return the address with something changed; what is usual is left out."""
        usual = Asked().model_dump(mode="json")
        told = self.model_dump(mode="json") | other
        changed = {name: value for name, value in told.items() if value != usual[name]}
        return f"{path}?{urlencode(changed)}#line" if changed else f"{path}#line"


@dataclass(frozen=True, slots=True)
class Days:
    """One page of the line; `number` is the page's own, `total` counts the entries of all pages."""

    days: Sequence[tuple[date, Sequence[Entry]]]
    number: int
    pages: int
    total: int


def days(entries: Iterable[Entry], asked: Asked) -> Days:
    """Return what is asked for, day after day in London."""
    wanted = asked.ticked or frozenset(Sort)
    found = sorted((each for each in entries if each.sort in wanted), key=lambda entry: entry.at)
    if asked.order == "newest":
        found.reverse()
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(asked.page, pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    grouped = groupby(shown, key=lambda entry: entry.at.astimezone(LONDON).date())
    return Days([(day, list(group)) for day, group in grouped], number, pages, len(found))
