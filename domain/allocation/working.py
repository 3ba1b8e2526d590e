"""When somebody has time for an interview: working hours, less leave, bank holidays and what is arranged.

Hours are those of London; between them time is elapsed time, also over a clock change.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from domain.allocation.facts import NOTHING, Load
from domain.working_time import LONDON, bank_holidays
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import Hours, StaffMember

Span = tuple[datetime, datetime]
"""From when until when, both in UTC."""
_HOUR = timedelta(hours=1)


def free_spans(
    member: StaffMember, policy: AllocationPolicy, from_at: datetime, until: datetime, load: Load = NOTHING
) -> Iterator[Span]:
    """Yield when somebody works and has nothing arranged, from one moment to another, in order."""
    week = member.working or policy.working
    for day in _days(from_at, until):
        hours = week.get(day.weekday())
        if hours and _is_there(member, day):
            yield from _without(_clipped(_span(day, hours), from_at, until), load.arranged)


def hours_free(
    member: StaffMember, policy: AllocationPolicy, from_at: datetime, until: datetime, load: Load = NOTHING
) -> float:
    """Return how many working hours somebody has free from one moment to another."""
    spans = free_spans(member, policy, from_at, until, load)
    return sum(((ends - begins) for begins, ends in spans), timedelta()) / _HOUR


def slots(
    member: StaffMember, policy: AllocationPolicy, from_at: datetime, until: datetime, load: Load = NOTHING
) -> Iterator[datetime]:
    """Yield the moments by which somebody can have held one more interview, the first one first.

    One takes `hours_each` working hours, which may lie on two days. What waits in their hands comes first.
    """
    each = timedelta(hours=policy.hours_each)
    left = each * (load.waiting + 1)
    for begins, ends in free_spans(member, policy, from_at, until, load):
        start = begins
        while ends - start >= left:
            start, left = start + left, each
            yield start
        left -= ends - start


def _is_there(member: StaffMember, day: date) -> bool:
    return member.works_here_on(day) and not member.is_on_leave(day) and day not in bank_holidays(day.year)


def _days(from_at: datetime, until: datetime) -> Iterator[date]:
    first, last = from_at.astimezone(LONDON).date(), until.astimezone(LONDON).date()
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _span(day: date, hours: Hours) -> Span:
    begins, ends = (datetime.combine(day, at, LONDON) for at in (hours.begins, hours.ends))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _clipped(span: Span, from_at: datetime, until: datetime) -> Span:
    return max(span[0], from_at), min(span[1], until)


def _without(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span without the times that are taken."""
    begins, ends = span
    for taken_from, taken_until in sorted(taken):
        if begins < min(taken_from, ends):
            yield begins, min(taken_from, ends)
        begins = max(begins, taken_until)
    if begins < ends:
        yield begins, ends
