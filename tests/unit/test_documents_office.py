"""Spreadsheets, text documents and PDFs, and those that are made to do harm."""

import time
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from connectors.documents import read
from connectors.documents.apart import read_here
from connectors.documents.found import Found
from connectors.documents.kinds import Kind
from tests.unit.document_files import pdf, rezipped, word, workbook

ROWS: list[list[object]] = [["Ref", "Born", "Seen", "NHS"], ["NP-1", date(2011, 7, 2), None, 9434765919]]


def here(kind: Kind, content: bytes) -> Found:
    found = Found()
    read_here(kind, content, "", found)
    return found


def test_a_spreadsheet_is_read_with_dates_that_have_no_zone() -> None:
    rows = [*ROWS, ["NP-2", date(2011, 7, 2), datetime.fromisoformat("2026-03-28T22:10"), "0"]]
    table = read(workbook(rows), "list.xlsx").tables[0]
    assert table.rows[0].cells == ("NP-1", "2011-07-02", "", "9434765919")
    assert table.rows[1].cells[2] == "2026-03-28T22:10:00"
    assert "22:10:00 (no time zone)" in table.rows[1].raw


def test_a_formula_that_was_never_worked_out_is_told() -> None:
    found = here(Kind.WORKBOOK, workbook([*ROWS, ["NP-2", "=TODAY()", None, None]]))
    assert found.faults[0].place == "sheet Missing, row 3"
    assert "B3 is a formula" in found.faults[0].message


def test_a_text_document_is_read_as_lines_with_its_labels() -> None:
    found = read(word(["Missing child report"], [["Name", "Amara"], ["Risk", "medium"]]), "report.docx")
    assert found.lines[0].text == "Missing child report\nName: Amara\nRisk: medium"


def test_a_pdf_is_read_line_by_line() -> None:
    assert read(pdf("Name: Amara", "Risk: medium"), "report.pdf").lines[0].text.splitlines() == [
        "Name: Amara",
        "Risk: medium",
    ]


def test_a_pdf_without_text_or_with_a_password_says_so() -> None:
    writer, locked = PdfWriter(clone_from=PdfReader(BytesIO(pdf("Name: Amara")))), BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    assert "has no text" in here(Kind.PDF, pdf()).faults[0].message
    assert "is encrypted" in here(Kind.PDF, locked.getvalue()).faults[0].message


def _bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    return packed.getvalue()


ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_bomb(), "would be 100 MB"),
        (rezipped(workbook(ROWS), {"xl/vbaProject.bin": b"\0"}), "holds macros"),
        (rezipped(word([], [[""]]), {"word/vbaProject.bin": b"\0"}), "holds macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + ENCRYPTED, "is encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (workbook(ROWS)[:-30], "damaged"),
    ],
    ids=["bomb", "workbook with macros", "document with macros", "encrypted", "old", "cut off"],
)
def test_what_is_dangerous_is_not_opened(content: bytes, said: str) -> None:
    faults = read(content, "list.xlsx").faults
    assert said in faults[0].message


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
HUGE_ROW = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="99999999999"><c r="ZZZ9" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
)


def test_entities_are_never_expanded() -> None:
    for kind, content in (
        (Kind.WORKBOOK, rezipped(workbook(ROWS), {"xl/workbook.xml": LAUGHS})),
        (Kind.WORD, rezipped(word([], [[""]]), {"word/document.xml": LAUGHS.decode().encode("utf-16")})),
    ):
        assert "declares XML entities" in here(kind, content).faults[0].message


def test_a_row_a_hundred_thousand_million_rows_down_takes_no_time() -> None:
    began = time.monotonic()
    here(Kind.WORKBOOK, rezipped(workbook(ROWS), {"xl/worksheets/sheet1.xml": HUGE_ROW}))
    assert time.monotonic() - began < 5


def test_a_reader_that_would_never_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.documents.apart.APART_SECONDS", 0.01)
    assert "cannot be read within" in read(pdf("Name: Amara"), "x.pdf").faults[0].message
