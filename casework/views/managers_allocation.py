"""Who could hold an interview, as a manager chooses: one, or all that nobody has yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework import allocating
from casework.allocating import Ranked, Wishes
from casework.refusals import Unknown
from domain.allocation.batch import Placement, Unplaced
from domain.allocation.ranking import Candidate
from domain.working_time import LONDON
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import conduct, staff
from store.conduct import Conducted
from store.database import Transaction
from store.views import managers_board
from store.views.managers_board import Waiting

__all__ = ["Candidate", "Choosing", "Giving", "Placement", "Unplaced", "Wishes", "choosing", "giving"]


@dataclass(frozen=True, slots=True)
class Choosing:
    """One interview, everybody ranked for it, and what the directory can be asked for."""

    found: Conducted
    about: Waiting
    ranked: Ranked
    holder: StaffMember | None
    languages: Sequence[str]
    genders: Sequence[str]


async def choosing(
    tx: Transaction, interview_id: UUID, policy: Policy, now: datetime, wishes: Wishes
) -> Choosing:
    """Return what is needed to give one interview to somebody.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    ranked = await allocating.candidates(tx, interview_id, policy, now, wishes=wishes)
    found = await conduct.find(tx, interview_id)
    about = (await managers_board.waiting(tx, [interview_id])).get(interview_id)
    if found is None or about is None:
        raise Unknown("there is no such interview, or it may not be seen")
    people = [each.member for each in ranked.candidates]
    return Choosing(
        found=found,
        about=about,
        ranked=ranked,
        holder=next((each for each in people if each.id == found.progress.interviewer), None),
        languages=sorted({language for each in people for language in each.languages}),
        genders=sorted({each.gender for each in people if each.gender}),
    )


@dataclass(frozen=True, slots=True)
class Giving:
    """All interviews that nobody has: to whom each could go, for which nobody was found, and who is there.

    `versions` are the interviews' that were looked at; `more` are further ones, due later than these.
    """

    placements: Sequence[Placement]
    unplaced: Sequence[Unplaced]
    about: Mapping[UUID, Waiting]
    versions: Mapping[UUID, int]
    interviewers: Sequence[StaffMember]
    more: int


async def giving(tx: Transaction, policy: Policy, now: datetime, limit: int) -> Giving:
    """Return what is needed to give out what nobody has; of very many the soonest deadlines."""
    found = await allocating.suggest_all(tx, policy, now)
    ids = list(found.versions)[:limit]  # they come by deadline
    kept = set(ids)
    today = now.astimezone(LONDON).date()
    people = [each for each in await staff.all_of(tx) if Role.INTERVIEWER in each.roles]
    return Giving(
        placements=[each for each in found.placements if each.need.interview_id in kept],
        unplaced=[each for each in found.unplaced if each.need.interview_id in kept],
        about=await managers_board.waiting(tx, ids),
        versions=found.versions,
        interviewers=sorted((each for each in people if each.works_here_on(today)), key=lambda one: one.name),
        more=len(found.versions) - len(ids),
    )
