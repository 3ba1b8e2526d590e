"""CSV and its kin: commas, semicolons, tabs or bars, quotes that hold line breaks, rows by their line."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from connectors.documents.found import TOO_MUCH, Found, within
from connectors.documents.limits import MOST_LINES
from connectors.documents.parts import Row
from connectors.documents.rows import gather

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAMPLE: Final = 200_000
SAMPLED_ROWS: Final = 100
MOSTLY: Final = 0.7
SAID_BY_EXCEL: Final = re.compile(r'^"?sep=(?P<delimiter>[,;|\t])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a delimiter parts a text: the share of rows as wide as most, and how wide."""

    delimiter: str
    share: float
    width: int


def read_delimited(text: str, place: str, found: Found, delimiter: str | None = None) -> None:
    """Read a table; `delimiter` is what the force's format says."""
    said = SAID_BY_EXCEL.match(text)
    chosen = delimiter or (said["delimiter"] if said else None) or _chosen(text, place, found)
    gather(place, _Rows(text, place, found, chosen, said.end() if said else 0), found)


def looks_delimited(text: str) -> bool:
    """Tell whether a text of unknown kind is a table: rows that are all alike, with two columns or more."""
    return bool(SAID_BY_EXCEL.match(text)) or any(fit.share == 1 for fit in _fits(text))


def _chosen(text: str, place: str, found: Found) -> str:
    fits = _fits(text)
    if not fits:
        return ","
    best, *others = fits
    if rival := next((fit for fit in others if fit.share == best.share and best.share >= MOSTLY), None):
        found.fault(
            place,
            f"may be parted by {DELIMITERS[best.delimiter]} or by {DELIMITERS[rival.delimiter]}:"
            f" read with {DELIMITERS[best.delimiter]}; say in the force's format which it is",
        )
    elif best.share < MOSTLY:
        found.fault(
            place, "its rows differ in width whatever parts them: say in the force's format what parts cells"
        )
    return best.delimiter


def _fits(text: str) -> list[Fit]:
    """Return the delimiters that part the beginning of a text, the best first."""
    fits = (_fit(text, delimiter) for delimiter in DELIMITERS)
    return sorted((fit for fit in fits if fit), key=lambda fit: (-fit.share, -fit.width))


def _fit(text: str, delimiter: str) -> Fit | None:
    if delimiter not in text[:SAMPLE]:
        return None
    rows = csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=delimiter)
    widths: list[int] = []
    with suppress(csv.Error):  # too long a cell: judged by the rows before it
        widths.extend(len(row) for row, _ in zip(rows, range(SAMPLED_ROWS), strict=False) if row)
    if len(text) > SAMPLE and len(widths) < SAMPLED_ROWS:
        widths = widths[:-1]  # cut off
    wide = [width for width in widths if width > 1]
    if len(wide) < 2:  # noqa: PLR2004 - a header and a row
        return None
    usual = max(wide, key=wide.count)
    return Fit(delimiter, wide.count(usual) / len(widths), usual)


@dataclass(slots=True)
class _Rows:
    """Goes through a text row by row, and keeps each as it was written."""

    text: str
    place: str
    found: Found
    delimiter: str
    begin: int
    written: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        skipped = self.text.count("\n", 0, self.begin) or int(self.begin > 0)
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        while True:
            self.written.clear()
            line = reader.line_num + skipped + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._tell(line, error, reader.line_num + skipped)
                continue
            if reader.line_num > MOST_LINES:
                self.found.fault(within(self.place, f"line {line}"), TOO_MUCH)
                return
            raw = "".join(self.written).rstrip("\r\n")
            yield Row(within(self.place, f"line {line}"), tuple(cells), raw)

    def _lines(self) -> Iterator[str]:
        for line in io.StringIO(self.text[self.begin :], newline=""):
            self.written.append(line)
            yield line

    def _tell(self, line: int, error: csv.Error, last: int) -> None:
        where = f"line {line}" if last <= line else f"lines {line} to {last}"
        why = "a quotation mark is not closed, or stands inside a cell: double or remove it"
        if "limit" in str(error):
            why = "a cell is too long: look for a quotation mark that is not closed"
        self.found.fault(within(self.place, where), f"not read: {why}")
