"""The calendar invitation of an arranged interview (RFC 5545, 5546), without a word of who the child is.

A later one replaces an earlier one in the calendar: the same UID, a higher SEQUENCE.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casework.refusals import Unknown
from schemas.staff import StaffMember
from schemas.words import Stage
from store import conduct, staff
from store.conduct import Conducted
from store.database import Transaction
from store.views import children

if TYPE_CHECKING:
    from icalendar import Event

SUMMARY: Final = "Return home interview"
ELSEWHERE: Final = "As agreed: see Homeward"
STANDS: Final = frozenset({Stage.ARRANGED, Stage.HELD, Stage.SUBMITTED, Stage.APPROVED})
"""Where the slot agreed last is still the slot; anywhere else it is called off."""
_SHORTEST: Final = 3
"""Letters from which on a word of an address may tell where a child lives."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An arranged slot as a calendar has it. `stands` is false once it is called off."""

    interview_id: UUID
    version: int
    starts_at: datetime
    ends_at: datetime
    place: str
    stands: bool
    authority: str
    interviewer: StaffMember | None

    @property
    def method(self) -> str:
        return "REQUEST" if self.stands else "CANCEL"


async def slot_of(tx: Transaction, interview_id: UUID) -> Slot:
    """Return the slot that was agreed last, of the conversation in which an interview is held.

    Raises:
        Unknown: there is no such interview, it may not be seen, or no slot was ever arranged.
    """
    found = await _conversation(tx, interview_id)
    progress = found.progress
    if progress.arranged_for is None or progress.arranged_until is None:
        raise Unknown("no time and place have been arranged for this interview yet")
    child = await children.find(tx, found.interview.child_id)
    people = await staff.found(tx, [progress.interviewer or ""])
    return Slot(
        interview_id=found.interview.id,
        version=found.version,
        starts_at=progress.arranged_for,
        ends_at=progress.arranged_until,
        place=neutral_place(progress.place or "", child.facts if child else {}),
        stands=found.interview.stage in STANDS,
        authority=tx.authority,
        interviewer=people.get(progress.interviewer or ""),
    )


def calendar_of(slot: Slot, link: str, now: datetime) -> bytes:
    """Return the iCalendar object of a slot, with a link to its interview; `now` (UTC) is its DTSTAMP."""
    from icalendar import Calendar  # noqa: PLC0415 - only who asks for an invitation waits for it

    calendar = Calendar()
    calendar.add("prodid", "-//Homeward//Return home interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", slot.method)
    calendar.add_component(_event(slot, link, now))
    return bytes(calendar.to_ical())


def _event(slot: Slot, link: str, now: datetime) -> "Event":
    from icalendar import Event, vCalAddress, vUri  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{slot.interview_id}@homeward")
    event.add("sequence", slot.version)
    event.add("dtstamp", now)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", SUMMARY)
    event.add("location", slot.place)
    event.add("url", vUri(link))
    event.add("description", link)
    event.add("class", "CONFIDENTIAL")
    event.add("status", "CONFIRMED" if slot.stands else "CANCELLED")
    event.add("organizer", vCalAddress(f"urn:authority:{slot.authority}"))
    if slot.interviewer and slot.interviewer.email:
        attendee = vCalAddress(f"mailto:{slot.interviewer.email}")
        attendee.params["CN"] = slot.interviewer.name
        attendee.params["PARTSTAT"] = "ACCEPTED"
        event.add("attendee", attendee)
    return event


def neutral_place(place: str, facts: Mapping[str, Any]) -> str:
    """Return a place as it is, unless it has a word of the child's name or home address in it."""
    said = _words(place)
    return ELSEWHERE if said & set(_telling_words(facts)) else place


def _telling_words(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what in a place would tell who the child is: names, and the numbers and names of the address."""
    for name in ("family_name", "given_names"):
        yield from _words(facts.get(name) or "")
    for other in facts.get("also_known_as") or ():
        yield from _words(other)
    address = facts.get("home_address") or {}
    lines = address.get("lines") or ()
    for line in lines[:1]:  # the further lines name districts and towns
        yield from (word for word in _words(line) if len(word) >= _SHORTEST and word not in _COMMON)
    yield from (word for word in [re.sub(r"\W", "", address.get("postcode") or "").casefold()] if word)


def _words(text: str) -> set[str]:
    """Return a text's words, and postcodes in it without their space."""
    folded = text.casefold()
    codes = re.findall(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", folded)
    return set(re.findall(r"\w+", folded)) | {re.sub(r"\s", "", code) for code in codes}


_COMMON: Final = frozenset(
    {
        "street",
        "road",
        "lane",
        "avenue",
        "close",
        "drive",
        "way",
        "court",
        "house",
        "flat",
        "place",
        "gardens",
    }
    | {"grove", "crescent", "terrace", "park", "hill", "the", "and", "hall", "home", "school", "centre"}
)
"""Words of addresses that many places have."""


async def _conversation(tx: Transaction, interview_id: UUID) -> Conducted:
    found = await conduct.find(tx, interview_id)
    if found is not None and found.progress.covered_by:
        found = await conduct.find(tx, found.progress.covered_by)
    if found is None:
        raise Unknown("there is no such interview, or it may not be seen")
    return found
