"""What areas are filled with: told apart by how dark they are and by hatching, not by hue alone."""

from collections.abc import Iterable
from enum import Enum

from markupsafe import Markup

from web.charts.svg import INK, element


class Fill(Enum):
    """The colour of the area, of words upon it, and of its hatching if it has one."""

    STRONG = ("#003a69", "#ffffff", None)
    PLAIN = ("#1d70b8", "#ffffff", None)
    LIGHT = ("#8eb8dc", "#0b0c0c", None)
    FAINT = ("#d2e2f1", "#0b0c0c", None)
    DONE = ("#0f7a52", "#ffffff", None)
    BEGUN = ("#9fcab5", "#0b0c0c", None)
    WARM = ("#f0b07a", "#0b0c0c", None)
    GREY = ("#cecece", "#0b0c0c", None)
    HATCHED = ("#ffffff", "#0b0c0c", "#0b0c0c")
    DOTTED = ("#ffffff", "#0b0c0c", "#858686")

    def __init__(self, colour: str, ink: str, mark: str | None) -> None:
        self.colour, self.ink, self.mark = colour, ink, mark

    def paint(self, picture: str) -> str:
        """Return what an area of that picture is filled with."""
        return f"url(#{self._pattern_id(picture)})" if self.mark else self.colour

    def pattern(self, picture: str) -> Markup:
        """Return the hatching to be defined in a picture; nothing for a plain colour."""
        if self.mark is None:
            return Markup()
        drawn = (
            element("circle", cx=3, cy=3, r=1.2, fill=self.mark)
            if self is Fill.DOTTED
            else element("path", d="M0 0V8", stroke=self.mark, stroke_width=2)
        )
        return element(
            "pattern",
            element("rect", width=8, height=8, fill=self.colour),
            drawn,
            id=self._pattern_id(picture),
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            patternTransform=None if self is Fill.DOTTED else "rotate(45)",
        )

    def _pattern_id(self, picture: str) -> str:
        return f"{picture}-{self.name.lower()}"


def definitions(picture: str, fills: Iterable[Fill]) -> Markup:
    """Return the hatchings that a picture uses, each once."""
    return element("defs", *(fill.pattern(picture) for fill in dict.fromkeys(fills)))


def legend(picture: str, names: Iterable[tuple[str, Fill]]) -> Markup:
    """Return a list that says which area is what."""
    items = (element("li", _swatch(f"{picture}-key", fill), " ", name) for name, fill in names)
    return element("ul", *items, class_="app-legend govuk-body-s")


def _swatch(picture: str, fill: Fill) -> Markup:
    area = element("rect", x=0.5, y=0.5, width=19, height=15, fill=fill.paint(picture), stroke=INK)
    return element(
        "svg", definitions(picture, [fill]), area, width=20, height=16, aria_hidden="true", focusable="false"
    )
