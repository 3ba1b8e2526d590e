"""Elements of SVG, and the frame that every picture has."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

INK: Final = "currentColor"
Value = str | float


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says to whoever does not see it; `id` is its own on the page."""

    id: str
    title: str
    told: str


def element(name: str, *inside: str, **attributes: Value | None) -> Markup:
    """Return an element; an attribute without a value is left out, and `_` in its name is `-`."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{told}>{''.join(map(escape, inside))}</{name}>")  # noqa: S704 - escaped above


def picture(words: Words, height: float, *inside: str) -> Markup:
    """Return a picture that is as wide as there is room."""
    return element(
        "svg",
        element("title", words.title, id=f"{words.id}-title"),
        element("desc", words.told, id=f"{words.id}-desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        id=words.id,
        class_="app-chart",
        width="100%",
        height=height,
        role="img",
        aria_labelledby=f"{words.id}-title {words.id}-desc",
        font_family="arial, sans-serif",
        font_size=14,
    )


def text(said: str, x: float, y: float, anchor: str = "start", **other: Value | None) -> Markup:
    """Return words that begin, end or have their middle at `x`, in percent."""
    return element("text", said, x=percent(x), y=y, text_anchor=anchor, **{"fill": INK, **other})


def line(x1: float, y1: float, x2: float, y2: float, **other: Value | None) -> Markup:
    """Return a line; what lies across is in percent."""
    return element("line", x1=percent(x1), y1=y1, x2=percent(x2), y2=y2, **{"stroke": INK, **other})


def percent(value: float) -> str:
    """Return a place or a width across."""
    return f"{_number(float(value))}%"


def _number(value: Value) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
