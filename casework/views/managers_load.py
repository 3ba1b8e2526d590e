"""The load of everybody who holds interviews, by team."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.working_time import LONDON
from schemas.policy import Policy
from schemas.staff import Leave, Role, StaffMember
from store import staff
from store.database import Transaction
from store.views import load
from store.views.load import Carried, Span

COUNTING: Final = "system:load"
LATELY: Final = timedelta(days=90)
SOON: Final = timedelta(hours=24)
LEAVE_AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Worker:
    """One person, what they have in hand, the days on which they work, and leave now or soon."""

    member: StaffMember
    carried: Carried
    days: Sequence[int]
    away: Leave | None
    leave: Leave | None

    @property
    def is_full(self) -> bool:
        return self.member.capacity is not None and self.carried.in_hand >= self.member.capacity


@dataclass(frozen=True, slots=True)
class Team:
    """A team, or those who are in none (no name), and its sums."""

    name: str
    workers: Sequence[Worker]

    def total(self, of: str) -> int:
        """Return the sum of one number of everybody's."""
        return sum(getattr(each.carried, of) for each in self.workers)


async def teams(tx: Transaction, policy: Policy, now: datetime) -> list[Team]:
    """Return every team; who is in two stands in both.

    Interviews with restricted children count for whoever asks: only numbers leave.
    """
    people = await staff.all_of(tx)
    async with tx.as_system(COUNTING) as counting:
        carried = await load.carried(counting, _span(now))
    today = now.astimezone(LONDON).date()
    workers = [_worker(each, carried, policy, today) for each in people if _counts(each, carried, today)]
    names = sorted({team for each in workers for team in each.member.teams})
    found = [Team(name, _of(workers, name)) for name in names]
    without = [each for each in workers if not each.member.teams]
    return [*found, Team("", _sorted(without))] if without else found


def _counts(member: StaffMember, carried: Mapping[str, Carried], today: date) -> bool:
    """Whether somebody holds interviews, or has gone and left some behind."""
    has = carried.get(member.id)
    return bool(has and has.in_hand) or (Role.INTERVIEWER in member.roles and member.works_here_on(today))


def _span(now: datetime) -> Span:
    today = now.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    begins, ends = (datetime.combine(day, time(), LONDON) for day in (monday, monday + timedelta(days=7)))
    return Span(now, now + SOON, begins, ends, now - LATELY)


def _worker(member: StaffMember, carried: Mapping[str, Carried], policy: Policy, today: date) -> Worker:
    leave = sorted((each for each in member.leave if each.to_on >= today), key=lambda each: each.from_on)
    first = next(iter(leave), None)
    away = first if first and first.from_on <= today else None
    soon = first if first and today < first.from_on <= today + LEAVE_AHEAD else None
    return Worker(
        member,
        carried.get(member.id, Carried(member.id, *[0] * 8)),
        sorted(member.working or policy.allocation.working),
        away,
        soon,
    )


def _of(workers: Sequence[Worker], team: str) -> list[Worker]:
    return _sorted(each for each in workers if team in each.member.teams)


def _sorted(workers: Iterator[Worker] | Sequence[Worker]) -> list[Worker]:
    """Return who has most in hand first."""
    return sorted(workers, key=lambda each: (-each.carried.in_hand, each.member.name))
