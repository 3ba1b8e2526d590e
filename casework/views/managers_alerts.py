"""Alerts with whom each was told to, and the names of all these people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from store import alerts, staff
from store.alerts import Delivery
from store.database import Transaction
from store.views import managers_alerts
from store.views.managers_alerts import Part, Row, State

__all__ = ["Alerts", "Delivery", "Part", "Row", "State", "listed", "names_of"]


@dataclass(frozen=True, slots=True)
class Alerts:
    """One page of alerts; `told` are the deliveries by alert, `names` those of staff by id."""

    counts: Mapping[State, int]
    rows: Sequence[Row]
    told: Mapping[UUID, Sequence[Delivery]]
    names: Mapping[str, str]
    number: int
    pages: int


async def listed(tx: Transaction, part: Part) -> Alerts:
    """Return a page of alerts; past the last page it shows that."""
    counts = await managers_alerts.counts(tx, part.step)
    pages = max(1, -(-counts[part.state] // part.limit))
    number = min(part.offset // part.limit + 1, pages)
    rows = await managers_alerts.page(tx, Part(part.state, part.step, (number - 1) * part.limit, part.limit))
    told = await alerts.told(tx, [row.id for row in rows])
    return Alerts(counts, rows, told, await names_of(tx), number, pages)


async def names_of(tx: Transaction) -> dict[str, str]:
    """Return the names of everybody in the directory, by id."""
    return {each.id: each.name for each in await staff.all_of(tx)}
