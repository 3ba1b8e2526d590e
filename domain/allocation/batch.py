"""Many interviews to few people: as many as can be before their deadlines, then by who is best placed.

Each person's time is cut into slots, one interview each, as many as their capacity has room for. Interviews
are assigned to slots at the least cost (the linear sum assignment problem), where an interview without a slot
costs more than any number of late ones, and a late one more than any difference in who is best placed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import inf
from typing import Final

from domain.allocation.eligibility import Rule
from domain.allocation.facts import NOTHING, Load, Need
from domain.allocation.ranking import NO_LOADS, Candidate, rank
from domain.allocation.working import slots
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import StaffMember

_IN_SHORT: Final[Mapping[Rule, str]] = {
    Rule.HERE: "left",
    Rule.INTERVIEWER: "not an interviewer",
    Rule.TRAINED: "not trained",
    Rule.NOT_INVOLVED: "involved in the child's care",
    Rule.INDEPENDENT: "of the authority that is responsible for the child's care",
    Rule.CAPACITY: "without capacity",
    Rule.NOT_ON_LEAVE: "on leave",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """An interview, who could hold it, and by when."""

    need: Need
    candidate: Candidate
    by: datetime

    @property
    def in_time(self) -> bool:
        return self.by <= self.need.due_at


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An interview for which nobody was found, and why."""

    need: Need
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who could hold which interview, and which nobody can; each the soonest deadline first."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """The `number`-th slot of a person, who would have held the interview `by` then.

    `beyond` the person's capacity a slot is only for children who asked for them.
    """

    member_id: str
    number: int
    by: datetime
    beyond: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """An interview with everybody; `open_to` are those to whom it may go, `best` the most points of these."""

    need: Need
    candidates: Mapping[str, Candidate]
    open_to: frozenset[str]
    best: float


def suggest(
    needs: Sequence[Need],
    staff: Sequence[StaffMember],
    authority: str,
    policy: AllocationPolicy,
    now: datetime,
    *,
    loads: Mapping[str, Load] = NO_LOADS,
) -> Suggestion:
    """Return who could take which interview. A child's own choice goes to that person, or to nobody."""
    if not needs:
        return Suggestion((), ())
    ordered = sorted(needs, key=lambda need: (need.due_at, need.interview_id))
    rows = [_row(need, rank(need, staff, authority, policy, now, loads=loads)) for need in ordered]
    columns = _columns(rows, staff, policy, now, loads)
    found = _assign(rows, columns, policy, now)
    placed = [
        Placement(row.need, row.candidates[column.member_id], column.by)
        for row, column in zip(rows, found, strict=True)
        if column
    ]
    without = [row for row, column in zip(rows, found, strict=True) if column is None]
    return Suggestion(tuple(placed), tuple(Unplaced(row.need, _why(row, policy)) for row in without))


def _row(need: Need, candidates: Sequence[Candidate]) -> _Row:
    may = [each for each in candidates if each.may]
    asked = [each for each in may if each.asked_for]
    best = max((each.score for each in asked or may), default=0)
    open_to = frozenset(each.member.id for each in asked or may)
    return _Row(need, {each.member.id: each for each in candidates}, open_to, best)


def _columns(
    rows: Sequence[_Row],
    staff: Sequence[StaffMember],
    policy: AllocationPolicy,
    now: datetime,
    loads: Mapping[str, Load],
) -> list[_Column]:
    """Cut everybody's time into slots. Earlier ones are never worse: more than can be used are not needed."""
    until = max(now, *(row.need.due_at for row in rows)) + timedelta(days=policy.late_days)
    asked = Counter(row.need.wishes.person for row in rows)
    wanted = frozenset[str]().union(*(row.open_to for row in rows))
    columns = []
    for member in (each for each in staff if each.id in wanted):
        load = loads.get(member.id, NOTHING)
        room = len(rows) if member.capacity is None else max(member.capacity - load.total, 0)
        ends = islice(slots(member, policy, now, until, load), min(room + asked[member.id], len(rows)))
        columns += [_Column(member.id, number, by, number >= room) for number, by in enumerate(ends)]
    return columns


def _assign(
    rows: Sequence[_Row], columns: Sequence[_Column], policy: AllocationPolicy, now: datetime
) -> list[_Column | None]:
    """Return the column of each row, None for one that goes to nobody."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - half a second that only this needs

    wishes = [[_wish(row, column, policy) for column in columns] for row in rows]
    lateness = [[_hours_late(row, column, now) for column in columns] for row in rows]
    most = 1 + max((cost for each in wishes for cost in each if cost < inf), default=0)
    longest = max((hours for each in lateness for hours in each), default=0)
    late = len(rows) * (most + longest)
    nobody = len(rows) * (late + most + longest)
    costs = [
        [
            *(wish + (late + hours if hours else 0) for wish, hours in zip(wished, lates, strict=True)),
            *[nobody] * len(rows),
        ]
        for wished, lates in zip(wishes, lateness, strict=True)
    ]
    _, chosen = linear_sum_assignment(costs)
    return [columns[index] if index < len(columns) else None for index in map(int, chosen)]


def _wish(row: _Row, column: _Column, policy: AllocationPolicy) -> float:
    """Return what it costs, beside lateness, that this person holds it; infinite for who may not."""
    candidate = row.candidates[column.member_id]
    if column.member_id not in row.open_to or (column.beyond and not candidate.asked_for):
        return inf
    return row.best - candidate.score + policy.weights.load * column.number


def _hours_late(row: _Row, column: _Column, now: datetime) -> float:
    """Return how late it would be held, in hours; of what is late already, from now on."""
    if column.by <= row.need.due_at:
        return 0
    return (column.by - max(row.need.due_at, now)) / timedelta(hours=1)


def _why(row: _Row, policy: AllocationPolicy) -> str:
    names = sorted(row.candidates[id_].member.name for id_ in row.open_to)
    if names:
        asked = any(row.candidates[id_].asked_for for id_ in row.open_to)
        who = f"the child asked for {names[0]}, who" if asked else f"whoever may hold it ({', '.join(names)})"
        return f"{who} has no time or capacity left in {policy.late_days} days"
    if not row.candidates:
        return "nobody is in the directory: import it with homeward interviewers import"
    counts = Counter(candidate.refusals[0].rule for candidate in row.candidates.values())
    told = ", ".join(f"{count} {_IN_SHORT[rule]}" for rule, count in sorted(counts.items()))
    return f"nobody of the directory may hold it: {told}"
