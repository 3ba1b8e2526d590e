"""The fold written a second time, from the text of docs/reference/the-fold.md alone.

Plain, literal and quadratic on purpose: it shares no code with `domain`, only the input type, so that a
difference between the two is a mistake in one of them or a gap in the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.telling import Telling
from schemas.policy import Policy
from schemas.words import Category, Conflict, Kind, RiskLevel

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


class Expected(NamedTuple):
    """An episode as the text has it; the orders the text leaves open are sets."""

    status: str
    category: Category | None
    risk_level: RiskLevel | None
    risk_factors: frozenset[str]
    started_at: datetime | None
    located_at: datetime | None
    returned_at: datetime | None
    return_before_start: bool
    returns_differ: bool
    word_after_end: bool
    incidents: frozenset[tuple[str, str]]
    notifications: tuple[tuple[str, str], ...]
    clock_started_at: datetime | None
    due_at: datetime | None
    provisional: bool | None


class Answer(NamedTuple):
    """What one set of messages gives: the episodes in no order, and the messages that make none."""

    episodes: frozenset[Expected]
    unplaced: frozenset[tuple[str, str]]


@dataclass(eq=False)
class Case:
    """One incident, filled rule by rule."""

    begins_with: Telling
    told: list[Telling] = field(default_factory=list)
    start: datetime | None = None
    returned: datetime | None = None
    located: datetime | None = None
    words: list[datetime] = field(default_factory=list)
    end: datetime | None = None
    ended_by: datetime | None = None
    period: tuple[datetime, datetime | None] | None = None

    @property
    def last_kind(self) -> Kind | None:
        """Rule 3: what staff settle is not told of the child."""
        return next((t.kind for t in reversed(self.told) if t.kind is not Kind.SETTLED), None)

    @property
    def before_start(self) -> bool:
        return self.start is not None and self.returned is not None and self.returned < self.start


def answer(tellings: Iterable[Telling], policy: Policy) -> Answer:
    """Return what the text says of one child's messages."""
    cases = incidents(each_once(tellings))
    cancelled = [case for case in cases if case.last_kind is Kind.CANCELLED]
    standing = [case for case in cases if case.last_kind is not Kind.CANCELLED]
    for case in cases:
        read(case)
    for case in standing:
        find_end(case, standing, policy)
    for case in standing:
        find_period(case, standing, policy)
    episodes = [never_was(case) for case in cancelled]
    episodes += [episode(group, policy) for group in groups(standing, policy)]
    nowhere = {key(telling) for case in standing if case.period is None for telling in case.told}
    return Answer(frozenset(episodes), frozenset(nowhere))


def key(telling: Telling) -> tuple[str, str]:
    return (telling.key.source, telling.key.id)


def each_once(tellings: Iterable[Telling]) -> list[Telling]:
    """Order of telling: by instant, cancelled first, by id, then (rule 7) by source."""
    first: dict[tuple[str, str], Telling] = {}
    for telling in tellings:
        if key(telling) not in first or telling.told_at < first[key(telling)].told_at:
            first[key(telling)] = telling
    return sorted(first.values(), key=place)


def place(telling: Telling) -> tuple[datetime, int, str, str]:
    return (telling.told_at, int(telling.kind != Kind.CANCELLED), telling.key.id, telling.key.source)


def incidents(told: list[Telling]) -> list[Case]:
    """Rule 1."""
    by_reference: dict[tuple[str, str], list[Case]] = {}
    for telling in told:
        cases = by_reference.setdefault((telling.reference.source, telling.reference.subject), [])
        if not cases:
            cases.append(Case(begins_with=telling))
        elif telling.kind is Kind.REPORTED:
            returns = [t for t in cases[-1].told if t.kind is Kind.RETURNED]
            if returns and telling.occurred_at > returns[-1].occurred_at:
                cases.append(Case(begins_with=telling))
        at = len(cases) - 1
        if telling.kind is Kind.RETURNED or telling.kind is Kind.SETTLED:
            while at > 0 and telling.occurred_at < cases[at].begins_with.occurred_at:
                at -= 1
        cases[at].told.append(telling)
    return [case for cases in by_reference.values() for case in cases]


def read(case: Case) -> None:
    """Rule 2, and the start of rule 4."""
    last_seen_at = None
    for telling in case.told:
        if telling.kind in (Kind.REPORTED, Kind.UPDATED):
            case.words.append(telling.occurred_at)
            if telling.missing is not None and telling.missing.last_seen_at is not None:
                last_seen_at = telling.missing.last_seen_at
        if telling.kind is Kind.RETURNED:
            case.returned = min(telling.occurred_at, telling.told_at)
        if telling.kind is Kind.LOCATED:
            case.located = min(telling.occurred_at, telling.told_at)
    if last_seen_at is not None:
        case.start = last_seen_at
    elif case.words:
        case.start = min(case.words)


def find_end(case: Case, standing: list[Case], policy: Policy) -> None:
    """The end of rule 4, else rule 5."""
    if case.returned is not None:
        case.end = max(case.start, case.returned) if case.start is not None else case.returned
        return
    latest = max([*([case.start] if case.start is not None else []), *case.words], default=case.located)
    if latest is None:
        return
    after = [c.returned for c in standing if c.returned is not None and c.returned >= latest]
    if not after:
        return
    earliest = min(after)
    if case.located is not None and case.located >= latest:
        between = [start for start in new_absences(case, standing, policy) if start <= earliest]
        if between:
            return
    case.end = case.ended_by = earliest


def new_absences(case: Case, standing: list[Case], policy: Policy) -> list[datetime]:
    """Return the starts of other incidents more than the grace after this one's located."""
    assert case.located is not None
    others = [other.start for other in standing if other is not case and other.start is not None]
    return [start for start in others if start - case.located > policy.episode.located_grace]


def find_period(case: Case, standing: list[Case], policy: Policy) -> None:
    """Rule 6, first half."""
    begin = next((at for at in (case.start, case.returned, case.located) if at is not None), None)
    if begin is None:
        return
    if case.end is not None:
        case.period = (begin, case.end)
    elif case.start is None:
        case.period = (begin, begin)
    else:
        case.period = (begin, None)
        if case.located is not None and case.located >= case.start:
            later_words = [word for word in case.words if word > case.located]
            if not later_words and new_absences(case, standing, policy):
                case.period = (begin, case.located)


def near(one: Case, other: Case, gap: timedelta) -> bool:
    assert one.period is not None
    assert other.period is not None
    (a, b), (c, d) = one.period, other.period
    return (d is None or a - d <= gap) and (b is None or c - b <= gap)


def groups(standing: list[Case], policy: Policy) -> list[list[Case]]:
    """Rule 6, second half: whatever hangs together, through any chain of others."""
    found = [[case] for case in standing if case.period is not None]
    while True:
        for i, one in enumerate(found):
            for j, other in enumerate(found):
                if i < j and any(near(a, b, policy.episode.merge_gap) for a in one for b in other):
                    break
            else:
                continue
            break
        else:
            return found
        found = [*(g for k, g in enumerate(found) if k not in (i, j)), one + other]


def risks(cases: list[Case]) -> tuple[Category | None, RiskLevel | None, frozenset[str]]:
    """Rule 2 field by field within each incident, then rule 7 over all of them."""
    categories: set[Category | None] = set()
    levels: set[RiskLevel | None] = set()
    factors: set[str] = set()
    for case in cases:
        category, level, told_factors = None, None, None
        for telling in case.told:
            if telling.kind in (Kind.REPORTED, Kind.UPDATED) and telling.missing is not None:
                facts = telling.missing
                category = facts.category if facts.category is not None else category
                level = facts.risk_level if facts.risk_level is not None else level
                told_factors = facts.risk_factors if facts.risk_factors is not None else told_factors
        categories.add(category)
        levels.add(level)
        factors.update(told_factors or ())
    rising = (RiskLevel.NO_APPARENT_RISK, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)
    highest = [None, *(level for level in rising if level in levels)][-1]
    said = [None, *(each for each in (Category.AWAY, Category.MISSING) if each in categories)][-1]
    return said, highest, frozenset(factors)


def never_was(case: Case) -> Expected:
    """Rule 3."""
    category, level, factors = risks([case])
    return Expected(
        status="cancelled",
        category=category,
        risk_level=level,
        risk_factors=factors,
        started_at=case.start,
        located_at=None,
        returned_at=None,
        return_before_start=False,
        returns_differ=False,
        word_after_end=False,
        incidents=frozenset([(case.begins_with.reference.source, case.begins_with.reference.subject)]),
        notifications=tuple(key(telling) for telling in case.told),
        clock_started_at=None,
        due_at=None,
        provisional=None,
    )


def episode(cases: list[Case], policy: Policy) -> Expected:
    """Rule 7."""
    category, level, factors = risks(cases)
    starts = [case.start for case in cases if case.start is not None]
    start = min(starts) if starts else None
    ends = [case.end for case in cases if case.end is not None]
    ended = bool(ends) and all(case.end is not None for case in cases if case.start is not None)
    end = max(ends) if ended else None
    all_located = [case.located for case in cases if case.located is not None]
    words = [word for case in cases for word in case.words]
    located_at = max((at for at in all_located if start is None or at >= start), default=None)
    status = "open"
    if ended:
        status = "returned"
    elif located_at is not None and not any(word > located_at for word in words):
        status = "located"
    returns = [case.returned for case in cases if case.returned is not None]
    clock, is_return = clock_start(cases, start, located_at)
    told = sorted((t for case in cases for t in case.told), key=place)
    settled = settled_in(told)
    late_located = end is not None and any(at - end > HOUR for at in all_located)
    late_word = end is not None and any(at - end > HOUR for at in words)
    return Expected(
        status=status,
        category=category,
        risk_level=level,
        risk_factors=factors,
        started_at=start,
        located_at=located_at,
        returned_at=end,
        return_before_start=any(case.before_start for case in cases)
        and Conflict.RETURN_BEFORE_START not in settled,
        returns_differ=bool(returns)
        and max(returns) - min(returns) > HOUR
        and Conflict.RETURNS_DIFFER not in settled,
        word_after_end=(late_located and Conflict.LOCATED_AFTER_END not in settled)
        or (late_word and Conflict.MISSING_AFTER_END not in settled),
        incidents=frozenset(
            (case.begins_with.reference.source, case.begins_with.reference.subject) for case in cases
        ),
        notifications=tuple(key(telling) for telling in told),
        clock_started_at=clock,
        due_at=None if clock is None else clock + policy.interview.within,
        provisional=None if clock is None else not (ended and is_return),
    )


def settled_in(told: list[Telling]) -> set[Conflict]:
    """Rule 11: what was settled after the last message of another kind."""
    settled: set[Conflict] = set()
    for telling in told:
        settled = settled | set(telling.settles) if telling.kind is Kind.SETTLED else set()
    return settled


def clock_start(
    cases: list[Case], start: datetime | None, located_at: datetime | None
) -> tuple[datetime | None, bool]:
    """Rule 8: when the clock starts, and whether at a return that is not before the episode's start."""
    returns = [at for case in cases for at in (case.returned, case.ended_by) if at is not None]
    fitting = [at for at in returns if start is None or at >= start]
    if fitting:
        return min(fitting), True
    others = [located_at] if located_at is not None else []
    for case in cases:
        if case.before_start:
            assert case.start is not None
            assert case.returned is not None
            if case.start - case.returned <= WEEK:
                others.append(case.returned)
            else:
                message = [t for t in case.told if t.kind is Kind.RETURNED][-1]
                others.append(min(case.start, message.told_at))
    others = others or returns  # only with a merge gap: "no child who was told returned is without a clock"
    return (min(others), False) if others else (None, False)
