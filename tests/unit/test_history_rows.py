"""The past as a CSV file: what is read of a row, and what is told of one that is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.csv_moments import read_moment
from casework.csv_rows import refusal
from casework.history_overlaps import overlaps
from casework.history_rows import COLUMNS, PastFile, read_history
from casework.index_rows import read_index
from casework.staff_rows import read_staff
from domain.imported import Past
from schemas.words import Stage

NOW = datetime(2026, 3, 30, 9, tzinfo=UTC)
GOOD = {"authority_child_id": "C-1", "missing_at": "2025-11-03 21:10", "returned_at": "2025-11-04 02:00"}
HELD = {"offered_at": "04/11/2025 16:00", "answer": "Accepted", "held_at": "2025-11-05T10:00:00Z"}
NAMED = {"family_name": "Brown", "given_names": "Tyler", "date_of_birth": "05/12/2012", "postcode": "NG3 4HQ"}


def read(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> PastFile:
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    return read_history([f"{line}\n" for line in lines], NOW)


def told(file: PastFile) -> list[str]:
    return [str(problem) for problem in file.problems]


def test_a_row_says_what_was_and_what_came_of_its_interview() -> None:
    (row,) = read(GOOD | HELD | {"risk_level": "No apparent risk", "closed_as": "held"}).rows
    assert row.returned_at == datetime(2025, 11, 4, 2, tzinfo=UTC)
    assert row.facts == {"risk_level": "no_apparent_risk"}
    assert row.interview == Past(
        attempted_at=datetime(2025, 11, 4, 16, tzinfo=UTC),
        offered_at=datetime(2025, 11, 4, 16, tzinfo=UTC),
        accepted=True,
        held_at=datetime(2025, 11, 5, 10, tzinfo=UTC),
    )


def test_nobody_reached_is_an_attempt_and_no_offer() -> None:
    (row,) = read(
        GOOD | {"offered_at": HELD["offered_at"], "answer": "not reached", "closed_as": "Not-possible"}
    ).rows
    assert (row.interview.attempted_at is None, row.interview.offered_at) == (False, None)
    assert row.interview.closed_as is Stage.NOT_POSSIBLE


def test_the_same_row_has_the_same_id_however_it_is_spelt() -> None:
    one, other = read(GOOD, GOOD | {"missing_at": "03/11/2025 21:10:00"}).rows
    assert one.id == other.id
    (named,) = read(NAMED | {"missing_at": GOOD["missing_at"]}).rows
    assert named.child["date_of_birth"] == "2012-12-05"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"missing_at": ""}, "missing_at: is lacking"),
        ({"missing_at": "03/11/25 21:10"}, "missing_at: has a year of two digits"),
        ({"missing_at": "2025-13-03 21:10"}, "missing_at: does not exist (month must be in 1..12)"),
        ({"missing_at": "2025-11-03"}, "missing_at: has no time of day"),
        ({"missing_at": "last week"}, "missing_at: is no moment"),
        ({"missing_at": "2025-11-05 01:00"}, "returned_at: lies before missing_at"),
        ({"returned_at": "2026-03-31 10:00"}, "returned_at: lies in the future"),
        ({"missing_at": "2025-10-26 01:30"}, "missing_at: came twice, as the clocks went back: add +01:00"),
        ({"missing_at": "2025-03-30 01:30"}, "missing_at: does not exist: the clocks went forward"),
        ({"authority_child_id": ""}, "authority_child_id: is lacking: give it, or family_name"),
        ({"date_of_birth": "2011-02-30"}, "date_of_birth: is not a day"),
        ({"risk_level": "severe"}, "risk_level: is not one of no_apparent_risk, low, medium, high"),
        ({"force": "urn:police:x"}, "reference: is lacking, though the force is named"),
        ({"force": "urn:authority:E06000018", "reference": "1"}, "force: is no name of a force"),
        ({"force": "nottinghamshire", "reference": "1"}, "force: is no name of a force: write one such as"),
        ({"force": "urn:police:", "reference": "1"}, "force: is no name of a force"),
        ({"reference": "x" * 201}, "reference: is too long"),
        ({"closed_as": "declined", "reason": "x" * 4001}, "reason: is longer than 4,000 characters"),
        ({"reason": "Told his aunt"}, "closed_as: is lacking, though a reason is given"),
        ({"closed_as": "declined"} | HELD, "closed_as: is declined, but held_at says otherwise"),
        ({"returned_at": ""} | HELD, "returned_at: is lacking, though there was an interview"),
        ({"held_at": "2025-11-03 22:00"}, "held_at: lies before returned_at"),
        ({"held_by": "a\udc93b", "held_at": HELD["held_at"]}, "held_by: holds a character that is not text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_how_to_mend_it(wrong: dict[str, str], says: str) -> None:
    file = read(GOOD | wrong)
    assert any(f"2: {says}" in each for each in told(file)), told(file)
    assert file.rows == ()


def test_a_file_that_is_no_table_of_the_past_is_told() -> None:
    assert "separates its columns with semicolons" in told(read_history(["a;missing_at\n"], NOW))[0]
    assert "the header has no column 'when'" in told(read(columns=("when", "missing_at")))[0]
    assert "is the header once more" in told(read(dict(zip(COLUMNS, COLUMNS, strict=True))))[0]


@pytest.mark.parametrize(
    "first", ["PK\x03\x04\x14\x06\udc89\n", "\udcd0\udccf\x11\xe0\n", "\udcff\udcfem\0i\0\n"]
)
def test_a_spreadsheet_or_another_encoding_is_told_in_one_sentence_without_its_bytes(first: str) -> None:
    says = ["1: is not a text file: save it as CSV UTF-8"]
    assert told(read_history([first, "\0\n"], NOW)) == says
    assert [str(problem) for problem in read_index([first, "\0\n"]).problems] == says
    assert [str(problem) for problem in read_staff([first, "\0\n"]).problems] == says


def test_one_line_is_told_as_one_and_a_line_twice_is_one() -> None:
    wrong = read(GOOD | {"missing_at": "", "risk_level": "severe"}).problems
    assert (len(wrong), refusal(wrong)) == (2, "nothing was imported: 1 line has to be corrected first")
    assert "2 lines have" in refusal(read(GOOD | {"force": "x"}, GOOD | {"force": "x"}).problems)


def test_a_child_is_missing_once_at_a_time() -> None:
    first, second = GOOD, GOOD | {"missing_at": "2025-11-04 01:00", "returned_at": "2025-11-04 09:00"}
    assert [each.line for each in overlaps(read(first, second).rows, timedelta(0))] == [2, 3]
    later = GOOD | {"missing_at": "2025-11-04 02:30", "returned_at": "2025-11-04 09:00"}
    assert overlaps(read(first, later).rows, timedelta(0)) == []
    assert "by the policy's gap" in str(overlaps(read(first, later).rows, timedelta(hours=1))[0])
    (still_open,) = overlaps(read(first | {"returned_at": ""}, later).rows, timedelta(0))
    assert str(still_open).startswith(
        "2: returned_at: is lacking, though the child is missing again in line 3"
    )


def test_an_offset_says_which_of_two_equal_hours_it_was() -> None:
    assert read_moment("26/10/2025 01:30 +0100") == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert read_moment("2025-10-26T01:30+00:00") == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="lies outside the years"):
        read_moment("0001-01-01 00:00 +05:00")
