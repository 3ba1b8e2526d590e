"""The authority's index as CSV: what is read of it, and what is wrong in which line."""

from datetime import date

import pytest

from casework.index_rows import CarePeriod, Index, read_index

HEADER = "authority_child_id,nhs_number,family_name,given_names,date_of_birth,legal_status,from_on,to_on"


def index(*rows: str, header: str = HEADER) -> Index:
    return read_index([f"{row}\n" for row in (header, *rows)])


def problems(*rows: str, header: str = HEADER) -> list[str]:
    return [str(problem) for problem in index(*rows, header=header).problems]


def test_rows_of_one_child_are_its_history_and_the_latest_facts_count() -> None:
    (child,) = index(
        "C-1,9434765919,Okafor,Amara,2011-07-02,C2,2024-01-08,2025-03-01",
        "C-1,,Okafor-Jones,Amara,02/07/2011,E1,01/03/2025,",
    ).children
    assert child.facts.family_name == "Okafor-Jones"
    assert child.facts.nhs_number == "9434765919"
    assert child.facts.date_of_birth == date(2011, 7, 2)
    assert child.care == (
        CarePeriod(date(2024, 1, 8), date(2025, 3, 1), "C2", None, None),
        CarePeriod(date(2025, 3, 1), None, "E1", None, None),
    )


def test_names_and_addresses_are_lists() -> None:
    header = "authority_child_id,also_known_as,address,postcode"
    (child,) = index('C-1,Mari; Amy,"12 Example Street, Nottingham",NG1 1AA', header=header).children
    assert child.facts.also_known_as == ("Mari", "Amy")
    assert child.facts.home_address is not None
    assert child.facts.home_address.lines == ("12 Example Street", "Nottingham")


def test_what_is_blank_is_not_told_and_blank_lines_are_none() -> None:
    (child,) = index("C-1,,,,,,,", "", " , , , , , , , ").children
    assert child.facts.model_dump(exclude_none=True) == {"authority_child_id": "C-1"}
    assert child.care == ()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",,Okafor,Amara,,,,", "authority_child_id: is lacking"),
        ("C-1,,,,2011-02-30,,,", "date_of_birth: is not a day"),
        ("C-1,,,,31/02/2011,,,", "date_of_birth: is not a day"),
        ("C-1,,,,2011-W27-6,,,", "date_of_birth: is not a day"),
        ("C-1,,,,,C2,,", "from_on: is lacking"),
        ("C-1,,,,,C2,2024-01-08,2024-01-07", "to_on: 2024-01-07 is before from_on"),
        ("C-1,,Oka\udcffor,,,,,", "family_name: holds a character that is not text"),
        ("C-1,,Oka\0for,,,,,", "family_name: holds a character that is not text"),
        ("C-1,,Okafor, Amara,Grace,,,,", "has 9 fields where the header has 8"),
        ('C-1,,"Okafor,,,,,', "is not CSV from here on"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(row: str, says: str) -> None:
    (problem,) = problems("C-9,,,,,,,", row)
    assert problem.startswith(f"3: {says}")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (("C-1,9434765919,,,,,,", "C-1,9434765870,,,,,,"), "3: nhs_number: differs from line 2"),
        (("C-1,,,,2011-07-02,,,", "C-1,,,,2011-07-03,,,"), "3: date_of_birth: differs from line 2"),
        (("C-1,,,,,C2,2024-01-08,", "C-1,,,,,E1,2024-01-08,"), "3: from_on: is that of line 2 too"),
        (("C-1,,,,,C2,2024-01-08,2024-05-01", "C-1,,,,,E1,2024-04-30,"), "3: from_on: is before line 2 ends"),
    ],
)
def test_rows_of_one_child_may_not_contradict_each_other(rows: tuple[str, str], says: str) -> None:
    (problem,) = problems(*rows)
    assert problem.startswith(says)


def test_a_number_spelt_in_two_ways_is_one_number() -> None:
    assert problems("C-1,943 476 5919,,,,,,", "C-1,9434765919,,,,,,") == []


def test_two_children_with_one_nhs_number_are_both_named() -> None:
    told = problems("C-1,9434765919,,,,,,", "C-2,943 476 5919,,,,,,", "C-3,,,,,,,")
    assert [one.partition(" is that of")[2] for one in told] == [
        " C-2 in line 3 too: correct one",
        " C-1 in line 2 too: correct one",
    ]


def test_a_wrong_check_digit_is_kept_and_noted() -> None:
    read = index("C-1,9434765918,,,,,,")
    assert read.children[0].facts.nhs_number == "9434765918"
    assert [str(each).partition(":")[0] for each in read.notes] == ["2"]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("family_name,given_names", "1: the header must name each column once"),
        ("authority_child_id,surname", "1: the header has no column 'surname'"),
        ("authority_child_id;family_name", "1: separates its columns with semicolons"),
        ("authority_child_id,upn,upn", "1: the header must name each column once"),
    ],
)
def test_a_wrong_header_is_told(header: str, says: str) -> None:
    (problem,) = problems(header=header)
    assert problem.startswith(says)


def test_an_empty_file_says_what_its_first_line_is() -> None:
    assert str(read_index([]).problems[0]).startswith(
        "1: the file is empty: its first line names the columns"
    )


def test_a_header_may_be_in_any_order_and_case() -> None:
    assert index("NG1 1AA,C-1", header="Postcode, Authority_Child_ID").children[0].authority_child_id == "C-1"
