"""HTML: tables as tables, all else as lines; a row of a label and its value is both.

Python's own parser reads it. Left to itself it takes time with the square of the size where a `<` or a
comment is not closed, so these are put right before it sees them.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from connectors.documents.found import Found, within
from connectors.documents.limits import MOST_HTML
from connectors.documents.parts import Row
from connectors.documents.rows import gather, pairs

Attributes = list[tuple[str, str | None]]
NEVER_CLOSED: Final = re.compile(r"<(?![^<>]*>)")
UNSEEN: Final = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "svg"})
_INLINE: Final = (
    "a abbr b bdi bdo big cite code del em font i img ins kbd label mark o:p q s small span strike strong"
    " sub sup tt u var wbr"
)
INLINE: Final = frozenset(_INLINE.split())
"""What does not end a line; every other tag does."""
DEEPEST_TABLE: Final = 50
TABLE_TAGS: Final = frozenset({"table", "tr", "td", "th"})


def read_html(text: str, place: str, found: Found) -> None:
    """Read the tables, and the text as lines."""
    if len(text) > MOST_HTML:
        found.fault(place, f"is HTML of more than {MOST_HTML // 1_000_000} MB: send the table as a CSV file")
        return
    reader = _Reader(place, found)
    reader.feed(NEVER_CLOSED.sub("&lt;", _without_comments(text)))
    reader.close()
    reader.finish()


@dataclass(slots=True)
class _Frame:
    """A table that is open, or the page itself: its rows, and the text outside them."""

    flow: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    holds_tables: bool = False

    def end_cell(self) -> None:
        if self.cell is not None:
            self.rows[-1].append(_tidy("".join(self.cell)))
            self.cell = None

    def begin_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def begin_cell(self) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.cell = []

    def say(self, text: str) -> None:
        (self.flow if self.cell is None else self.cell).append(text)


class _Reader(HTMLParser):
    """Follows the tags of tables however carelessly they are closed."""

    def __init__(self, place: str, found: Found) -> None:
        super().__init__(convert_charrefs=True)
        self._place = place
        self._found = found
        self._frames = [_Frame()]
        self._unseen: str | None = None
        self._in_pre = False
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._unseen:
            return
        if tag in UNSEEN:
            self._unseen = tag
        elif tag in TABLE_TAGS:
            self._begin(tag)
        elif tag not in INLINE:
            self._in_pre = self._in_pre or tag == "pre"
            self._frames[-1].say("\n")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if tag not in UNSEEN | INLINE and not self._unseen:
            self._frames[-1].say("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag in (self._unseen, "body", "html") or (self._unseen == "head" and tag == "body"):
                self._unseen = None
        elif tag in TABLE_TAGS:
            self._end(tag)
        elif tag not in INLINE:
            self._in_pre = self._in_pre and tag != "pre"
            self._frames[-1].say("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._frames[-1].say(data if self._in_pre else re.sub(r"\s+", " ", data))

    def finish(self) -> None:
        """Close what is still open, and give the text."""
        while len(self._frames) > 1:
            self._end("table")
        self._found.text(within(self._place, "text"), _tidy("".join(self._frames[0].flow)))

    def _begin(self, tag: str) -> None:
        frame = self._frames[-1]
        if tag == "table" and len(self._frames) <= DEEPEST_TABLE:
            frame.holds_tables = True
            frame.say("\n")
            self._frames.append(_Frame())
        elif len(self._frames) == 1 or tag == "table":
            frame.say("\n")
        elif tag == "tr":
            frame.begin_row()
        else:
            frame.begin_cell()

    def _end(self, tag: str) -> None:
        frame = self._frames[-1]
        if len(self._frames) == 1:
            frame.say("\n")
            return
        frame.end_cell()
        if tag == "table":
            self._frames.pop()
            self._frames[-1].say(f"{self._read(frame)}\n")

    def _read(self, frame: _Frame) -> str:
        """Give a table that holds cells side by side, and return what it says in lines."""
        outside = _tidy("".join(frame.flow))
        widest = max(map(len, frame.rows), default=0)
        if frame.holds_tables or widest < 2:  # noqa: PLR2004 - laid out by a table, as mail programs do
            return "\n".join([outside, *("\n".join(row) for row in frame.rows)])
        self._tables += 1
        place = within(self._place, f"table {self._tables}")
        rows = [Row(f"{place}, row {n}", tuple(row), "\t".join(row)) for n, row in enumerate(frame.rows, 1)]
        gather(place, rows, self._found)
        return "\n".join([outside, *(pair for row in frame.rows if (pair := pairs(row)))])


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return "".join(kept) + text[at:]


def _tidy(text: str) -> str:
    """Return text with its own lines, none of them blank, and single spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
