"""What a command must be besides lawful at its stage: by somebody who may, of people and times that exist."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from casework import allocating
from casework.refusals import BadInput
from domain.lifecycle import MOVES
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
    SendBack,
    Void,
)
from schemas.policy import Policy
from schemas.reading import Problem
from schemas.staff import StaffMember
from store import conduct, staff
from store.conduct import Conducted
from store.database import Transaction

FAST_CLOCK: Final = timedelta(minutes=5)
"""How far ahead of ours a sender's clock may be."""
FOR_MANAGERS: Final = (SendBack, Approve, Void, Cover)
People = Mapping[str, StaffMember]


async def check(tx: Transaction, found: Conducted, command: Command, policy: Policy, now: datetime) -> None:
    """Pass a command that can be given by this person about these people and times.

    Raises:
        BadInput: with every field that is wrong, and how to mend it.
    """
    people = await staff.found(tx, [name for _, name in _named(command)])
    problems = [
        *_of_people(command, people, now),
        *_of_times(found, command, now),
        *_of_rights(found, command, people),
    ]
    if isinstance(command, Cover):
        problems += await _of_cover(tx, found, command)
    if isinstance(command, Allocate) and not problems:
        who = people[command.interviewer]
        if why := await allocating.why_not(tx, found.interview, who, command.chosen_by_child, policy, now):
            problems.append(Problem("interviewer", why))
    if problems:
        raise BadInput(problems)


def _named(command: Command) -> Iterator[tuple[str, str]]:
    """Yield the fields that name members of staff, and whom."""
    for field in ("by", "interviewer", "authorised_by"):
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
    if isinstance(command, Approve) and by.id == found.progress.interviewer:
        yield Problem("by", f"{by.id} held the interview: somebody else has to approve its record")
    if isinstance(command, Allocate) and not (by.is_manager or by.id == command.interviewer):
        yield Problem("by", f"{by.id} is no manager, and may only take it on themself")
    if isinstance(command, Decline | NotPossible):
        authorised = people.get(command.authorised_by)
        if authorised is not None and not authorised.is_manager:
            yield Problem("authorised_by", f"{authorised.id} is no manager: a manager has to authorise this")


def _of_times(found: Conducted, command: Command, now: datetime) -> Iterator[Problem]:
    match command:
        case Offer(at=at) | Decline(at=at) if at:
            yield from _happened("at", at, found, now)
        case Hold(held_at=held_at) if held_at:
            yield from _happened("held_at", held_at, found, now)
        case Arrange(starts_at=starts_at) if starts_at < now - FAST_CLOCK:
            yield Problem("starts_at", "lies in the past: give a time that is still to come")
        case Arrange(starts_at=starts_at) if starts_at > now + timedelta(days=365):
            yield Problem("starts_at", "lies more than a year ahead: correct the year")


def _happened(field: str, at: datetime, found: Conducted, now: datetime) -> Iterator[Problem]:
    if at > now + FAST_CLOCK:
        yield Problem(field, "lies in the future: give the time when it happened")
    if at < found.interview.clock_started_at and not found.interview.provisional_due:
        back = f"{found.interview.clock_started_at:%Y-%m-%dT%H:%M:%SZ}"
        yield Problem(
            field, f"lies before the child's return at {back}: correct it, or have the return corrected"
        )


async def _of_cover(tx: Transaction, found: Conducted, command: Cover) -> list[Problem]:
    others = await conduct.several(tx, command.interviews)
    problems = []
    for number, id_ in enumerate(command.interviews):
        if why := _why_not_covered(found, others.get(id_)):
            problems.append(Problem(f"interviews.{number}", why))
    return problems


def _why_not_covered(found: Conducted, other: Conducted | None) -> str | None:
    if other is None:
        return "is no interview, or may not be seen: correct it"
    if other.interview.id == found.interview.id:
        return "is the interview itself: name the others"
    if other.interview.child_id != found.interview.child_id:
        return "is of another child: one conversation covers interviews of one child"
    if other.progress.covered_by:
        return f"is covered by the conversation of interview {other.progress.covered_by} already"
    if (other.interview.stage, Cover) not in MOVES:
        return f"is {other.interview.stage.value}: only what was not held or closed yet can be covered"
    return None
