"""A CSV file of the authority's, row by row, and what is no row named by line. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple, Protocol

from pydantic import TypeAdapter

from schemas.scalars import DAY, Name

UNKEEPABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
NAME: Final = TypeAdapter[str](Name)
"""What a short key has to be."""
NOT_TEXT: Final = "holds a character that is not text: save the file as CSV UTF-8"
NO_TEXT_FILE: Final = "is not a text file: save it as CSV UTF-8"
_NO_TEXT: Final = re.compile("[\0-\x08\x0e-\x1f]")
_BRITISH_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


class Row(NamedTuple):
    """One row with a value for every column there is: what the file lacks is empty."""

    line: int
    values: Mapping[str, str]


class NoRow(NamedTuple):
    """What is wrong with a line, and how to mend it."""

    line: int
    message: str


class OfLine(Protocol):
    """Something that is wrong with a line."""

    @property
    def line(self) -> int: ...


def refusal(problems: Iterable[OfLine]) -> str:
    """Return what is said where nothing was imported, since something is wrong."""
    count = len({problem.line for problem in problems})
    return f"nothing was imported: {count} {'line has' if count == 1 else 'lines have'} to be corrected first"


def text_of(lines: Iterable[str]) -> Iterator[str] | None:
    """Return a file's lines; None where the first has what is in no text, as in that of a spreadsheet."""
    rest = iter(lines)
    first = next(rest, "")
    return None if _NO_TEXT.search(first) else chain([first], rest)


def rows(lines: Iterable[str], columns: Sequence[str], required: str) -> Iterator[Row | NoRow]:
    """Yield the rows under a header. Lines keep their ends; bad bytes are surrogate escapes."""
    text = text_of(lines)
    if text is None:
        yield NoRow(1, NO_TEXT_FILE)
        return
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if wrong := _wrong_header(header, columns, required):
            yield NoRow(1, wrong)
            return
        line = reader.line_num + 1
        for fields in reader:
            if any(field.strip() for field in fields):
                yield _row(line, header, fields, columns)
            line = reader.line_num + 1
    except csv.Error as error:
        yield NoRow(line, f"is not CSV from here on ({error}): close its quotation marks")


def day(text: str) -> date | None:
    """Return a day as ISO 8601 or as the British write it; None for no text or anything else."""
    british = _BRITISH_DAY.fullmatch(text)
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _wrong_header(header: Sequence[str], columns: Sequence[str], required: str) -> str | None:
    if len(header) == 1 and ";" in header[0]:
        return "separates its columns with semicolons: save the file with commas"
    unknown = [name for name in header if name not in columns]
    if not header:
        return f"the file is empty: its first line names the columns {', '.join(columns)}"
    if required not in header or unknown or len(set(header)) < len(header):
        what = f"has no column {', '.join(map(repr, unknown))}" if unknown else "must name each column once"
        return f"the header {what}; {required} is required of {', '.join(columns)}"
    return None


def _row(line: int, header: Sequence[str], fields: Sequence[str], columns: Sequence[str]) -> Row | NoRow:
    if len(fields) != len(header):
        count = f"has {len(fields)} fields where the header has {len(header)}"
        return NoRow(line, f"{count}: put values that hold a comma in quotation marks")
    told = [field.strip() for field in fields]
    if [name.lower() for name in told] == header:
        return NoRow(line, "is the header once more: leave this line out")
    return Row(line, dict.fromkeys(columns, "") | dict(zip(header, told, strict=True)))
