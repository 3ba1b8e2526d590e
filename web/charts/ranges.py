"""Where the middle half of something lies, and its median, one below the other on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.axis import Axis
from web.charts.fills import Fill
from web.charts.svg import INK, Words, element, line, percent, picture, text

EACH, BAR, FOOT = 58.0, 22.0, 50.0
LEFT, RIGHT = 2.0, 94.0


@dataclass(frozen=True, slots=True)
class Range:
    """One of them; a quarter lies below `lower`, and a quarter above `upper`."""

    label: str
    lower: float
    median: float
    upper: float
    told: str


def ranges(words: Words, axis: Axis, rows: Sequence[Range]) -> Markup:
    """Return a picture of ranges."""
    foot = EACH * len(rows) + 6
    return picture(
        words,
        foot + FOOT,
        *(shape for mark in axis.marks for shape in _mark(axis, mark, foot)),
        *(shape for place, row in enumerate(rows) for shape in _row(axis, row, place * EACH)),
        line(LEFT, foot, RIGHT, foot),
        text(axis.name, (LEFT + RIGHT) / 2, foot + 42, "middle"),
    )


def _mark(axis: Axis, mark: int, foot: float) -> list[Markup]:
    x = _x(axis, mark)
    return [
        line(x, 0, x, foot, stroke_opacity=0.2),
        text(f"{mark:,}{axis.unit}", x, foot + 20, "middle" if mark else "start"),
    ]


def _row(axis: Axis, row: Range, y: float) -> list[Markup]:
    lower, middle, upper = (_x(axis, each) for each in (row.lower, row.median, row.upper))
    area = element(
        "rect",
        x=percent(lower),
        y=y + 26,
        width=percent(max(0.5, upper - lower)),
        height=BAR,
        fill=Fill.LIGHT.paint(""),
        stroke=INK,
        stroke_width=0.5,
    )
    median = element("rect", x=percent(middle - 0.4), y=y + 22, width=percent(0.8), height=BAR + 8, fill=INK)
    return [text(row.label, LEFT, y + 16), element("g", element("title", row.told), area, median)]


def _x(axis: Axis, value: float) -> float:
    return LEFT + axis.share(value) * (RIGHT - LEFT)
