"""What readers have found so far in one document, within its limits."""

from dataclasses import dataclass, field
from typing import Final

from connectors.documents.limits import MOST_CELLS, MOST_CHARACTERS, MOST_FAULTS, MOST_ROWS
from connectors.documents.parts import Fault, Lines, Row, Table, Tree

LONGEST_NAME: Final = 100
TOO_MUCH: Final = "holds more than can be read at once: what follows was left out; send it in smaller files"


@dataclass(slots=True)
class Found:
    """Gathers tables, lines, trees and faults of a document and of all that is attached to it."""

    tables: list[Table] = field(default_factory=list)
    lines: list[Lines] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    cells: int = 0
    characters: int = 0
    parts: int = 0

    def table(self, table: Table) -> None:
        """Add a table whose rows were counted by `takes`."""
        if table.header or table.rows:
            self.tables.append(table)

    def text(self, place: str, text: str) -> None:
        """Add lines of text, unless there is nothing in them."""
        if not text.strip():
            return
        room = MOST_CHARACTERS - self.characters
        if len(text) > room:
            self.fault(place, TOO_MUCH)
            text = text[: max(room, 0)]
        self.characters += len(text)
        self.lines.append(Lines(place, text))

    def fault(self, place: str, message: str) -> None:
        """Tell a fault; after very many only that there are more."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(place, message))
        elif len(self.faults) == MOST_FAULTS:
            self.faults.append(Fault(place, "and more faults from here on: mend those above first"))

    def takes(self, row: Row) -> bool:
        """Count a row, and say whether there was still room for it."""
        self.rows += 1
        self.cells += len(row.cells)
        self.characters += sum(map(len, row.cells)) + len(row.raw)
        return self.rows <= MOST_ROWS and self.cells <= MOST_CELLS and self.characters <= 2 * MOST_CHARACTERS

    def found_anything(self) -> bool:
        return bool(self.tables or self.lines or self.trees or self.faults)


def within(place: str, part: str) -> str:
    """Return where a part is: in the document itself, or in something attached to it."""
    return f"{place}, {part}" if place else part


def storable(text: str) -> str:
    """Return text that a database can keep: no zero bytes, and no halves of characters."""
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def plain_name(name: str) -> str:
    """Return a file's name so that it can be shown: no control or direction characters, and not too long."""
    shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in name)
    return shown[-LONGEST_NAME:]
