"""Files as forces send them, made here."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import docx
import openpyxl

Cells = list[list[object]]


def workbook(rows: Cells, *, title: str = "Missing") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def word(paragraphs: list[str], table: list[list[str]]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    added = document.add_table(len(table), len(table[0]))
    for row, cells in zip(added.rows, table, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf(*lines: str) -> bytes:
    """A PDF of one page, as small as it gets."""
    said = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 50 700 Td {said}ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def mail(text: str = "Name: Amara Okafor\n", html: str | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {
        "From": "Missing Desk <missing@northshire.example>",
        "To": "children@nottingham.example",
        "Subject": "NP-26-004211",
        "Date": "Sat, 28 Mar 2026 22:41:00 +0000",
        "Message-ID": "<4211@northshire.example>",
        "MIME-Version": "1.0",
    }
    for name, value in (told | headers).items():
        if name not in made:
            made[name] = value
    made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def rezipped(content: bytes, other: Mapping[str, bytes]) -> bytes:
    """An Office document with other parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry not in other:
                new.writestr(entry, old.read(entry))
        for name, part in other.items():
            new.writestr(name, part)
    return made.getvalue()
