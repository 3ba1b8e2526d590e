"""Spreadsheets (.xlsx): each visible sheet a table, with the values that were last worked out.

Dates come as ISO text. A spreadsheet knows no time zone: none is given, and `raw` says so.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # the class of what read_only gives

from connectors.documents.archives import refuse_declarations
from connectors.documents.found import Found, within
from connectors.documents.limits import MOST_COLUMNS, MOST_ROWS
from connectors.documents.parts import Row
from connectors.documents.rows import gather

EXACT_DIGITS: Final = 15
NO_ZONE: Final = " (no time zone)"


def read_workbook(content: bytes, place: str, found: Found) -> None:
    """Read every visible sheet.

    Raises:
        Refused: its XML declares entities.
        Exception: whatever a damaged file makes the library do.
    """
    refuse_declarations(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that nobody here needs
        worked_out = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        written = load_workbook(io.BytesIO(content), read_only=True)
        for values, formulas in zip(worked_out.worksheets, written.worksheets, strict=True):
            _sheet(values, formulas, within(place, f"sheet {values.title}"), found)


def _sheet(values: Any, formulas: Any, place: str, found: Found) -> None:
    if not isinstance(values, ReadOnlyWorksheet):
        return
    if values.sheet_state != "visible":
        found.fault(place, "is hidden and was not read: show it, or remove it")
        return
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what it says of its own size need not be true
    gather(place, _rows(values, formulas, place, found), found)


def _rows(values: Any, formulas: Any, place: str, found: Found) -> Iterator[Row]:
    limits = {"max_col": MOST_COLUMNS + 1, "max_row": MOST_ROWS + 1}
    pairs = zip(values.iter_rows(**limits), formulas.iter_rows(**limits), strict=False)
    blank: object = None
    for number, (row, asked) in enumerate(pairs, 1):
        if row is blank:  # rows that are not there at all are one and the same
            continue
        where = f"{place}, row {number}"
        if _is_blank(row) and _is_blank(asked):
            blank = row
            continue
        if number > MOST_ROWS or not _is_blank(row[MOST_COLUMNS:]):
            found.fault(
                where, f"is beyond row {MOST_ROWS} or column {MOST_COLUMNS}: left out with what follows"
            )
            return
        cells = [_cell(cell, other, where, found) for cell, other in zip(row, asked, strict=False)]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            raw = [f"{cell}{NO_ZONE * _is_moment(one.value)}" for cell, one in zip(cells, row, strict=False)]
            yield Row(where, tuple(cells), "\t".join(raw))


def _is_blank(cells: tuple[object, ...]) -> bool:
    return set(map(id, cells)) <= {id(EMPTY_CELL)}  # they compare by attributes, which that one lacks


def _cell(cell: Any, asked: Any, where: str, found: Found) -> str:
    value = cell.value
    if cell is EMPTY_CELL and asked is EMPTY_CELL:
        return ""
    if value is None:
        if asked.data_type == "f":
            found.fault(
                where,
                f"{asked.coordinate} is a formula that was never worked out: open and save it in a"
                " spreadsheet program, or send values",
            )
        return ""
    if cell.data_type == "e":
        found.fault(where, f"{cell.coordinate} shows the error {value}: correct it")
        return ""
    if isinstance(value, int | float) and abs(value) >= 10**EXACT_DIGITS:
        found.fault(
            where,
            f"{cell.coordinate} is a number too long for a spreadsheet, which rounds it: keep it as text",
        )
    return _text(value, str(cell.number_format))


def _text(value: object, number_format: str) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return _moment(value, number_format)
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 10**EXACT_DIGITS:
            return str(int(value))
        case _:
            return str(value)


def _moment(value: datetime, number_format: str) -> str:
    """Return a day where the cell shows no time, else the moment to the second."""
    if value.time() == time.min and "h" not in number_format.lower():
        return value.date().isoformat()
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.isoformat()


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime)
