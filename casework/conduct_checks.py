"""What a command must be besides lawful at its stage: by somebody who may, of people and times that exist."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework import allocating
from casework.cover_checks import why_not_covered
from casework.refusals import BadInput
from casework.slots import clashes
from schemas.commands import (
    Allocate,
    Approve,
    Arrange,
    Command,
    Cover,
    Decline,
    Hold,
    NotPossible,
    Offer,
    Reallocate,
    Reinstate,
    SendBack,
    Submit,
    Void,
)
from schemas.policy import Policy
from schemas.reading import Problem
from schemas.staff import StaffMember
from store import conduct, drafts, staff
from store.conduct import Conducted
from store.database import Transaction

FAST_CLOCK: Final = timedelta(minutes=5)
"""How far ahead of ours a sender's clock may be."""
FOR_MANAGERS: Final = (SendBack, Approve, Void, Reinstate, Cover)
People = Mapping[str, StaffMember]


async def check(
    tx: Transaction,
    found: Conducted,
    covered: Sequence[Conducted],
    command: Command,
    policy: Policy,
    *,
    now: datetime,
) -> None:
    """Pass a command that can be given by this person about these people and times.

    `covered` are the interviews that the conversation of this one covers.

    Raises:
        BadInput: with every field that is wrong, and how to mend it.
    """
    people = await staff.found(tx, [name for _, name in _named(command)])
    problems = [
        *_of_people(command, people, now),
        *_of_times(found, covered, command, now),
        *_of_rights(found, command, people),
    ]
    if isinstance(command, Cover):
        problems += await why_not_covered(tx, found, command)
    if isinstance(command, Approve):
        problems += await _of_own_work(tx, found, command)
    if isinstance(command, Arrange) and found.progress.interviewer:
        problems += await _of_slot(tx, found.interview.id, found.progress.interviewer, command)
    if not problems:
        problems += await _of_eligibility(tx, found, command, people, policy, now=now)
    if problems:
        raise BadInput(problems)


def _named(command: Command) -> Iterator[tuple[str, str]]:
    """Yield the fields that name members of staff, and whom."""
    for field in ("by", "interviewer", "held_by", "authorised_by"):
        if (name := getattr(command, field, None)) is not None:
            yield field, name


def _of_people(command: Command, people: People, now: datetime) -> Iterator[Problem]:
    for field, name in _named(command):
        if name not in people:
            mend = "correct it, or import the directory with homeward interviewers import"
            yield Problem(field, f"{name} is not in the directory of staff: {mend}")
        elif not people[name].works_here_on(now.date()):
            yield Problem(field, f"{name} left on {people[name].gone_on}: name somebody who works here")


def _of_rights(found: Conducted, command: Command, people: People) -> Iterator[Problem]:
    by = people.get(command.by)
    if by is None:
        return
    if isinstance(command, FOR_MANAGERS) and not by.is_manager:
        yield Problem("by", f"{by.id} is no manager: {command.name} is for managers")
    if isinstance(command, Reallocate):
        if not (by.is_manager or by.id == found.progress.interviewer):
            yield Problem("by", f"{by.id} is no manager, and does not have it: a manager has to give it away")
    elif isinstance(command, Allocate) and not (by.is_manager or by.id == command.interviewer):
        yield Problem("by", f"{by.id} is no manager, and may only take it on themself")
    if isinstance(command, Decline | NotPossible):
        authorised = people.get(command.authorised_by)
        if authorised is not None and not authorised.is_manager:
            yield Problem("authorised_by", f"{authorised.id} is no manager: a manager has to authorise this")


async def _of_slot(tx: Transaction, interview_id: UUID, interviewer: str, command: Arrange) -> list[Problem]:
    """Refuse a slot in which the interviewer has another interview."""
    ends_at = command.starts_at + timedelta(minutes=command.minutes)
    taken = await clashes(tx, interviewer, command.starts_at, ends_at, interview_id)
    return [
        Problem(
            "starts_at",
            f"{interviewer} has another interview from {each.starts_at:%Y-%m-%dT%H:%MZ} to"
            f" {each.ends_at:%H:%MZ}: choose another time, or give it to somebody else",
        )
        for each in taken
    ]


async def _of_own_work(tx: Transaction, found: Conducted, command: Approve) -> list[Problem]:
    """Refuse whoever held the interview, wrote its record or handed it in: somebody else has to look."""
    given = await conduct.given_to(tx, found.interview.id)
    did = {each.by for each in given if each.name in {Hold.name, Submit.name}}
    wrote = {draft.by for draft in await drafts.all_of(tx, found.interview.id)}
    if command.by in did | wrote | {found.progress.interviewer}:
        return [
            Problem("by", f"{command.by} held or recorded the interview: somebody else has to approve it")
        ]
    return []


async def _of_eligibility(
    tx: Transaction,
    found: Conducted,
    command: Command,
    people: People,
    policy: Policy,
    *,
    now: datetime,
) -> list[Problem]:
    """Refuse who may not hold the interview, when it is given to them, or held by them after all."""
    match command:
        case Allocate(interviewer=who, chosen_by_child=chosen):
            field = "interviewer"
        case Hold(held_by=str() as who) if who != found.progress.interviewer:
            field, chosen = "held_by", found.progress.chosen_by_child
        case _:
            return []
    why = await allocating.why_not(tx, found.interview, people[who], chosen, policy, now)
    return [Problem(field, why)] if why else []


def _of_times(
    found: Conducted, covered: Sequence[Conducted], command: Command, now: datetime
) -> Iterator[Problem]:
    match command:
        case Offer(at=at) | Decline(at=at) if at:
            yield from _happened("at", at, found, now)
        case Hold(held_at=held_at):
            yield from _held(held_at or now, found, covered, now)
        case Arrange(starts_at=starts_at) if starts_at < now - FAST_CLOCK:
            yield Problem("starts_at", "lies in the past: give a time that is still to come")
        case Arrange(starts_at=starts_at) if starts_at > now + timedelta(days=365):
            yield Problem("starts_at", "lies more than a year ahead: correct the year")


def _held(at: datetime, found: Conducted, covered: Sequence[Conducted], now: datetime) -> Iterator[Problem]:
    yield from _happened("held_at", at, found, now)
    if found.progress.attempted_at and at < found.progress.attempted_at:
        first = f"{found.progress.attempted_at:%Y-%m-%dT%H:%M:%SZ}"
        yield Problem("held_at", f"lies before the first attempt to offer it at {first}: correct one of them")
    for other in covered:
        if not other.interview.provisional_due and at < other.interview.clock_started_at:
            back = f"{other.interview.clock_started_at:%Y-%m-%dT%H:%M:%SZ}"
            mend = "it cannot be about that absence too; correct the time, or hold another conversation"
            yield Problem("held_at", f"lies before the return of a covered interview at {back}: {mend}")


def _happened(field: str, at: datetime, found: Conducted, now: datetime) -> Iterator[Problem]:
    if at > now + FAST_CLOCK:
        yield Problem(field, "lies in the future: give the time when it happened")
    if at < found.interview.clock_started_at and not found.interview.provisional_due:
        back = f"{found.interview.clock_started_at:%Y-%m-%dT%H:%M:%SZ}"
        yield Problem(
            field, f"lies before the child's return at {back}: correct it, or have the return corrected"
        )
