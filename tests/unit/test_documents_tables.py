"""Tables as forces send them: CSV of every kind, HTML, and JSON."""

import pytest

from connectors.documents import Document, Hints, Table, read


def only(document: Document) -> Table:
    assert len(document.tables) == 1
    return document.tables[0]


def cells(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for row in only(document).rows]


@pytest.mark.parametrize(
    "content",
    [
        "Ref,Name\nNP-1,Zoë\n".encode("utf-8-sig"),
        "Ref;Name\r\nNP-1;Zoë\r\n".encode("cp1252"),
        "Ref\tName\nNP-1\tZoë\n".encode("utf-16"),
        "Ref|Name\rNP-1|Zoë\r".encode(),
        "sep=;\r\nRef;Name\r\nNP-1;Zoë".encode(),
    ],
)
def test_a_csv_is_read_whatever_program_wrote_it(content: bytes) -> None:
    found = read(content, "list.csv")
    assert (only(found).header, cells(found), found.faults) == (("Ref", "Name"), [("NP-1", "Zoë")], ())


def test_a_quoted_line_break_stays_in_its_cell_and_the_next_row_knows_its_line() -> None:
    found = read(b'Ref,Address\n1,"12 Example Street\nNottingham"\n2,The Limes\n', "list.csv")
    assert [row.place for row in only(found).rows] == ["line 2", "line 4"]
    assert only(found).rows[0].raw == '1,"12 Example Street\nNottingham"'


def test_two_ways_to_part_cells_are_told_unless_the_format_says_which() -> None:
    content = b"Ref;Born,Name\n1;2,Amara\n"
    assert "commas or by semicolons" in read(content, "list.csv").faults[0].message
    found = read(content, "list.csv", Hints(delimiter=";"))
    assert (found.faults, only(found).header) == ((), ("Ref", "Born,Name"))


@pytest.mark.parametrize(
    ("rows", "place", "said"),
    [
        ("1,2\n", "line 3", "has 2 cells where the header has 3"),
        ("1,2,3,4\n", "line 3", "has 4 cells where the header has 3"),
        ("ref, NAME ,Born\n", "line 3", "is the header again"),
        ('1,"Amara,3\n2,b,c\n', "lines 3 to 4", "a quotation mark is not closed"),
    ],
)
def test_a_row_that_does_not_fit_is_told_by_its_line(rows: str, place: str, said: str) -> None:
    found = read(f"Ref,Name,Born\nNP-1,Okafor,2011\n{rows}".encode(), "list.csv")
    fault = found.faults[-1]
    assert fault.place == place
    assert said in fault.message


def test_a_column_that_is_there_twice_is_told() -> None:
    assert "“name” is there twice" in read(b"Name,Ref,Name\na,b,c\n", "x.csv").faults[0].message


def test_a_title_above_the_table_is_not_its_header() -> None:
    found = read(b"Daily list of Northshire\n\nRef,Name\n1,Amara\n", "list.csv")
    assert (only(found).header, found.lines[0].text) == (("Ref", "Name"), "Daily list of Northshire")


def test_bytes_that_are_no_character_are_told() -> None:
    assert "neither UTF-8 nor Windows-1252" in read(b"Ref,Name\n1,Zo\x81\n", "list.csv").faults[0].message


def test_an_html_table_is_read_however_carelessly_it_is_closed() -> None:
    page = b"<table><tr><th>Ref<th>Name<tr><td>1<td>Amara <b>Grace</b></table>"
    found = read(page, "list.html")
    assert (only(found).header, cells(found)) == (("Ref", "Name"), [("1", "Amara Grace")])


def test_labels_beside_values_are_lines_too_within_a_table_for_layout() -> None:
    page = (
        b"<script>var a='<td>'</script><table><tr><td><p>Missing child</p>"
        b"<table><tr><td>Name:</td><td>Amara</td></tr><tr><td>Address</td>"
        b"<td>12 Example Street<br>NG1</td></tr>"
        b"</table></td></tr></table><p>Regards</p>"
    )
    assert (
        read(page, "x.html").lines[0].text
        == "Missing child\nName: Amara\nAddress: 12 Example Street, NG1\nRegards"
    )


def test_each_thing_in_a_json_api_document_is_a_tree_of_its_own() -> None:
    found = read(b'{"meta": 1, "data": [{"attributes": {"ref": "NP-1"}}, {"attributes": {}}]}', "x.json")
    assert found.trees[0].content == {"meta": 1, "data": {"attributes": {"ref": "NP-1"}}}
    assert found.trees[1].place == "data 2"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"name": "Amara", "name": "Mari"}', "there twice"),
        (b'{"born": NaN}', "no number"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b"\0\x01\x02" * 50, "no kind that is read"),
        (b" " * 30_000_001, "larger than 30 MB"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, said: str) -> None:
    found = read(content, "notice.json")
    assert said in found.faults[0].message
    assert not found.tables + found.lines + found.trees
