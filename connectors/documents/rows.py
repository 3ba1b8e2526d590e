"""Rows into a table: which one is the header, and which do not fit it."""

from collections.abc import Iterable, Iterator
from typing import Final

from connectors.documents.found import TOO_MUCH, Found, within
from connectors.documents.parts import Row, Table

A_PAIR: Final = 2


def gather(place: str, rows: Iterable[Row], found: Found) -> Table | None:
    """Return the rows as a table; what stands alone above the header becomes lines.

    The header is the first row with two cells or more. Rows that do not fit it stay, and are told; a header
    that comes again is left out, and told.
    """
    filled = _that_fit(place, (row for row in rows if any(cell.strip() for cell in row.cells)), found)
    header, above = _header(filled)
    found.text(within(place, "above the table"), "\n".join(above))
    if header is None:
        return None
    _told_twice(header, found)
    table = Table(place, _trimmed(header.cells), tuple(_under(header, filled, found)))
    found.table(table)
    return table


def pairs(cells: Iterable[str]) -> str | None:
    """Return a row of labels and values as lines: two cells, or labels that all end in a colon."""
    told = [", ".join(part.strip() for part in cell.splitlines() if part.strip()) for cell in cells]
    if len(told) % A_PAIR or not told:
        return None
    labelled = list(zip(told[::A_PAIR], told[1::A_PAIR], strict=True))
    if len(told) != A_PAIR and not all(label.endswith(":") for label, _ in labelled if label):
        return None
    return "\n".join(f"{label.removesuffix(':').rstrip()}: {value}" for label, value in labelled if label)


def _that_fit(place: str, rows: Iterable[Row], found: Found) -> Iterator[Row]:
    for row in rows:
        if not found.takes(row):
            found.fault(row.place or place, TOO_MUCH)
            return
        yield row


def _header(rows: Iterator[Row]) -> tuple[Row | None, list[str]]:
    above: list[str] = []
    for row in rows:
        told = [cell.strip() for cell in row.cells if cell.strip()]
        if len(told) >= A_PAIR:
            return row, above
        above.extend(told)
    return None, above


def _under(header: Row, rows: Iterator[Row], found: Found) -> Iterator[Row]:
    names = _trimmed(header.cells)
    same = _folded(names)
    for row in rows:
        cells = row.cells
        if _folded(_trimmed(cells)) == same:
            found.fault(
                row.place, "is the header again: left out; check that two lists were not put together"
            )
            continue
        if len(cells) > len(names) and not any(cell.strip() for cell in cells[len(names) :]):
            cells = cells[: len(names)]
        if len(cells) != len(names):
            found.fault(row.place, _ragged(len(cells), len(names)))
        yield Row(row.place, cells, row.raw)


def _ragged(cells: int, columns: int) -> str:
    return f"has {cells} cells where the header has {columns}: look for a separator too many or too few"


def _told_twice(header: Row, found: Found) -> None:
    names = [name for name in _folded(header.cells) if name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        found.fault(header.place, f"the column “{name}” is there twice: rename or remove one of them")


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return tuple(cell.strip() for cell in cells[:last])


def _folded(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()).casefold() for cell in cells)
