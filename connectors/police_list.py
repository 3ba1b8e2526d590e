"""A force's list of children still missing, read from a file or an e-mail by the columns of its format."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from connectors.documents import Document, Hints, Row, Table, read
from connectors.formats.moments import Doubt, day_in, moment_in
from connectors.formats.values import note_on
from schemas.formats_policy import ForceFormat
from schemas.police_list import Listed, SentList, Unread
from schemas.police_lists_policy import Column, ListFormat
from schemas.scalars import AuthorityCode, Name

NEEDED: Final = ("reference", "family_name")
COLUMNS: Final[tuple[Column, ...]] = (
    "reference", "family_name", "given_names", "date_of_birth", "missing_since", "authority",
)  # fmt: skip
HEAD: Final = (
    "is not a list that is understood: its first line names the columns reference or family_name, and"
    " given_names, date_of_birth, missing_since; or name the force's own in the policy, police_lists.formats"
)
WHO: Final = "does not say which child it is: it needs a reference, or a family name and a date of birth"
UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class File:
    """What came: its bytes, its name, the way by which it came, and of which moment it is.

    A mail says itself when it was sent; that counts unless `at` was given by a person.
    """

    content: bytes
    name: str
    via: str
    at: datetime | None
    otherwise_at: datetime

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()


def read_list(file: File, form: ListFormat) -> SentList:
    """Return a list; what could not be understood is told in it, and nothing is raised."""
    return list_in(document_of(file.content, file.name, form), file, form)


def document_of(content: bytes, name: str, form: ListFormat) -> Document:
    """Return what a file holds, read as the force writes its list."""
    return read(content, name, Hints(form.delimiter, form.encoding))


def is_list(document: Document, form: ListFormat) -> bool:
    """Tell whether a table in it is the force's list: it has every column that the format names, and one by
    which a child can be known.
    """
    found = [_columns(table.header, form).keys() for table in document.tables]
    return any(one >= form.columns.keys() and not one.isdisjoint(NEEDED) for one in found)


def list_in(document: Document, file: File, form: ListFormat) -> SentList:
    """Return the list that a document holds."""
    found: list[Listed | Unread] = [Unread(fault.place, fault.message) for fault in document.faults]
    for table in document.tables:
        found += _table(table, form)
    if not document.tables:
        found += [Unread(lines.place, HEAD, lines.text) for lines in document.lines]
    if not document.tables and not found:
        found.append(Unread("", HEAD))
    mailed_at = document.mail.sent_at if document.mail else None
    return SentList(
        source=form.source,
        as_of=file.at or mailed_at or file.otherwise_at,
        name=document.name,
        via=file.via,
        media=document.media,
        content=file.content,
        rows=tuple(one for one in found if isinstance(one, Listed)),
        unread=tuple(one for one in found if isinstance(one, Unread)),
    )


def _table(table: Table, form: ListFormat) -> Iterator[Listed | Unread]:
    columns = _columns(table.header, form)
    if not any(name in columns for name in NEEDED):
        yield Unread(table.place, HEAD)
        yield from (Unread(row.place, HEAD, row.raw) for row in table.rows)
        return
    written = form.written
    for row in table.rows:
        if len(row.cells) != len(table.header):
            why = f"has {len(row.cells)} cells where the header has {len(table.header)}"
            yield Unread(
                row.place, f"{why}: put values that hold what parts cells in quotation marks", row.raw
            )
        else:
            yield _row(row, {name: row.cells[place].strip() for name, place in columns.items()}, written)


def _columns(header: tuple[str, ...], form: ListFormat) -> Mapping[Column, int]:
    places = {_spelt(name): place for place, name in reversed(list(enumerate(header)))}
    found: dict[Column, int] = {}
    for column in COLUMNS:
        for name in (*form.columns.get(column, ()), column):
            if _spelt(name) in places:
                found.setdefault(column, places[_spelt(name)])
    return found


def _row(row: Row, told: Mapping[Column, str], written: ForceFormat) -> Listed | Unread:
    if any(UNKEEPABLE.search(value) for value in told.values()):
        return Unread(row.place, "holds a character that cannot be kept: write it anew")
    doubts: list[str] = []
    values: dict[str, Any] = {}
    for name, value in told.items():
        try:
            values[name] = _value(name, value, written) if value else None
        except (Doubt, ValidationError):
            doubts.append(f"{name} is not understood")  # not what it said: that may be of a restricted child
            continue
        if note := note_on(value):
            doubts.append(f"{name} {note}")
    if "authority is not understood" in doubts:
        return Unread(
            row.place, "names no authority that is known: give its ONS code, such as E06000018", row.raw
        )
    if not values.get("reference") and not (values.get("family_name") and values.get("date_of_birth")):
        return Unread(row.place, "; ".join((WHO, *doubts)), row.raw)
    return Listed(place=row.place, doubts=tuple(doubts), **values)


def _value(name: Column, value: str, written: ForceFormat) -> Any:
    match name:
        case "date_of_birth":
            return day_in(value, written)
        case "missing_since":
            return moment_in(value, written)
        case "authority":
            return TypeAdapter[str](AuthorityCode).validate_python(value)
        case "reference":
            return TypeAdapter[str](Name).validate_python(value)
        case _:
            return " ".join(value.split())


def _spelt(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
