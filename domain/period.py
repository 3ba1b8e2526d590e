"""When each incident ended, how far it reaches, and which of them are one absence (rules 5 and 6)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.incident import Incident
from domain.telling import Telling


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included; without an end it goes on."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """An incident with its end, if it has one, and its period.

    `borrowed` is the return, told in another incident of the child, that ended this one.
    """

    incident: Incident
    ended_at: datetime | None
    borrowed: Telling | None
    period: Period


def close_by_first_return(incidents: Iterable[Incident], grace: timedelta) -> tuple[Closed, ...]:
    """Return the standing incidents of one child, each closed by its own return or the child's earliest.

    Incidents that are cancelled, or that hold nothing but prevention interviews, take no part.
    """
    standing = [i for i in incidents if not i.cancelled and i.tells_of_an_absence]
    child = _Child(
        returns=sorted((i.returned for i in standing if i.returned), key=_counted),
        starts=sorted(i.started_at for i in standing if i.started_at),
        grace=grace,
    )
    return tuple(child.close(incident) for incident in standing)


def overlapping(closed: Iterable[Closed], gap: timedelta) -> list[list[Closed]]:
    """Rule 6: group incidents whose periods overlap, touch or lie within `gap`; earliest first."""
    groups: list[list[Closed]] = []
    reach: datetime | None = None
    for one in sorted(closed, key=lambda c: (c.period.start, c.incident.messages[0].key)):
        if groups and (reach is None or one.period.start - reach <= gap):
            groups[-1].append(one)
            reach = reach and one.period.end and max(reach, one.period.end)
        else:
            groups.append([one])
            reach = one.period.end
    return groups


def _counted(telling: Telling) -> datetime:
    return telling.counted_at


@dataclass(frozen=True, slots=True)
class _Child:
    """What all incidents of a child that stand tell together."""

    returns: Sequence[Telling]  # by instant
    starts: Sequence[datetime]  # by instant
    grace: timedelta

    def close(self, incident: Incident) -> Closed:
        own = incident.returned
        if own is not None:
            start = incident.started_at or own.counted_at
            end = max(own.counted_at, start)
            return Closed(incident, end, None, Period(start, end))
        borrowed = self._return_for(incident)
        ended_at = borrowed.counted_at if borrowed else None
        return Closed(incident, ended_at, borrowed, self._period(incident, ended_at))

    def _return_for(self, incident: Incident) -> Telling | None:
        """Rule 5: a return is about the child, so it ends what no return of its own has ended."""
        located_at = incident.located.counted_at if incident.located else None
        since = _latest(incident.started_at, incident.last_word_missing_at) or located_at
        assert since is not None  # it tells of an absence and has no return
        first = bisect_left(self.returns, since, key=_counted)
        if first == len(self.returns):
            return None
        found = self.returns[first]
        if located_at and located_at >= since and self._starts_again(located_at, by=found.counted_at):
            return None
        return found

    def _period(self, incident: Incident, ended_at: datetime | None) -> Period:
        located_at = incident.located.counted_at if incident.located else None
        start = incident.started_at or located_at
        assert start is not None  # it tells of an absence and has no return
        if ended_at is None and incident.started_at is None:
            return Period(start, start)
        if ended_at is None and located_at and self._left_behind(incident, located_at):
            return Period(start, located_at)
        return Period(start, ended_at)

    def _left_behind(self, incident: Incident, located_at: datetime) -> bool:
        """Whether the child was located, nothing since says missing, and a next absence began."""
        latest = _latest(incident.started_at, incident.last_word_missing_at)
        return (latest is None or located_at >= latest) and self._starts_again(located_at)

    def _starts_again(self, located_at: datetime, by: datetime | None = None) -> bool:
        """Whether an incident starts more than the grace after `located_at` (and not after `by`)."""
        later = bisect_right(self.starts, located_at + self.grace)
        return later < len(self.starts) and (by is None or self.starts[later] <= by)


def _latest(*instants: datetime | None) -> datetime | None:
    return max((i for i in instants if i is not None), default=None)
