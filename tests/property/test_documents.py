"""Whatever comes, a reader tells what it found or what is wrong with it, and raises nothing."""

import zipfile
from functools import cache
from io import BytesIO

from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.documents import read
from connectors.documents.apart import read_here
from connectors.documents.found import Found
from connectors.documents.kinds import Kind
from tests.unit.document_files import mail, pdf, rezipped, word, workbook

NAMES = st.sampled_from(["x", "list.csv", "mail.eml", "page.html", "data.json", "note.txt"])
CSV = 'Ref;Name\r\n1;"Amara\r\nOkafor"\r\n2;Zoë\r\n'.encode("cp1252")
PAGE = b"<table><tr><th>Ref<th>Name<tr><td>1<td>Amara</table><p>Name: x<!-- y --><pre>a\nb</pre>"
TREE = b'{"data": [{"attributes": {"name": "Amara", "age": 14}}], "meta": null}'


@cache
def office() -> dict[Kind, bytes]:
    return {
        Kind.WORKBOOK: workbook([["Ref", "Name"], ["1", "Amara"]]),
        Kind.WORD: word(["Name: Amara"], [["Ref", "1"]]),
        Kind.PDF: pdf("Name: Amara"),
    }


@cache
def whole_mail() -> bytes:
    message = mail("Name: Amara", PAGE.decode())
    message.add_attachment(CSV, maintype="text", subtype="csv", filename="list.csv")
    message.add_attachment(mail("Name: Zoë", To="=?utf-8?q?a=40b?= <c@d.example>"))
    return message.as_bytes()


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """A file that was good: pieces of it are taken out, doubled, or other bytes."""
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        end = draw(st.integers(begin, min(begin + 60, len(content))))
        piece = draw(st.sampled_from([b"", content[begin:end] * 3]) | st.binary(max_size=20))
        content = content[:begin] + piece + content[end:]
    return content


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), NAMES)
def test_any_bytes_are_read_or_told_to_be_wrong(content: bytes, name: str) -> None:
    found = read(content, name)
    assert found.tables or found.lines or found.trees or found.faults


@given(st.sampled_from([CSV, PAGE, TREE, whole_mail()]).flatmap(spoiled), NAMES)
@example(b"MIME-Version: 1.0\nFrom: =?x?q?=?=\nContent-Type: text/plain; charset*=zlib''x\n\n\x80", "x.eml")
def test_a_text_or_mail_that_was_spoiled_on_its_way_raises_nothing(content: bytes, name: str) -> None:
    found = read(content, name)
    assert found.tables or found.lines or found.trees or found.faults


@settings(max_examples=60)
@given(
    st.sampled_from(list(office())).flatmap(lambda kind: st.tuples(st.just(kind), spoiled(office()[kind])))
)
def test_an_office_document_that_was_spoiled_raises_nothing(spoilt: tuple[Kind, bytes]) -> None:
    found = Found()
    read_here(*spoilt, "", found)
    assert all(fault.message for fault in found.faults)


PARTS = {
    Kind.WORKBOOK: ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"),
    Kind.WORD: ("word/document.xml", "word/_rels/document.xml.rels"),
}


@settings(max_examples=60)
@given(st.data())
def test_xml_that_was_spoiled_within_an_office_document_raises_nothing(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(PARTS, key=str)))
    part = data.draw(st.sampled_from(PARTS[kind]))
    with zipfile.ZipFile(BytesIO(office()[kind])) as archive:
        content = archive.read(part)
    found = Found()
    read_here(kind, rezipped(office()[kind], {part: data.draw(spoiled(content))}), "", found)
    assert all(fault.message for fault in found.faults)


@given(
    st.lists(
        st.sampled_from(
            ["<table>", "<tr>", "<td>", "</td>", "</table>", "x", "<!--", "<", "<pre>", "</script>"]
        )
    )
)
def test_tags_in_any_order_raise_nothing(tags: list[str]) -> None:
    assert read(f"<p>{''.join(tags)}".encode(), "x.html").name == "x.html"
