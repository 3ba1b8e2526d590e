"""Invented places and company: where children were while away, and what that asks for."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from cli.demo.words import Pieces, pieces, table
from schemas.record import IndicatorKind, RiskChange


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of exploitation, with what was said that shows it, and with whom it is shared."""

    kind: IndicatorKind
    evidence: Pieces
    shared_with: str


@dataclass(frozen=True, slots=True)
class Away:
    """Where a child was; each piece is the first half of a sentence, `spent` in the child's words.

    `relation` and `age` are those of the friend who was there.
    """

    label: str
    place: str
    address: str
    relation: str
    age: str
    spent: Pieces
    pull: Pieces
    risk: RiskChange
    risk_why: Pieces
    does: Pieces
    shows: Pieces
    sign: Sign | None = None


@cache
def places() -> tuple[Away, ...]:
    """Return every place."""
    return tuple(_read(row) for row in table("away")["away"])


def _read(row: dict[str, Any]) -> Away:
    sign = row.get("sign")
    read = Sign(**pieces(sign | {"kind": IndicatorKind(sign["kind"])})) if sign else None
    return Away(**pieces(row | {"risk": RiskChange(row["risk"]), "sign": read}))
