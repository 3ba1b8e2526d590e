"""Harbourshire sends a spreadsheet: the smallest that such programs open, the same bytes each time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cli.demo.desk import Told
from cli.demo.writing import LONDON, Facts, Sent
from schemas.words import Kind

HEADER: Final = (
    "Occurrence", "Event", "Event time", "Name", "Born", "Postcode", "Grading", "Placement", "Location",
)  # fmt: skip
KINDS: Final = (Kind.REPORTED, Kind.LOCATED, Kind.RETURNED)
OFFICE: Final = "http://schemas.openxmlformats.org"
OPENS: Final = "application/vnd.openxmlformats"
PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{OPENS}-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml"'
    f' ContentType="{OPENS}-officedocument.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml"'
    f' ContentType="{OPENS}-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main"'
    f' xmlns:r="{OFFICE}/officeDocument/2006/relationships">'
    '<sheets><sheet name="Schedule" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
}
"""What a workbook with one sheet needs besides the sheet (ECMA-376)."""


def schedule(told: Sequence[Told], ends_at: datetime) -> Iterator[Sent]:
    """Yield the schedule."""
    rows = [HEADER, *(row_of(Facts(one)) for one in told if Facts(one).kind in KINDS)]
    yield Sent(f"harbourshire-schedule-{ends_at.astimezone(LONDON):%Y-%m-%d}.xlsx", _workbook(rows))


def row_of(facts: Facts) -> tuple[str, ...]:
    """Return a telling as a row."""
    where = {
        Kind.REPORTED: "missing.last_seen_place",
        Kind.LOCATED: "located.place",
        Kind.RETURNED: "returned.returned_to",
    }[facts.kind]
    return (
        facts.reference,
        facts.word("type"),
        f"{facts.last_seen_at or facts.occurred_at:%d-%b-%Y %H:%M}",
        f"{facts.of('child.family_name')}, {facts.of('child.given_names')}",
        f"{facts.born_on:%d-%b-%Y}",
        facts.of("child.home_address.postcode"),
        facts.word("missing.risk_level"),
        facts.word("missing.missing_from"),
        facts.word(where),
    )


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        for name, xml in {**PARTS, "xl/worksheets/sheet1.xml": _sheet(rows)}.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            parts.writestr(ZipInfo(name), f"{head}\n{xml}", ZIP_DEFLATED)  # of 1980: the same bytes each time
    return file.getvalue()


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' for text in row)
        for row in rows
    )
    lines = "".join(f"<row>{row}</row>" for row in cells)
    return f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'
