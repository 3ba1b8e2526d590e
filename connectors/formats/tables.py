"""Rows of tables as records."""

from collections import defaultdict
from collections.abc import Iterator

from connectors.documents.parts import Document, Table
from connectors.formats.records import Record, Said, keys
from schemas.formats_policy import ForceFormat


def records_of_tables(document: Document, form: ForceFormat) -> list[Record]:
    """Return every row under a header that has the format's names."""
    faults = defaultdict(list)
    for fault in document.faults:
        faults[fault.place].append(fault.message)
    return [
        record
        for table in document.tables
        if lacking_in(table, form) == ()
        for record in _rows(table, faults)
    ]


def lacking_in(table: Table, form: ForceFormat) -> tuple[str, ...]:
    """Return the names that a table would need to be of this format."""
    return lacking(keys(table.header), form)


def lacking(there: frozenset[str], form: ForceFormat) -> tuple[str, ...]:
    """Return which of the names are not there by which the format is recognised."""
    if form.recognised.names:
        return tuple(name for name in form.recognised.names if not keys([name]) <= there)
    parts = [(name,) if isinstance(name, str) else name for name in form.fields["subject"]]
    return () if any(keys(names) <= there for names in parts) else parts[0]


def _rows(table: Table, faults: dict[str, list[str]]) -> Iterator[Record]:
    columns = keys(table.header)
    for row in table.rows:
        names = (*table.header, *(f"column {at}" for at in range(len(table.header) + 1, len(row.cells) + 1)))
        said = tuple(
            Said(name or f"column {at}", text, f"{row.place}, {name or f'column {at}'}")
            for at, (name, text) in enumerate(zip(names, row.cells, strict=False), 1)
        )
        if any(each.text.strip() for each in said):
            yield Record(row.place, said, tuple(faults.get(row.place, ())), table.header, columns)
