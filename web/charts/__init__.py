"""Pictures of numbers as SVG: numbers in, markup out.

Whatever lies across is in percent and whatever lies down in pixels, so that a picture is as wide as there is
room and its words are as large on a telephone as on a desk. What is drawn as a line or a word has the
page's own colour, which a person may have chosen.
"""

from web.charts.axis import HOURS, Axis, ticks
from web.charts.columns import Along, Column, columns
from web.charts.fills import Fill, legend
from web.charts.ranges import Range, ranges
from web.charts.stacked import Part, Row, stacked
from web.charts.svg import Words

__all__ = [
    "HOURS", "Along", "Axis", "Column", "Fill", "Part", "Range", "Row", "Words", "columns", "legend",
    "ranges", "stacked", "ticks",
]  # fmt: skip
