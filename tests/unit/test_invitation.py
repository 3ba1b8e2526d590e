"""The invitation to an arranged interview: a calendar understands it, and it names no child."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar, Component

from casework.invitation import ELSEWHERE, Slot, calendar_of, neutral_place
from schemas.staff import StaffMember
from tests.messages import AMARA, NOTTINGHAM

TUESDAY = datetime(2026, 3, 31, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
ID = UUID("3b0c5d0e-0000-4000-8000-000000000001")
LINK = f"https://homeward.nottingham.example/interviews/{ID}"
EWA = StaffMember(id="W-1", name='Ewa "E" Nowak', email="ewa@example.org")
SLOT = Slot(
    interview_id=ID,
    version=4,
    starts_at=TUESDAY,
    ends_at=TUESDAY + timedelta(hours=1),
    place="The Limes; back room, ground floor",
    stands=True,
    authority=NOTTINGHAM,
    interviewer=EWA,
)
FACTS = AMARA | {
    "also_known_as": ["Mari"],
    "home_address": {"lines": ["12 Sycamore Road", "Sneinton", "Nottingham"], "postcode": "NG2 4BT"},
}


def read(slot: Slot) -> tuple[Component, Component]:
    calendar = Calendar.from_ical(calendar_of(slot, LINK, NOW))
    [event] = calendar.walk("VEVENT")
    return calendar, event


def test_a_calendar_reads_when_where_and_what() -> None:
    calendar, event = read(SLOT)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (TUESDAY, TUESDAY + timedelta(hours=1))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Return home interview", SLOT.place)
    assert (event["URL"], event["STATUS"], event["CLASS"]) == (LINK, "CONFIRMED", "CONFIDENTIAL")


def test_a_later_version_replaces_the_earlier_one() -> None:
    (_, before), (_, after) = (
        read(SLOT),
        read(replace(SLOT, version=6, starts_at=TUESDAY - timedelta(hours=2))),
    )
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (4, 6)


def test_a_slot_that_is_called_off_is_taken_out_of_the_calendar() -> None:
    calendar, event = read(replace(SLOT, version=7, stands=False))
    assert (calendar["METHOD"], event["STATUS"], event["UID"]) == (
        "CANCEL",
        "CANCELLED",
        read(SLOT)[1]["UID"],
    )


def test_it_is_from_the_authority_to_the_interviewer() -> None:
    _, event = read(SLOT)
    assert event["ORGANIZER"] == f"urn:authority:{NOTTINGHAM}"
    assert event["ATTENDEE"] == "mailto:ewa@example.org"
    assert event["ATTENDEE"].params["CN"].replace('"', "'") == "Ewa 'E' Nowak"


@pytest.mark.parametrize("interviewer", [None, StaffMember(id="W-9", name="Ada")])
def test_without_an_address_nobody_is_named(interviewer: StaffMember | None) -> None:
    assert "ATTENDEE" not in read(replace(SLOT, interviewer=interviewer))[1]


def test_nothing_typed_into_the_place_becomes_a_line_of_its_own() -> None:
    place = "Town hall\r\nATTENDEE:mailto:somebody@example.org"
    _, event = read(replace(SLOT, place=place, interviewer=None))
    assert "ATTENDEE" not in event
    assert str(event["LOCATION"]).startswith("Town hall")


@pytest.mark.parametrize(
    "place",
    [
        "Amara's bedroom",
        "with the OKAFOR family",
        "at Mari's aunt",
        "12 Sycamore Rd",
        "NG24BT",
        "ng2 4bt, front door",
        "Amaras flat",
        "okafors",
    ],
)
def test_a_place_that_tells_who_the_child_is_is_left_out(place: str) -> None:
    assert neutral_place(place, FACTS) == ELSEWHERE


@pytest.mark.parametrize("place", ["The Limes", "Nottingham Central Library, room 12", "28 Derby Road", ""])
def test_another_place_is_told(place: str) -> None:
    assert neutral_place(place, FACTS) == place


@pytest.mark.parametrize(
    "facts", [{}, {"home_address": {}}, {"home_address": {"lines": None, "postcode": None}}]
)
def test_a_child_of_whom_little_is_known_has_nothing_to_leave_out(facts: dict[str, Any]) -> None:
    assert neutral_place("The Limes", facts) == "The Limes"
