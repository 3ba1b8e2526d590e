"""The directory's file: what is understood, and each thing that is wrong named by line and column."""

from datetime import date, time
from pathlib import Path

import pytest

from casework.staff_rows import COLUMNS, Sheet, read_staff
from schemas.staff import Hours, Leave, Role, StaffMember

EXAMPLE = Path(__file__).parents[2] / "docs/tour/interviewers.csv"
HEADER = ",".join(COLUMNS)
NAMES = "id,name,email,phone,capacity,gone_on,leave,working,roles"


def read(*rows: str, header: str = NAMES) -> Sheet:
    return read_staff([f"{row}\n" for row in (header, *rows)])


def told(*rows: str, header: str = NAMES) -> list[str]:
    sheet = read(*rows, header=header)
    assert sheet.people == ()
    return list(map(str, sheet.problems))


def test_the_example_has_no_fault() -> None:
    with EXAMPLE.open(encoding="utf-8", newline="") as lines:
        sheet = read_staff(lines)
    assert (len(sheet.people), sheet.problems) == (10, ())


def test_every_column_is_understood() -> None:
    row = (
        "t-oneill,Tom  O'Neill,tom@nottingham.example,+44 (0)115 496 0000,Team Manager; interviewer,"
        "Edge of Care; Duty,English; Polish,Male,Return interview; exploitation,Trent Advocacy,C-1; C-2,"
        "Mon-Tue 09:00-17:00,22/12/2026..2027-01-02; 2026-06-01,5,2027-03-31"
    )
    [person] = read(row, header=HEADER).people
    assert person == StaffMember(
        id="t-oneill",
        name="Tom O'Neill",
        email="tom@nottingham.example",
        phone="+44 (0)115 496 0000",
        roles=frozenset({Role.TEAM_MANAGER, Role.INTERVIEWER}),
        teams=("Edge of Care", "Duty"),
        languages=("english", "polish"),
        gender="male",
        training=("return_interview", "exploitation"),
        employer="Trent Advocacy",
        involved_with=frozenset({"C-1", "C-2"}),
        working=dict.fromkeys((0, 1), Hours(begins=time(9), ends=time(17))),
        leave=(
            Leave(from_on=date(2026, 6, 1), to_on=date(2026, 6, 1)),
            Leave(from_on=date(2026, 12, 22), to_on=date(2027, 1, 2)),
        ),
        capacity=5,
        gone_on=date(2027, 3, 31),
    )


def test_an_id_and_a_name_make_an_interviewer_of_the_authority_who_speaks_english() -> None:
    [person] = read("a,Ania Kowalska", header=" ID ,Name").people
    assert person == StaffMember(id="a", name="Ania Kowalska")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Ania,,,,,,,", "2: id: is lacking: fill it"),
        ("a,,,,,,,,", "2: name: is lacking: fill it"),
        ("a,Ania,ania at example,,,,,,", "2: email: 'ania at example' is no e-mail address"),
        ("a,Ania,ania@localhost,,,,,,", "2: email: 'ania@localhost' is no e-mail address"),
        ("a,Ania,,12,,,,,", "2: phone: '12' is no telephone number"),
        ("a,Ania,,ring me on 07700 900123,,,,,", "2: phone: 'ring me on 07700 900123' is no telephone"),
        ("a,Ania,,,many,,,,", "2: capacity: 'many' is no whole number from 0 to 999"),
        ("a,Ania,,,-1,,,,", "2: capacity: '-1' is no whole number"),
        ("a,Ania,,,,2026-02-30,,,", "2: gone_on: '2026-02-30' does not exist"),
        ("a,Ania,,,,31/02/2026,,,", "2: gone_on: '31/02/2026' does not exist"),
        ("a,Ania,,,,soon,,,", "2: gone_on: 'soon' is not a day: write one such as 2026-12-22"),
        ("a,Ania,,,,,2026-12-22..2026-12-01,,", "2: leave: '2026-12-22..2026-12-01' ends before it begins"),
        ("a,Ania,,,,,2026-12-22..,,", "2: leave: '' is not a day"),
        ("a,Ania,,,,,..2026-12-22,,", "2: leave: '' is not a day"),
        ("a,Ania,,,,,,always,", "2: working: 'always' is no working time"),
        ("a,Ania,,,,,,,boss", "2: roles: 'boss' is no role: use director, head_of_service"),
        (f"a,{'A' * 201},,,,,,,", "2: name: is longer than 200 characters"),
        ("a,An\udce9a,,,,,,,", "2: name: holds a character that is not text: save the file as CSV UTF-8"),
        ("a,Ania", "2: has 2 fields where the header has 9: put values that hold a comma in quotation marks"),
        ('a,"Ania', "2: is not CSV from here on"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(row: str, problem: str) -> None:
    [said] = told(row)
    assert said.startswith(problem)


def test_every_fault_of_every_line_is_told_in_order() -> None:
    assert [each.partition(": ")[2].partition(":")[0] for each in told("a,,x,,,,,,", "b,Ben,,1,,,,,")] == [
        "email",
        "name",
        "phone",
    ]


def test_of_two_lines_with_one_id_neither_is_taken() -> None:
    assert told("a,Ania", "a,Anna", header="id,name") == ["3: id: is that of line 2 too: keep one"]


def test_the_others_are_taken_beside_a_wrong_line() -> None:
    sheet = read("a,Ania,nowhere,,,,,,", "", "b,Ben,,,,,,,")
    assert [person.id for person in sheet.people] == ["b"]
    assert [problem.line for problem in sheet.problems] == [2]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("id;name", "1: separates its columns with semicolons: save the file with commas"),
        ("id,name,shoe_size", "1: the header has no column 'shoe_size': use id, name, email"),
        ("id,email", "1: the header lacks name: add it"),
        ("id,name,id", "1: the header names a column twice: name each once"),
    ],
)
def test_a_wrong_header_is_told_with_how_to_mend_it(header: str, problem: str) -> None:
    [said] = told(header=header)
    assert said.startswith(problem)


def test_an_empty_file_is_told_what_its_first_line_names() -> None:
    [problem] = read_staff([]).problems
    assert str(problem).startswith("1: the file is empty: its first line names the columns id, name")
