"""The calendar invitation of an arranged interview (RFC 5545, 5546), without a word of who the child is.

A later one replaces an earlier one in the calendar: the same UID, a higher SEQUENCE.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from casework.refusals import Unknown
from domain.place import Known, tells
from schemas.notification import ChildFacts
from schemas.reading import read_stored
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
NOTHING_MORE: Final = Known()
T = TypeVar("T")


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
    lived = await _where_they_lived(tx, found.interview.child_id)
    people = await staff.found(tx, [progress.interviewer or ""])
    return Slot(
        interview_id=found.interview.id,
        version=found.version,
        starts_at=progress.arranged_for,
        ends_at=progress.arranged_until,
        place=neutral_place(progress.place or "", child.facts if child else {}, lived),
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


def neutral_place(place: str, facts: Mapping[str, Any], more: Known = NOTHING_MORE) -> str:
    """Return a place as it is, unless it has in it what would tell who the child is or where they live.

    `facts` are what is shown of the child; `more` is what else is known of where they lived.
    """
    child = ChildFacts.model_validate(facts)
    names = (child.family_name, child.given_names, *(child.also_known_as or ()))
    known = Known(
        names=(*more.names, *(name for name in names if name)),
        addresses=(*more.addresses, *_told([child.home_address])),
        placements=more.placements,
    )
    return ELSEWHERE if tells(place, known) else place


async def _where_they_lived(tx: Transaction, child_id: UUID) -> Known:
    """Return every address of the child that was told, and what the placements are called."""
    told = [read_stored(each.payload).data for each in await children.told(tx, child_id)]
    care = await children.care(tx, child_id)
    back = [data.returned for data in told if data.returned]
    names = [period.placement for period in care] + [each.returned_to for each in back]
    addresses = [data.child.home_address for data in told] + [each.address for each in back]
    addresses += [data.missing.missing_from_address for data in told if data.missing]
    return Known(addresses=tuple(_told(addresses)), placements=tuple(_told(names)))


def _told(values: Iterable[T | None]) -> Iterator[T]:
    return (value for value in values if value is not None)


async def _conversation(tx: Transaction, interview_id: UUID) -> Conducted:
    found = await conduct.find(tx, interview_id)
    if found is not None and found.progress.covered_by:
        found = await conduct.find(tx, found.progress.covered_by)
    if found is None:
        raise Unknown("there is no such interview, or it may not be seen")
    return found
