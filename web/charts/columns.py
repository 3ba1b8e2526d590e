"""Columns side by side: a value per week, or with no gaps how something spreads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from web.charts.axis import Axis
from web.charts.fills import Fill
from web.charts.svg import INK, Words, element, line, percent, picture, text

TOP, DEEP, BELOW = 40.0, 180.0, 58.0
LEFT, RIGHT = 12.0, 99.0
FOOT: Final = TOP + DEEP
MOST_LABELS: Final = 5
MOST_SHOWN: Final = 13
"""With more columns than that there is no room for their values on a telephone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value: where it stands, what is written above it, and what is told of it. None is no value."""

    label: str
    value: float | None
    shown: str
    told: str
    fill: Fill = Fill.PLAIN


@dataclass(frozen=True, slots=True)
class Along:
    """What lies along the foot: its name, and labels at the edges of columns rather than below them.

    `limit` names the edge after which something is over, and `limit_at` counts columns up to it.
    """

    name: str
    edges: Sequence[str] = ()
    limit: str = ""
    limit_at: int = 0


def columns(words: Words, axis: Axis, along: Along, bars: Sequence[Column]) -> Markup:
    """Return a picture of columns."""
    width = (RIGHT - LEFT) / len(bars)
    return picture(
        words,
        TOP + DEEP + BELOW,
        text(axis.name, 0, 14),
        *_grid(axis),
        *(_column(axis, bar, LEFT + place * width, width, len(bars)) for place, bar in enumerate(bars)),
        line(LEFT, FOOT, RIGHT, FOOT),
        *(_edges(along, width) if along.edges else ()),
        *_labels(bars, width, within=bool(along.edges)),
        *(_limit(along, width) if along.limit else ()),
        text(along.name, (LEFT + RIGHT) / 2, FOOT + 46, "middle"),
    )


def _grid(axis: Axis) -> list[Markup]:
    drawn = []
    for mark in axis.marks:
        y = FOOT - axis.share(mark) * DEEP
        drawn.append(line(LEFT, y, RIGHT, y, stroke_opacity=0.2))
        drawn.append(text(f"{mark:,}{axis.unit}", LEFT - 1.5, y + 5, "end"))
    return drawn


def _column(axis: Axis, bar: Column, x: float, width: float, of: int) -> Markup:
    middle, gap = x + width / 2, width * 0.1
    if bar.value is None:
        return element("g", element("title", bar.told), text("–", middle, FOOT - 4, "middle"))
    high = axis.share(bar.value) * DEEP
    area = element(
        "rect",
        x=percent(x + gap),
        y=FOOT - high,
        width=percent(width - 2 * gap),
        height=high,
        fill=bar.fill.paint(""),
        stroke=INK,
        stroke_width=0.5,
    )
    above = text(bar.shown, middle, FOOT - high - 5, "middle", font_size=13) if of <= MOST_SHOWN else ""
    return element("g", element("title", bar.told), area, above)


def _labels(bars: Sequence[Column], width: float, *, within: bool) -> list[Markup]:
    every = 1 if within else -(-len(bars) // MOST_LABELS)
    return [
        text(bar.label, LEFT + (place + 0.5) * width, FOOT + 20, "middle")
        for place, bar in enumerate(bars)
        if bar.label and place % every == 0
    ]


def _edges(along: Along, width: float) -> list[Markup]:
    places = [(LEFT + place * width, label) for place, label in enumerate(along.edges)]
    return [
        drawn
        for x, label in places
        for drawn in (line(x, FOOT, x, FOOT + 5), text(label, x, FOOT + 20, "middle"))
    ]


def _limit(along: Along, width: float) -> list[Markup]:
    x = LEFT + along.limit_at * width
    return [
        line(x, TOP - 6, x, FOOT, stroke_width=2, stroke_dasharray="6 4"),
        text(along.limit, x, TOP - 10, "end"),
    ]
