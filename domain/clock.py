"""The 72-hour clock: when it starts, and when the interview is due (the fold's rule 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.period import Closed
from domain.telling import MessageKey

TRUSTED_BEFORE_START = timedelta(days=7)
"""A return told as before its incident's start is taken at its word up to this long before it."""


def interview_due_at(returned_at: datetime, within: timedelta = timedelta(hours=72)) -> datetime:
    """Return the last moment (UTC) at which the interview is still on time.

    The window is elapsed time: weekends and clock changes do not move it.

    Raises:
        ValueError: `returned_at` has no time zone.

    Source: statutory guidance on children who run away or go missing (2014): "carried out within
    72 hours of the child returning to their home or care setting".
    """
    if returned_at.utcoffset() is None:
        raise ValueError("returned_at needs a time zone")
    return returned_at.astimezone(UTC) + within


def hours_left(due_at: datetime, now: datetime) -> float:
    """Return the elapsed hours until `due_at`; negative when it has passed."""
    return (due_at - now) / timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What started the 72 hours.

    `confirmed` is false where no return stands behind it (located only, or a return told as before the
    start). `anchor` is a message of the incident that started it: the interview follows that incident.
    """

    starts_at: datetime
    confirmed: bool
    anchor: MessageKey


def start_clock(
    group: Sequence[Closed], started_at: datetime | None, located_at: datetime | None
) -> Clock | None:
    """Return the clock of an episode, if anybody told that the child is back or found.

    It runs from the earliest return that is not before the episode's start; else from the earliest of
    `located_at` and the returns told as before their incident's start. A child who was told returned is
    never without a clock: with a merge gap, a return before the start is what is left.
    """
    returns = sorted(_returns(group), key=lambda clock: clock.starts_at)
    counting = [clock for clock in returns if started_at is None or clock.starts_at >= started_at]
    if counting:
        return counting[0]
    told = [*_located(group, located_at), *map(_conflicting, filter(_in_conflict, group))]
    return min(told, key=lambda clock: clock.starts_at, default=None) or next(
        (Clock(clock.starts_at, confirmed=False, anchor=clock.anchor) for clock in returns), None
    )


def _returns(group: Iterable[Closed]) -> Iterable[Clock]:
    """Yield the incidents' own returns first, so that at the same instant an own return is the anchor."""
    for one in group:
        if own := one.incident.returned:
            yield Clock(own.counted_at, confirmed=True, anchor=own.key)
    for one in group:
        if one.borrowed:
            yield Clock(one.borrowed.counted_at, confirmed=True, anchor=one.incident.messages[0].key)


def _located(group: Iterable[Closed], located_at: datetime | None) -> Iterable[Clock]:
    for one in group:
        located = one.incident.located
        if located and located.counted_at == located_at:
            yield Clock(located.counted_at, confirmed=False, anchor=located.key)


def _in_conflict(one: Closed) -> bool:
    return one.incident.returned_before_start


def _conflicting(one: Closed) -> Clock:
    own, started_at = one.incident.returned, one.incident.started_at
    assert own is not None
    assert started_at is not None
    trusted = started_at - own.counted_at <= TRUSTED_BEFORE_START
    starts_at = own.counted_at if trusted else min(started_at, own.told_at)
    return Clock(starts_at, confirmed=False, anchor=own.key)
