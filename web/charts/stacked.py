"""Bars that are a whole each, divided into its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from web.charts.fills import Fill, definitions
from web.charts.svg import INK, Words, element, percent, picture, text

EACH, BAR = 62.0, 28.0
WIDE: Final = 100.0
PER_DIGIT: Final = 3.5
"""How wide a digit is on a telephone, in percent."""


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a whole, and what is told of it."""

    amount: int
    fill: Fill
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A whole: what it is, and its parts, of which there is at least one."""

    label: str
    parts: Sequence[Part]


def stacked(words: Words, rows: Sequence[Row]) -> Markup:
    """Return a picture of divided bars, one below the other."""
    fills = [part.fill for row in rows for part in row.parts]
    drawn = [shape for place, row in enumerate(rows) for shape in _row(words.id, row, place * EACH)]
    return picture(words, EACH * len(rows), definitions(words.id, fills), *drawn)


def _row(picture_id: str, row: Row, y: float) -> list[Markup]:
    whole, done, drawn = sum(part.amount for part in row.parts), 0, [text(row.label, 0, y + 16)]
    for part in row.parts:
        drawn.append(_part(picture_id, part, done / whole * WIDE, part.amount / whole * WIDE, y + 24))
        done += part.amount
    return drawn


def _part(picture_id: str, part: Part, x: float, width: float, y: float) -> Markup:
    area = element(
        "rect",
        x=percent(x),
        y=y,
        width=percent(width),
        height=BAR,
        fill=part.fill.paint(picture_id),
        stroke=INK,
        stroke_width=0.5,
    )
    number = f"{part.amount:,}"
    if width < PER_DIGIT * (len(number) + 1):
        return element("g", element("title", part.told), area)
    around = "#ffffff" if part.fill.mark else None  # hatching would run through the number
    said = text(
        number,
        x + width / 2,
        y + 19,
        "middle",
        fill=part.fill.ink,
        class_="app-on-area",
        stroke=around,
        stroke_width=around and 6,
        paint_order=around and "stroke",
    )
    return element("g", element("title", part.told), area, said)
