"""One interview's record as it lies before whoever opened it: what stands in it, and who may write it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from casework import drafts
from casework.drafts import WRITTEN_AT
from schemas.access import Duty, Purpose
from schemas.commands import SendBack
from schemas.words import Stage
from store import accesses, conduct, presences, staff
from store.conduct import Conducted
from store.database import Transaction
from store.presences import Presence
from store.views import children
from store.views import drafts as views
from store.views.children import Child
from store.views.drafts import Version
from web.guard.sessions import Who
from web.pages.reading import Visit
from web.pages.seeing import see
from web.problems import not_found

HERE_NOW: Final = timedelta(seconds=60)
"""Whoever was seen within this is told of as having the record open."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The record of one interview. `no` is the number of the draft that it is, 0 for none.

    `names` are those of members of staff by id; `sent_back` what the manager wants better, by section.
    """

    id: UUID
    found: Conducted
    child: Child
    no: int
    record: Mapping[str, Any]
    names: Mapping[str, str]
    theirs: bool
    """Whether it is this person's to write."""
    could_cover: bool
    sent_back: Mapping[str, str]
    others: Sequence[Presence]
    waiting: Mapping[str, Version]
    """What this person typed last and the record could not take, by section."""

    @property
    def stage(self) -> Stage:
        return self.found.interview.stage

    @property
    def writable(self) -> bool:
        """Whether this person can write it now."""
        return self.theirs and self.stage in WRITTEN_AT and self.found.progress.covered_by is None

    def name(self, staff_id: str | None) -> str:
        """Return whom an id of the directory means."""
        return self.names.get(staff_id or "", staff_id or "nobody")

    @property
    def interviewer(self) -> str:
        return self.name(self.found.progress.interviewer)


async def open_desk(visit: Visit, interview_id: UUID, section: str | None, page: str) -> Desk:
    """Return the record for a page about it; that the child was seen, and who is here, is written down.

    Raises:
        Refused: there is no such interview, or it may not be seen.
        PurposeNeeded: nothing says why this person looks at this child.
    """
    tx, who = visit.tx, visit.who
    found, child = await _found(visit, interview_id)
    await see(visit, child.id, page)
    no, record = await drafts.as_it_stands(tx, found)
    theirs = await writes(visit, found)
    return Desk(
        id=interview_id,
        found=found,
        child=child,
        no=no,
        record=record.model_dump(mode="json"),
        names=await names_of(visit, {found.progress.interviewer or ""}),
        theirs=theirs,
        could_cover=not theirs and _may_cover(who) and found.progress.interviewer is not None,
        sent_back=await _sent_back(visit, found),
        others=await here_too(visit, interview_id, section),
        waiting=await views.untaken(tx, interview_id),
    )


async def writes(visit: Visit, found: Conducted) -> bool:
    """Whether a person writes this record: the interviewer, or who stands in and has said so."""
    who, interviewer = visit.who, found.progress.interviewer
    if who.staff_id is None or interviewer is None or Duty.WORKER not in who.duties:
        return False
    if who.staff_id == interviewer:
        return True
    given = await accesses.given_in(visit.tx, who.digest, found.interview.child_id)
    return given is not None and given.purpose == Purpose.COVERING


async def here_too(visit: Visit, interview_id: UUID, section: str | None) -> Sequence[Presence]:
    """Write down that this person has the record open, and return who else has."""
    place = f"record/{interview_id}"
    await presences.touch(visit.tx, place, section, name=visit.who.name, now=visit.now)
    return await presences.others(visit.tx, place, visit.now - HERE_NOW)


async def names_of(visit: Visit, ids: Collection[str]) -> dict[str, str]:
    """Return the names of members of staff by id."""
    return await names_of_staff(visit.tx, ids)


async def names_of_staff(tx: Transaction, ids: Collection[str]) -> dict[str, str]:
    """Return the names of members of staff by id, for whoever has no visit."""
    found = await staff.found(tx, ids)
    return {one: person.name for one, person in found.items()}


async def _found(visit: Visit, interview_id: UUID) -> tuple[Conducted, Child]:
    found = await conduct.find(visit.tx, interview_id)
    child = await children.find(visit.tx, found.interview.child_id) if found else None
    if found is None or child is None:
        raise not_found("interview")
    return found, child


async def _sent_back(visit: Visit, found: Conducted) -> dict[str, str]:
    """Return what the manager wants better, by section, until the record is submitted again."""
    if found.progress.sent_back_at is None or found.interview.stage is not Stage.HELD:
        return {}
    given = await conduct.given_to(visit.tx, found.interview.id)
    last = [each for each in given if each.name == SendBack.name][-1:]
    return {one["section"]: one["reason"] for each in last for one in each.body["reasons"]}


def _may_cover(who: Who) -> bool:
    return who.staff_id is not None and Duty.WORKER in who.duties
