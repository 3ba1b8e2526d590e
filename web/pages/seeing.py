"""Every look at a child is written down, with why. Who has no plain reason is asked for one.

Source: Data Protection Act 2018, section 62 (logging of consultation); Caldicott Principles 1 and 4 (a
purpose, and a need to know).
"""

from dataclasses import dataclass
from uuid import UUID

from schemas.access import Duty, Purpose
from store import accesses
from store.accesses import Given
from web.guard.sessions import BACKGROUND
from web.pages.reading import Visit


@dataclass(eq=False)
class PurposeNeeded(Exception):
    """Nothing says why this person looks at this child: they are asked first."""

    child_id: UUID


async def see(visit: Visit, child_id: UUID, page: str, because: Purpose | None = None) -> None:
    """Write down that this person saw this child on this page; once while it lies open and renews itself.

    The purpose is `because`, else the one that was given for the child in this session, else what follows
    from the person's duty.

    Raises:
        PurposeNeeded: there is none of them.
    """
    if BACKGROUND in visit.request.headers and await accesses.seen_on(
        visit.tx, visit.who.digest, child_id, page
    ):
        return
    given = Given(because.value, None) if because else await _purpose(visit, child_id)
    if given is None:
        raise PurposeNeeded(child_id)
    await accesses.write(visit.tx, child_id, given, page=page, session=visit.who.digest, at=visit.now)


async def _purpose(visit: Visit, child_id: UUID) -> Given | None:
    who = visit.who
    given = await accesses.given_in(visit.tx, who.digest, child_id)
    if given is not None:
        return given
    if Duty.MANAGER in who.duties:
        return Given(Purpose.MANAGING.value, None)
    if who.staff_id and await accesses.holds_interview(visit.tx, child_id, who.staff_id):
        return Given(Purpose.INTERVIEW.value, None)
    return None
