"""A force's list of missing children, read from what forces send."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from connectors.police_list import File, read_list
from schemas.police_list import Listed, SentList
from schemas.police_lists_policy import ListFormat, PoliceListsPolicy

FORCE = "urn:police:nottinghamshire"
CHANGED = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
PLAIN = PoliceListsPolicy().format_of(FORCE)
HEAD = "reference,family_name,given_names,date_of_birth,missing_since\n"
AMARA = "NP-26-004211,Okafor,Amara Grace,2011-07-02,2026-03-28T18:30:00+00:00\n"


def came(text: str | bytes, form: ListFormat = PLAIN, name: str = "today.csv") -> SentList:
    content = text.encode() if isinstance(text, str) else text
    return read_list(File(content, name, "file", None, CHANGED), form)


def test_plain_columns_are_read() -> None:
    sent = came(HEAD + AMARA)
    assert sent.unread == ()
    (row,) = sent.rows
    assert row.missing_since == datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
    assert (row.reference, row.child.given_names, row.date_of_birth) == (
        "NP-26-004211", "Amara Grace", date(2011, 7, 2),
    )  # fmt: skip
    assert (sent.as_of, sent.digest) == (CHANGED, hashlib.sha256((HEAD + AMARA).encode()).digest())


def test_a_list_is_read_by_the_columns_zone_and_encoding_of_its_force() -> None:
    form = ListFormat(
        source=FORCE,
        columns={"reference": ("Niche No",), "family_name": ("Surname",), "missing_since": ("MISPER from",)},
        encoding="windows-1252",
        delimiter=";",
        zone="Europe/London",
    )
    text = (
        "Niche No;Surname;Given names;Date of Birth;MISPER from\nN1;Núñez;Zoë;02/07/2011;29/06/2026 18:30\n"
    )
    policy = PoliceListsPolicy(formats=(form,))
    (row,) = came(text.encode("windows-1252"), policy.format_of(FORCE)).rows
    assert (row.family_name, row.given_names, row.date_of_birth) == ("Núñez", "Zoë", date(2011, 7, 2))
    assert row.missing_since == datetime(2026, 6, 29, 17, 30, tzinfo=UTC)


def test_a_list_of_nobody_is_an_empty_list() -> None:
    sent = came(HEAD)
    assert (sent.rows, sent.unread) == ((), ())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("NP-1,Okafor,Amara,2011-07-02\n", "has 4 cells where the header has 5"),
        (",Okafor,Amara,,\n", "does not say which child it is"),
        (",,,,2026-03-28T18:30:00Z\n", "does not say which child it is"),
        (f"{'N' * 201},Okafor,Amara,32/13/2011,\n", "reference is not understood; date_of_birth is not"),
    ],
)
def test_a_row_that_is_not_understood_is_told_and_the_others_count(row: str, why: str) -> None:
    sent = came(HEAD + row + AMARA)
    assert [one.reference for one in sent.rows] == ["NP-26-004211"]
    (unread,) = [one for one in sent.unread if one.raw]
    assert why in unread.message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Wa\u202erd", "family_name holds U+202E, which changes the direction of reading: kept as it came"),
        ("Wa\u200brd", "family_name holds U+200B, which cannot be seen: kept as it came"),
        (
            "Wa\ufffdrd",
            "family_name holds U+FFFD, which stands for a character that was lost on its way:"
            " kept as it came",
        ),
    ],
)
def test_what_cannot_be_seen_in_a_name_or_was_lost_is_a_doubt_beside_the_row(name: str, says: str) -> None:
    (row,) = came(f"{HEAD}NP-1,{name},Amara,2011-07-02,\n").rows
    assert (row.family_name, row.doubts) == (name, (says,))


@pytest.mark.parametrize(
    "since", ["32/13/2026 18:00", "2026-03-28", "29/03/2026 01:30", "25/10/2026 01:30", "x"]
)
def test_a_time_that_is_not_certain_is_a_doubt_beside_the_row(since: str) -> None:
    (row,) = came(f"{HEAD}NP-1,Okafor,Amara,2011-07-02,{since}\n").rows
    assert (row.missing_since, row.doubts) == (None, ("missing_since is not understood",))


def test_rows_say_for_which_authority_they_are() -> None:
    text = "reference,authority\nNP-1,E06000018\nNP-2,E06000015\nNP-3,Nottm\n"
    sent = came(text)
    assert [(row.reference, row.authority) for row in sent.rows] == [
        ("NP-1", "E06000018"),
        ("NP-2", "E06000015"),
    ]
    assert [one.message for one in sent.unread] == [
        "names no authority that is known: give its ONS code, such as E06000018"
    ]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Nobody is missing today.\n", b"\x00\x01\x02", "{}"])
def test_what_is_no_list_is_never_an_empty_one(text: str | bytes) -> None:
    sent = came(text)
    assert sent.rows == ()
    assert sent.unread


def test_a_mail_with_the_list_attached_is_of_when_it_was_sent() -> None:
    mail = (
        "From: lists@nottinghamshire.example\r\nTo: missing@nottingham.example\r\nSubject: Still missing\r\n"
        "Date: Tue, 31 Mar 2026 06:05:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
        "boundary=x\r\n"
        "\r\n--x\r\nContent-Type: text/csv; charset=utf-8\r\n"
        "Content-Disposition: attachment; filename=list.csv\r\n"
        f"\r\n{HEAD}{AMARA}\r\n--x--\r\n"
    )
    sent = came(mail, name="list.eml")
    assert [row.reference for row in sent.rows] == ["NP-26-004211"]
    assert sent.as_of == datetime(2026, 3, 31, 5, 5, tzinfo=UTC)


def test_the_same_rows_are_told_the_same_wherever_they_stand() -> None:
    plain, below, other = (came(text).told for text in (HEAD + AMARA, f"{HEAD}\n{AMARA}", f"{HEAD}N{AMARA}"))
    assert plain == below != other


def test_a_zone_that_nobody_knows_is_no_setting() -> None:
    with pytest.raises(ValidationError, match="is no time zone that is known here"):
        ListFormat(source=FORCE, zone="Europe/Nottingham")


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=4))
def test_whatever_stands_in_a_table_nothing_is_raised(rows: list[list[str]]) -> None:
    sent = came(HEAD + "\n".join(",".join(cells) for cells in rows))
    assert all(isinstance(row, Listed) for row in sent.rows)
