"""What managers see as pictures: counts of what whoever asks may see, one figure a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schemas.ladder_policy import DEADLINE, LadderPolicy, Watch
from store.database import Transaction
from store.views import figures
from store.views.figures import AfterReturn, Followed, Often, Scope, Step, hidden, teams

__all__ = [
    "HALF_DAYS", "AfterReturn", "AfterStep", "Followed", "Hours", "Often", "Repeats", "Scope", "Step", "Week",
    "after_escalation", "hidden", "hours_to_interview", "in_time", "repeat_missing", "teams", "time_lost",
]  # fmt: skip

HALF_DAYS = 6
"""How many times 12 hours there are before the deadline of the statutory guidance."""
WATCHED = (*sorted(DEADLINE), Watch.RECORD_NOT_SUBMITTED, Watch.RECORD_NOT_APPROVED)
PATH = ("told", "allocated", "offered", "arranged", "held", "submitted", "approved")
_DUE = ("in_time", "late", "overdue", "declined", "not_possible")


@dataclass(frozen=True, slots=True)
class Week:
    """One week of deadlines: how many came to which end. Provisional ones are neither in time nor late."""

    monday: date
    results: Mapping[str, int]

    @property
    def in_time(self) -> int:
        return self.results.get("in_time", 0)

    @property
    def due(self) -> int:
        """With a confirmed return: held, closed or overdue."""
        return sum(self.results.get(result, 0) for result in _DUE)


@dataclass(frozen=True, slots=True)
class Hours:
    """Interviews held, by half days after the return, the last is any longer; and the others."""

    held: tuple[int, ...]
    not_held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Repeats:
    """Children by how often they went missing in so many days."""

    within: timedelta
    often: int
    """From how many episodes on a child is repeatedly missing."""
    children: Sequence[Often]

    def at_least(self, episodes: int) -> int:
        return sum(each.children for each in self.children if each.episodes >= episodes)


@dataclass(frozen=True, slots=True)
class AfterStep:
    """What came after one step's alerts, by what it was."""

    step: str
    expects: str
    whats: Mapping[str, Followed]

    @property
    def alerts(self) -> int:
        return sum(each.alerts for each in self.whats.values())

    @property
    def acknowledged(self) -> int:
        return sum(each.acknowledged for each in self.whats.values())

    def count(self, what: str) -> int:
        return self.whats[what].alerts if what in self.whats else 0


async def in_time(tx: Transaction, scope: Scope, first: date, last: date) -> list[Week]:
    """Return every week from the one of the first day to that of the last, also where nothing was due."""
    found: dict[date, dict[str, int]] = {}
    for each in await figures.in_weeks(tx, scope):
        found.setdefault(each.monday, {})[each.result] = each.interviews
    monday, weeks = first - timedelta(days=first.weekday()), []
    while monday <= last:
        weeks.append(Week(monday, found.get(monday, {})))
        monday += timedelta(days=7)
    return weeks


async def hours_to_interview(tx: Transaction, scope: Scope) -> Hours:
    """Return when after the return interviews were held, and what came of the others."""
    held, others = (
        [0] * (HALF_DAYS + 1),
        dict.fromkeys(("overdue", "declined", "not_possible", "provisional"), 0),
    )
    for each in await figures.after_return(tx, scope):
        if each.half_day is None:
            others[each.result] += each.interviews
        else:
            held[each.half_day] += each.interviews
    return Hours(tuple(held), others)


async def time_lost(tx: Transaction, scope: Scope) -> list[Step]:
    """Return how long each step of the path took, in the order of the path; none that nobody took."""
    found = {each.name: each for each in await figures.steps(tx, scope)}
    return [found[name] for name in PATH if name in found]


async def repeat_missing(tx: Transaction, until: datetime, ladder: LadderPolicy) -> Repeats:
    """Return how often children went missing in the days in which the policy counts."""
    children = await figures.repeats(tx, until - ladder.repeat_within, until)
    return Repeats(ladder.repeat_within, ladder.repeat_count, children)


async def after_escalation(
    tx: Transaction, scope: Scope, ladder: LadderPolicy, now: datetime
) -> list[AfterStep]:
    """Return what came after the alerts of each step about interviews, in the ladder's order."""
    watched = ladder.of(*WATCHED)
    found: dict[str, dict[str, Followed]] = {}
    for each in await figures.followed(tx, scope, watched, now):
        found.setdefault(each.step, {})[each.what] = each
    return [AfterStep(step.id, step.expects, found[step.id]) for step in ladder.steps if step.id in found]
