"""A document as text, for the person who looks at it beside a draft."""

import json
from collections.abc import Iterator
from typing import Final

from connectors.documents.parts import Document, Mail, Row

MOST_CHARACTERS: Final = 200_000


def shown(document: Document) -> str:
    """Return all that was read of a document as plain text; the beginning of a very long one."""
    parts: list[str] = []
    left = MOST_CHARACTERS
    for part in _parts(document):
        parts.append(part[:left])
        left -= len(part)
        if left <= 0:
            parts.append("… and more: download the original")
            break
    return "\n\n".join(parts).encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _parts(document: Document) -> Iterator[str]:
    if document.mail:
        yield _head(document.mail)
    for lines in document.lines:
        yield _under(lines.place, lines.text.strip())
    for table in document.tables:
        rows = (f"{_of_row(row)}: {' | '.join(_cells(row.cells))}" for row in table.rows)
        yield _under(table.place, "\n".join((" | ".join(_cells(table.header)), *rows)))
    for tree in document.trees:
        yield _under(tree.place, json.dumps(tree.content, indent=2, ensure_ascii=False))
    for fault in document.faults:
        yield f"Not read: {fault.place}: {fault.message}"


def _head(mail: Mail) -> str:
    sent = f"{mail.sent_at:%Y-%m-%d %H:%M %z}" if mail.sent_at else "at no known time"
    return f"From {mail.sender} to {', '.join(mail.recipients)}, {sent}\nSubject: {mail.subject}"


def _of_row(row: Row) -> str:
    """Return where a row stands in its table, such as `line 11`: by it a page finds the row again."""
    return row.place.rpartition(", ")[2]


def _cells(cells: tuple[str, ...]) -> Iterator[str]:
    return (" ".join(cell.split()) for cell in cells)


def _under(place: str, text: str) -> str:
    return f"[{place}]\n{text}" if place else text
