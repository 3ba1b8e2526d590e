"""Text documents (.docx): paragraphs as lines, tables as tables; labels with values are lines too."""

import io
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.oxml.ns import qn

from connectors.documents.archives import refuse_declarations
from connectors.documents.found import Found, within
from connectors.documents.parts import Row
from connectors.documents.rows import gather, pairs

PARAGRAPH, TABLE, TABLE_ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT, TAB, BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
PASSED_OVER: Final = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:pPr"))
"""What says again what was said beside it, and tab stops, which are no tabs."""


def read_word(content: bytes, place: str, found: Found) -> None:
    """Read the body, in its order.

    Raises:
        Refused: its XML declares entities.
        Exception: whatever a damaged file makes the library do.
    """
    refuse_declarations(content)
    body = docx.Document(io.BytesIO(content)).element.body
    lines: list[str] = []
    tables = 0
    for block in _blocks(body):
        if block.tag == PARAGRAPH:
            lines.append(_text(block))
            continue
        tables += 1
        rows = list(_rows(block, within(place, f"table {tables}")))
        lines.extend(pair for row in rows if (pair := pairs(row.cells)))
        gather(within(place, f"table {tables}"), rows, found)
    found.text(within(place, "text"), "\n".join(lines))


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, also those in content controls and text boxes; not those in a table."""
    inside: Any = None
    for element in body.iter(PARAGRAPH, TABLE):
        if inside is not None and any(parent is inside for parent in element.iterancestors(TABLE)):
            continue
        if any(parent.tag in PASSED_OVER for parent in element.iterancestors()):
            continue
        inside = element if element.tag == TABLE else None
        yield element


def _rows(table: Any, place: str) -> Iterator[Row]:
    for number, row in enumerate(table.iter(TABLE_ROW), 1):
        cells = tuple(
            "\n".join(filter(None, map(_text, cell.iter(PARAGRAPH)))) for cell in row.iterchildren(CELL)
        )
        yield Row(f"{place}, row {number}", cells, "\t".join(cells))


def _text(paragraph: Any) -> str:
    """Return what a paragraph says; what was deleted with changes tracked is not in it."""
    said: list[str] = []
    for part in paragraph.iter(TEXT, TAB, *BREAKS):
        if next(part.iterancestors(PARAGRAPH)) is not paragraph:
            continue  # of a text box, which comes by itself
        if any(parent.tag in PASSED_OVER for parent in part.iterancestors()):
            continue
        said.append((part.text or "") if part.tag == TEXT else "\t" if part.tag == TAB else "\n")
    return "".join(said).strip()
