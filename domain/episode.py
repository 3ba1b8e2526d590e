"""A child's missing episodes as a pure function of the set of notifications about the child.

Whatever order the notifications come in, however often and in whatever batches, the result is the same.
The rules are numbered as in docs/reference/the-fold.md, which says them in full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from domain.clock import Clock, start_clock
from domain.incident import Incident, read_incidents
from domain.period import Closed, Period, close_by_first_return, overlapping
from domain.telling import MessageKey, Reference, Telling, in_order_of_telling
from schemas.policy import Policy
from schemas.words import Category, Conflict, EpisodeStatus, Kind, Mark, RiskLevel

__all__ = ["TOLERANCE", "Conflict", "Episode", "fold", "unplaced"]

TOLERANCE = timedelta(hours=1)
"""How far tellings of one end may differ before a person is asked (rule 7)."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One period in which one child was missing, whatever number of incidents and forces told of it.

    `period` is None for a cancelled episode, which never was. `returned_at` is the end of an ended
    episode. `notifications` are in the order of telling.
    """

    status: EpisodeStatus
    category: Category | None
    risk_level: RiskLevel | None
    risk_factors: tuple[str, ...]
    started_at: datetime | None
    located_at: datetime | None
    returned_at: datetime | None
    conflicts: tuple[Conflict, ...]
    marks: tuple[Mark, ...]
    incidents: tuple[Reference, ...]
    notifications: tuple[MessageKey, ...]
    parts: tuple[frozenset[MessageKey], ...]
    period: Period | None
    clock: Clock | None

    @property
    def provisional_due(self) -> bool:
        """Whether the deadline waits for a return to confirm it."""
        return self.clock is not None and not (self.status is EpisodeStatus.RETURNED and self.clock.confirmed)


def fold(notifications: Iterable[Telling], policy: Policy) -> tuple[Episode, ...]:
    """Return one child's missing episodes, earliest first. Order and duplicates do not matter."""
    incidents = read_incidents(notifications)
    closed = close_by_first_return(incidents, policy.episode.located_grace)
    stood = [_episode(group) for group in overlapping(closed, policy.episode.merge_gap)]
    cancelled = [_cancelled(incident) for incident in incidents if incident.cancelled]
    return (*stood, *sorted(cancelled, key=lambda episode: episode.notifications))


def unplaced(notifications: Iterable[Telling]) -> tuple[Incident, ...]:
    """Return the incidents that make no episode: prevention interviews alone, for a screener (rule 6)."""
    return tuple(
        incident
        for incident in read_incidents(notifications)
        if not incident.cancelled and not incident.tells_of_an_absence
    )


def _episode(group: Sequence[Closed]) -> Episode:
    started_at = min((c.incident.started_at for c in group if c.incident.started_at), default=None)
    ended_at = _end(group)
    located_at = max(
        (at for at in _located_instants(group) if started_at is None or at >= started_at), default=None
    )
    messages = in_order_of_telling(m for c in group for m in c.incident.messages)
    return Episode(
        status=_status(group, ended_at, located_at),
        category=_category(group),
        risk_level=max(_risk_levels(group), key=lambda level: level.rank, default=None),
        risk_factors=_risk_factors(c.incident for c in group),
        started_at=started_at,
        located_at=located_at,
        returned_at=ended_at,
        conflicts=_unsettled(_conflicts(group, ended_at), messages),
        marks=_marks(messages),
        incidents=tuple(sorted({c.incident.reference for c in group})),
        notifications=tuple(m.key for m in messages),
        parts=tuple(frozenset(m.key for m in c.incident.messages) for c in group),
        period=_period(group),
        clock=start_clock(group, started_at, located_at),
    )


def _cancelled(incident: Incident) -> Episode:
    """Rule 3: recorded in error; shown on its own, with the start and the risk of its facts."""
    return Episode(
        status=EpisodeStatus.CANCELLED,
        category=incident.facts.category,
        risk_level=incident.facts.risk_level,
        risk_factors=_risk_factors([incident]),
        started_at=incident.started_at,
        located_at=None,
        returned_at=None,
        conflicts=(),
        marks=_marks(incident.messages),
        incidents=(incident.reference,),
        notifications=tuple(m.key for m in incident.messages),
        parts=(frozenset(m.key for m in incident.messages),),
        period=None,
        clock=None,
    )


def _end(group: Iterable[Closed]) -> datetime | None:
    """Return when an episode ended: one incident has an end, and every one with a known start has."""
    ends = [c.ended_at for c in group if c.ended_at]
    goes_on = any(c.ended_at is None and c.incident.started_at for c in group)
    return max(ends) if ends and not goes_on else None


def _status(group: Iterable[Closed], ended_at: datetime | None, located_at: datetime | None) -> EpisodeStatus:
    if ended_at is not None:
        return EpisodeStatus.RETURNED
    if located_at is None or any(at > located_at for at in _words_missing(group)):
        return EpisodeStatus.OPEN
    return EpisodeStatus.LOCATED


def _conflicts(group: Sequence[Closed], ended_at: datetime | None) -> Iterable[Conflict]:
    if any(c.incident.returned_before_start for c in group):
        yield Conflict.RETURN_BEFORE_START
    returns = [c.incident.returned.counted_at for c in group if c.incident.returned]
    if returns and max(returns) - min(returns) > TOLERANCE:
        yield Conflict.RETURNS_DIFFER
    if ended_at is None:
        return
    if any(at - ended_at > TOLERANCE for at in _located_instants(group)):
        yield Conflict.LOCATED_AFTER_END
    if any(at - ended_at > TOLERANCE for at in _words_missing(group)):
        yield Conflict.MISSING_AFTER_END


def _unsettled(conflicts: Iterable[Conflict], messages: Sequence[Telling]) -> tuple[Conflict, ...]:
    """Return the conflicts that nobody has settled since the last word of the episode."""
    settled: set[Conflict] = set()
    for message in takewhile(lambda m: m.kind is Kind.SETTLED, reversed(messages)):
        settled |= message.settles
    return tuple(conflict for conflict in conflicts if conflict not in settled)


def _located_instants(group: Iterable[Closed]) -> list[datetime]:
    return [c.incident.located.counted_at for c in group if c.incident.located]


def _words_missing(group: Iterable[Closed]) -> list[datetime]:
    return [c.incident.last_word_missing_at for c in group if c.incident.last_word_missing_at]


def _risk_levels(group: Iterable[Closed]) -> list[RiskLevel]:
    return [c.incident.facts.risk_level for c in group if c.incident.facts.risk_level]


def _category(group: Iterable[Closed]) -> Category | None:
    told = {c.incident.facts.category for c in group}
    return next((category for category in Category if category in told), None)


def _risk_factors(incidents: Iterable[Incident]) -> tuple[str, ...]:
    return tuple(sorted({factor for i in incidents for factor in i.facts.risk_factors or ()}))


def _marks(messages: Iterable[Telling]) -> tuple[Mark, ...]:
    return tuple(sorted({mark for message in messages for mark in message.marks}))


def _period(group: Iterable[Closed]) -> Period:
    periods = [c.period for c in group]
    ends = [p.end for p in periods]
    last = None if None in ends else max(end for end in ends if end is not None)
    return Period(min(p.start for p in periods), last)
