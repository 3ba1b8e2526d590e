"""A figure as it is shown: in words, as a picture, as a table, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

Cell = str | int | float | date | None
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells Excel that a file is in UTF-8."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a figure; the first cell of a row says what the row is about."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def csv(self) -> str:
        """Return the table as Excel opens it well; no words of ours or of anybody else become a formula."""
        told = io.StringIO()
        writer = csv.writer(told)
        writer.writerow(self.head)
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return MARK + told.getvalue()


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure. Without a picture there is nothing to count; `reading` says so."""

    name: str
    heading: str
    reading: str
    table: Table
    picture: Markup | None = None
    legend: Markup | None = None
    notes: Sequence[str] = ()


def _plain(cell: Cell) -> str | int | float:
    match cell:
        case str() if cell.startswith(BEGINS_A_FORMULA):
            return f"'{cell}"
        case date():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return cell
