"""Who may hold an interview, who is best placed to, and who could take which of all that nobody has yet.

Nothing is changed here: an interview is given to somebody by the command `allocate`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.refusals import Unknown
from domain.allocation.batch import Placement, Unplaced, suggest
from domain.allocation.eligibility import refusals
from domain.allocation.facts import NOTHING, Load, Need, Wishes, is_in_care, language_named
from domain.allocation.ranking import Candidate, rank
from domain.interview import Interview
from domain.working_time import LONDON
from schemas.allocation_policy import AllocationPolicy
from schemas.policy import Policy
from schemas.staff import StaffMember
from store import allocating, conduct, staff
from store.allocating import Earlier, InHand
from store.database import Transaction

__all__ = ["NO_WISHES", "Ranked", "Suggested", "Wishes", "candidates", "suggest_all", "why_not"]

NO_WISHES: Final = Wishes()
COUNTING: Final = "system:allocating"


async def why_not(  # noqa: PLR0917 - the facts as the check of a command has them
    tx: Transaction,
    interview: Interview,
    member: StaffMember,
    chosen_by_child: bool,
    policy: Policy,
    now: datetime,
) -> str | None:
    """Return why this person may not hold the interview, with how to mend it; None for who may."""
    wishes = Wishes(person=member.id if chosen_by_child else None)
    asked = _Asked(interview.id, interview.child_id, interview.due_at)
    [need] = await _needs(tx, [asked], policy.allocation, now, wishes=wishes, languages=())
    load = await _loads(tx, besides=interview.id)
    against = refusals(need, member, tx.authority, policy.allocation, now, load=load.get(member.id, NOTHING))
    if not against:
        return None
    whys = "; ".join(refusal.why for refusal in against)
    return f"{member.name} may not hold this interview: {whys}. Choose somebody else"


@dataclass(frozen=True, slots=True)
class Ranked:
    """An interview and everybody in the directory: the best placed first, then who may not hold it."""

    interview_id: UUID
    due_at: datetime
    language: str | None
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Who could take which interview that nobody has yet; `versions` are those that were looked at."""

    placements: Sequence[Placement]
    unplaced: Sequence[Unplaced]
    versions: Mapping[UUID, int]


async def candidates(
    tx: Transaction, interview_id: UUID, policy: Policy, now: datetime, *, wishes: Wishes = NO_WISHES
) -> Ranked:
    """Rank everybody for one interview; `wishes` are the child's, as far as they are known.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
    """
    found = await conduct.find(tx, interview_id)
    if found is None:
        raise Unknown("there is no such interview, or it may not be seen")
    people = await staff.all_of(tx)
    interview = found.interview
    asked = _Asked(interview.id, interview.child_id, interview.due_at)
    [need] = await _needs(tx, [asked], policy.allocation, now, wishes=wishes, languages=_languages(people))
    loads = await _loads(tx, besides=interview_id)
    ranked = rank(need, people, tx.authority, policy.allocation, now, loads=loads)
    return Ranked(interview.id, interview.due_at, need.wishes.language, ranked)


async def suggest_all(tx: Transaction, policy: Policy, now: datetime) -> Suggested:
    """Say who could take which of all interviews that nobody has yet, and who could not be found."""
    waiting = await allocating.unallocated(tx)
    people = await staff.all_of(tx)
    asked = [_Asked(each.id, each.child_id, each.due_at) for each in waiting]
    needs = await _needs(tx, asked, policy.allocation, now, wishes=NO_WISHES, languages=_languages(people))
    loads = await _loads(tx)
    found = await asyncio.to_thread(  # it reckons, and nobody else should wait for that
        suggest, needs, people, tx.authority, policy.allocation, now, loads=loads
    )
    versions = {each.id: each.version for each in waiting}
    return Suggested(found.placements, found.unplaced, versions)


def _languages(people: Iterable[StaffMember]) -> set[str]:
    return {language for member in people for language in member.languages}


@dataclass(frozen=True, slots=True)
class _Asked:
    """An interview that somebody has to hold, before what is known of its child."""

    id: UUID
    child_id: UUID
    due_at: datetime


async def _needs(
    tx: Transaction,
    asked: Sequence[_Asked],
    policy: AllocationPolicy,
    now: datetime,
    *,
    wishes: Wishes,
    languages: Collection[str],
) -> list[Need]:
    """Gather what is known of the children; a language that nobody told may stand in the last record."""
    children = [each.child_id for each in asked]
    care = await allocating.care_on(tx, children, now.astimezone(LONDON).date())
    earlier: dict[UUID, list[Earlier]] = defaultdict(list)
    for each in await allocating.earlier(tx, children):
        earlier[each.child_id].append(each)
    needs = []
    for one in asked:
        child, before = care.get(one.child_id), earlier[one.child_id]
        language = wishes.language or _language(before, languages)
        needs.append(
            Need(
                one.id,
                one.due_at,
                own_id=child.own_id if child else None,
                in_care=child is not None and is_in_care(child.legal_status, policy.in_care),
                social_worker=child.social_worker if child else None,
                held_by=tuple(each.interviewer for each in before),
                wishes=Wishes(wishes.person, language, wishes.gender),
            )
        )
    return needs


def _language(before: Iterable[Earlier], languages: Collection[str]) -> str | None:
    named = (language_named(each.communication, sorted(languages)) for each in before)
    return next((language for language in named if language), None)


async def _loads(tx: Transaction, *, besides: UUID | None = None) -> Mapping[str, Load]:
    """Return what everybody has in hand; `besides` is an interview that is not to count.

    Interviews with restricted children count for whoever asks: only numbers and slots leave.
    """
    by_person: dict[str, list[InHand]] = defaultdict(list)
    async with tx.as_system(COUNTING) as counting:
        in_hand = await allocating.in_hand(counting)
    for each in in_hand:
        if each.id != besides:
            by_person[each.interviewer].append(each)
    return {person: _load(each) for person, each in by_person.items()}


def _load(has: Sequence[InHand]) -> Load:
    slots = [
        (each.arranged_for, each.arranged_until)
        for each in has
        if each.status == "arranged" and each.arranged_for and each.arranged_until
    ]
    waiting = sum(each.status in {"allocated", "offered"} for each in has)
    return Load(len(has), waiting, tuple(sorted(slots)))
