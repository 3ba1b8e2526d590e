"""Who of those who may hold an interview is best placed to, and why, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Final, NamedTuple

from domain.allocation.eligibility import Refusal, refusals
from domain.allocation.facts import COMMON_LANGUAGE, NOTHING, Load, Need
from domain.allocation.working import hours_free
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import StaffMember

NO_LOADS: Final[Mapping[str, Load]] = {}
MOST_EARLIER: Final = 2
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may hold an interview, with the reasons of the score; or may not, with what is against it.

    `hours_free` are working hours before the deadline.
    """

    member: StaffMember
    asked_for: bool
    score: float
    reasons: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    hours_free: float
    in_hand: int

    @property
    def may(self) -> bool:
        return not self.refusals


class _Point(NamedTuple):
    points: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Case:
    need: Need
    member: StaffMember
    load: Load
    hours: float
    policy: AllocationPolicy


def rank(
    need: Need,
    staff: Iterable[StaffMember],
    authority: str,
    policy: AllocationPolicy,
    now: datetime,
    *,
    loads: Mapping[str, Load] = NO_LOADS,
) -> tuple[Candidate, ...]:
    """Return everybody, the best placed first, then who may not; the child's own choice is above all.

    At the same score who has less in hand comes first, then the order of ids.
    """
    found = (
        _candidate(need, member, authority, policy, now, loads.get(member.id, NOTHING)) for member in staff
    )
    return tuple(sorted(found, key=lambda c: (not c.may, not c.asked_for, -c.score, c.in_hand, c.member.id)))


def _candidate(  # noqa: PLR0917 - the facts of one person
    need: Need, member: StaffMember, authority: str, policy: AllocationPolicy, now: datetime, load: Load
) -> Candidate:
    case = _Case(need, member, load, hours_free(member, policy, now, need.due_at, load), policy)
    points = [point for of in _POINTS if (point := of(case))]
    return Candidate(
        member,
        need.asks_for(member),
        round(sum(point.points for point in points), 2),
        tuple(point.reason for point in points),
        refusals(need, member, authority, policy, now, load=load),
        round(case.hours, 2),
        load.total,
    )


def _choice(case: _Case) -> _Point | None:
    return _Point(0, "the child asked for them") if case.need.asks_for(case.member) else None


def _continuity(case: _Case) -> _Point | None:
    me, held_by = case.member.id, case.need.held_by
    if me not in held_by:
        return None
    points = case.policy.weights.continuity * min(held_by.count(me), MOST_EARLIER)
    last = len(list(takewhile(lambda other: other == me, held_by)))
    if last > 1:
        return _Point(points, f"held the last {_number(last)} interviews with this child")
    return _Point(points, f"held {'the last' if last else 'an earlier'} interview with this child")


def _language(case: _Case) -> _Point | None:
    wanted = (case.need.wishes.language or COMMON_LANGUAGE).casefold()
    if wanted == COMMON_LANGUAGE:
        return None
    if wanted in {language.casefold() for language in case.member.languages}:
        return _Point(case.policy.weights.language, f"speaks {wanted.title()}")
    return _Point(0, f"does not speak {wanted.title()}: an interpreter is needed")


def _gender(case: _Case) -> _Point | None:
    wanted, has = case.need.wishes.gender, case.member.gender
    if wanted is None or has is None or wanted.casefold() != has.casefold():
        return None
    return _Point(case.policy.weights.gender, f"is {has.casefold()}, as the child asked")


def _independence(case: _Case) -> _Point | None:
    if not (case.need.in_care and case.member.employer):
        return None
    return _Point(0, f"is of {case.member.employer}")


def _hours(case: _Case) -> _Point:
    share = min(case.hours / case.policy.hours_enough, 1)
    told = f"{case.hours:.1f}".removesuffix(".0")
    unit = "working hour" if told == "1" else "working hours"
    reason = f"{'no' if told == '0' else told} {unit} before the deadline"
    return _Point(case.policy.weights.hours * share, reason)


def _load(case: _Case) -> _Point:
    has = case.load.total
    reason = f"has {_number(has)} {'interview' if has == 1 else 'interviews'} in hand"
    return _Point(-case.policy.weights.load * has, reason)


_POINTS: Final[tuple[Callable[[_Case], _Point | None], ...]] = (
    _choice,
    _continuity,
    _language,
    _gender,
    _independence,
    _hours,
    _load,
)


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
