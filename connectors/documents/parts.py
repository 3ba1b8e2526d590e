"""What a reader found in a document: tables, lines, trees and, where it could not read, faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands, its cells, and how it was written."""

    place: str
    cells: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it; a row may have more or fewer cells than the header."""

    place: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Text as it is read: lines, with what looked like a line of its own on one."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One JSON object, such as a JSON:API document."""

    place: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read or is doubtful: where, what, and how to mend it."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The head of an e-mail. `authentication`: its Authentication-Results as they came, topmost first."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    authentication: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that one file or e-mail holds, its attachments included. `digest` is of its bytes."""

    name: str
    media: str
    mail: Mail | None
    tables: tuple[Table, ...]
    lines: tuple[Lines, ...]
    trees: tuple[Tree, ...]
    faults: tuple[Fault, ...]
    digest: str
