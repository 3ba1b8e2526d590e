"""When what happens to an interview: allocated, tried, offered, held, written, approved, or left lying.

The shares are those of a busy authority (see `cli.demo`): about two in three held within 72 hours, one in
seven declined, some never come to anything unless somebody chases them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from cli.demo.story import Draw

LONDON: Final = ZoneInfo("Europe/London")
DAY_BEGINS, DAY_ENDS = 9, 19
HELD, DECLINED, NOT_POSSIBLE, VOIDED, LEFT = 68, 14, 4, 3, 11
"""Of a hundred interviews."""
TRIED_IN_VAIN, UNDECIDED, IN_TIME = 0.3, 0.12, 0.7
POOR, SENT_BACK, CHOSEN = 0.15, 0.1, 0.15


class End(StrEnum):
    """How far an interview comes if nobody chases it."""

    APPROVED = "approved"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"
    VOIDED = "voided"
    NOT_ALLOCATED = "not_allocated"
    NOT_REACHED = "not_reached"
    NOT_ARRANGED = "not_arranged"
    NOT_WRITTEN = "not_written"
    NOT_APPROVED = "not_approved"


LEFT_LYING: Final = (
    End.NOT_ALLOCATED,
    End.NOT_REACHED,
    End.NOT_ARRANGED,
    End.NOT_WRITTEN,
    End.NOT_APPROVED,
)


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of one interview. `attempts` reached nobody; `undecided_at`: an offer without an answer."""

    end: End
    chosen_by_child: bool
    allocated_at: datetime
    attempts: tuple[datetime, ...]
    undecided_at: datetime | None
    offered_at: datetime
    arranged_at: datetime
    held_at: datetime
    poor_at: datetime | None
    written_at: datetime
    sent_back_at: datetime | None
    mended_at: datetime
    approved_at: datetime
    closed_at: datetime


def course_of(key: str, back_at: datetime) -> Course:
    """Return the course of an interview whose child came back at that instant; `key` decides every chance."""
    return _Clock(Draw(key, "course"), back_at).course()


class _Clock:
    """Goes on from moment to moment, in the hours in which people work."""

    def __init__(self, draw: Draw, back_at: datetime) -> None:
        self._draw = draw
        self._back_at = back_at
        self._at = back_at

    def course(self) -> Course:
        draw = self._draw
        end, chosen = self._end(), draw.happens(CHOSEN)
        allocated_at = self._after(1, 9)
        attempts = self._attempts(end)
        undecided = self._after(1, 5) if draw.happens(UNDECIDED) or end is End.NOT_ARRANGED else None
        offered_at, arranged_at = self._after(1, 6), self._after(0.2, 1)
        closed_at = self._after(3, 20)
        self._at = held_at = self._held(arranged_at)
        poor_at = self._after(2, 24) if draw.happens(POOR) else None
        written_at = self._after(1, 30)
        sent_back_at = self._after(3, 24) if draw.happens(SENT_BACK) else None
        mended_at = self._after(3, 20) if sent_back_at else written_at
        approved_at = self._after(3, 40)
        return Course(
            end, chosen, allocated_at, attempts, undecided, offered_at, arranged_at, held_at,
            poor_at, written_at, sent_back_at, mended_at, approved_at, closed_at,
        )  # fmt: skip

    def _end(self) -> End:
        ends = (End.APPROVED, End.DECLINED, End.NOT_POSSIBLE, End.VOIDED, self._draw.one(LEFT_LYING))
        return self._draw.rng.choices(ends, (HELD, DECLINED, NOT_POSSIBLE, VOIDED, LEFT))[0]

    def _attempts(self, end: End) -> tuple[datetime, ...]:
        tried = self._draw.happens(TRIED_IN_VAIN) or end is End.NOT_REACHED
        return tuple(self._after(1, 8) for _ in range(self._draw.rng.randint(1, 3) if tried else 0))

    def _held(self, arranged_at: datetime) -> datetime:
        hours = (20, 68) if self._draw.happens(IN_TIME) else (76, 190)
        at = daytime(self._back_at + timedelta(hours=self._draw.rng.uniform(*hours)))
        return max(at, daytime(arranged_at + timedelta(hours=2)))

    def _after(self, least: float, most: float) -> datetime:
        self._at = daytime(self._at + timedelta(hours=self._draw.rng.uniform(least, most)))
        return self._at


def daytime(at: datetime) -> datetime:
    """Return the moment, in whole minutes; at night the next morning at about as many minutes past nine."""
    local = at.astimezone(LONDON).replace(second=0, microsecond=0)
    if DAY_BEGINS <= local.hour < DAY_ENDS:
        return local.astimezone(at.tzinfo)
    day = local + timedelta(days=1 if local.hour >= DAY_ENDS else 0)
    return day.replace(hour=DAY_BEGINS).astimezone(at.tzinfo)


def covered_by(earlier: Course, later_back_at: datetime) -> bool:
    """Whether a child was missing again and back before the conversation about the earlier absence."""
    return earlier.end is End.APPROVED and earlier.offered_at < later_back_at < earlier.held_at


def in_pairs(courses: Sequence[tuple[datetime, Course]]) -> dict[int, int]:
    """Return which conversation covers the next one too, by place; the child's, in the order of return."""
    pairs: dict[int, int] = {}
    for place in range(len(courses) - 1):
        if place not in pairs.values() and covered_by(courses[place][1], courses[place + 1][0]):
            pairs[place] = place + 1
    return pairs
