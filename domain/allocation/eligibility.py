"""Who may not hold an interview, and why.

Source: statutory guidance (2014). What a child's own choice sets aside and what it never does is argued in
ADR 14.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.allocation.facts import NOTHING, Load, Need
from domain.working_time import LONDON
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Role, StaffMember


class Rule(StrEnum):
    """What somebody must be to hold an interview."""

    HERE = "here"
    INTERVIEWER = "interviewer"
    TRAINED = "trained"
    NOT_INVOLVED = "not_involved"
    INDEPENDENT = "independent"
    CAPACITY = "capacity"
    NOT_ON_LEAVE = "not_on_leave"


SET_ASIDE_BY_CHOICE: Final = frozenset({Rule.INDEPENDENT, Rule.CAPACITY})
"""What does not stand against a person for whom the child asked."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not: the rule, and in words what stands against it and how to mend it."""

    rule: Rule
    why: str


@dataclass(frozen=True, slots=True)
class _Case:
    need: Need
    member: StaffMember
    load: Load
    authority: str
    today: date
    policy: AllocationPolicy


def refusals(
    need: Need,
    member: StaffMember,
    authority: str,
    policy: AllocationPolicy,
    now: datetime,
    *,
    load: Load = NOTHING,
) -> tuple[Refusal, ...]:
    """Return everything for which somebody may not hold an interview; nothing for who may.

    `load` does not count this interview.
    """
    case = _Case(need, member, load, authority, now.astimezone(LONDON).date(), policy)
    passed_over = SET_ASIDE_BY_CHOICE if need.asks_for(member) else frozenset[Rule]()
    return tuple(
        Refusal(rule, why)
        for rule, stands_against in _RULES.items()
        if rule not in passed_over and (why := stands_against(case))
    )


def _not_here(case: _Case) -> str | None:
    if case.member.works_here_on(case.today):
        return None
    return f"left on {case.member.gone_on}: choose somebody who works here"


def _no_interviewer(case: _Case) -> str | None:
    if Role.INTERVIEWER in case.member.roles:
        return None
    return "is not an interviewer in the directory: add that role, or choose somebody else"


def _not_trained(case: _Case) -> str | None:
    has = {_plain(each) for each in case.member.training}
    lacks = [each for each in case.policy.training if _plain(each) not in has]
    return f"has no training in {', '.join(map(_spoken, lacks))}" if lacks else None


def _involved(case: _Case) -> str | None:
    if case.need.own_id is not None and case.need.own_id in case.member.involved_with:
        return "is involved in this child's care"
    worker = _plain(case.need.social_worker or "")
    if worker and worker in {_plain(case.member.id), _plain(case.member.name)}:
        return "is this child's social worker"
    return None


def _of_the_authority(case: _Case) -> str | None:
    employer = case.member.employer
    if not case.need.in_care or not (employer is None or _plain(employer) == _plain(case.authority)):
        return None
    return "is of the authority that is responsible for a child in care, and the child did not ask for them"


def _full(case: _Case) -> str | None:
    capacity, has = case.member.capacity, case.load.total
    if capacity is None or has < capacity:
        return None
    return f"has {has} interviews in hand, with capacity for {capacity}"


def _on_leave(case: _Case) -> str | None:
    """Say so of who is away every day from today to the deadline; after it only today counts."""
    last = max(case.need.due_at.astimezone(LONDON).date(), case.today)
    if not all(case.member.is_on_leave(day) for day in _days(case.today, last)):
        return None
    return f"is on leave until after {last}" if last > case.today else "is on leave today"


_RULES: Final[dict[Rule, Callable[[_Case], str | None]]] = {
    Rule.HERE: _not_here,
    Rule.INTERVIEWER: _no_interviewer,
    Rule.TRAINED: _not_trained,
    Rule.NOT_INVOLVED: _involved,
    Rule.INDEPENDENT: _of_the_authority,
    Rule.CAPACITY: _full,
    Rule.NOT_ON_LEAVE: _on_leave,
}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _spoken(training: str) -> str:
    return training.replace("_", " ")
