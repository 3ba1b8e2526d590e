"""The world of the simulated year: its assumptions, children, episodes and staff. Both arms live in it."""

import math
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from domain.clock import interview_due_at
from domain.continuity import NAMESPACE
from domain.working_time import LONDON
from schemas.staff import Leave, StaffMember
from schemas.working_hours import read_working

FILE = Path(__file__).with_name("simulated_year.toml")
AUTHORITY = "E06000018"
BEGINS = datetime(2026, 4, 1, tzinfo=LONDON).astimezone(UTC)
YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)
WEEKDAYS, WITH_WEEKENDS = "Mon-Fri 10:00-18:00", "Wed-Fri 12:00-20:00; Sat-Sun 10:00-18:00"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number, and where it comes from."""

    value: Any
    source: str


def read_assumptions(file: Path = FILE) -> dict[str, Assumption]:
    """Return the assumptions by name.

    Raises:
        TypeError: one has no value or no source.
    """
    with file.open("rb") as opened:
        return {name: Assumption(**told) for name, told in tomllib.load(opened).items()}


@dataclass(frozen=True, slots=True)
class Episode:
    """One absence of one child, from when it began to when the authority was told of the return."""

    number: int
    child: int
    began_at: datetime
    returned_at: datetime
    told_at: datetime

    @property
    def interview_id(self) -> UUID:
        return uuid5(NAMESPACE, f"simulated/{self.number}")

    @property
    def due_at(self) -> datetime:
        return interview_due_at(self.returned_at)


class World:
    """What is the same in both arms. Every chance is drawn from its own name, whoever asks and when."""

    def __init__(self, assumptions: Mapping[str, Assumption], episodes: int | None = None) -> None:
        self.told = assumptions
        self.count = episodes or self.number("episodes")

    def number(self, name: str) -> Any:
        """Return what is assumed."""
        return self.told[name].value

    def chance(self, *of: object) -> float:
        """Return a number from 0 up to 1 that only depends on the seed and these words."""
        text = f"{self.number('seed')}/{'/'.join(map(str, of))}".encode()
        return int.from_bytes(blake2b(text, digest_size=8).digest()) / 2**64

    def happens(self, name: str, *of: object) -> bool:
        """Whether something happens whose chance is an assumption."""
        return bool(self.chance(name, *of) < self.number(name))

    def hours(self, name: str, *of: object) -> timedelta:
        """Return a time, exponentially distributed around the mean that is assumed."""
        return timedelta(hours=-math.log(1 - self.chance(name, *of)) * self.number(name))

    @property
    def share(self) -> float:
        """How much of a whole year this is: fewer episodes come of fewer children to fewer interviewers."""
        return float(self.count / self.number("episodes"))

    @cached_property
    def episodes(self) -> Sequence[Episode]:
        """Everybody's episodes by return; no child is missing twice at the same time."""
        free_from: dict[int, datetime] = {}
        made = []
        for number, returned_at in enumerate(sorted(map(self._returned, range(self.count)))):
            began_at = returned_at - self._length(number)
            child = next(
                each
                for turn in range(1000)
                if free_from.get(each := self._child(number, turn), began_at) <= began_at
            )
            free_from[child] = returned_at
            told_at = returned_at + self.hours("hours_until_told", number)
            made.append(Episode(number, child, began_at, returned_at, told_at))
        return tuple(made)

    def is_missing(self, child: int, at: datetime) -> bool:
        """Whether a child is missing again at a moment."""
        spans = self._spans[child]
        place = bisect_right(spans, at, key=lambda span: span[0]) - 1
        return place >= 0 and at < spans[place][1]

    @cached_property
    def staff(self) -> Sequence[StaffMember]:
        """The interviewers, of an organisation beside the authority."""
        count = max(2, round(self.number("interviewers") * self.share))
        return tuple(self._member(number) for number in range(count))

    def _member(self, number: int) -> StaffMember:
        working = WITH_WEEKENDS if number % 3 == 1 else WEEKDAYS
        first = date(2026, 4, 6) + timedelta(weeks=number)
        leave = [first + timedelta(weeks=10 * turn) for turn in range(5)]
        return StaffMember(
            id=f"w-{number + 1}",
            name=f"Interviewer {number + 1}",
            training=("return_interview",),
            employer="Trent Youth Advocacy",
            working=read_working(working),
            leave=tuple(Leave(from_on=day, to_on=day + timedelta(days=6)) for day in leave),
        )

    def _returned(self, number: int) -> datetime:
        day = BEGINS.astimezone(LONDON).date() + timedelta(days=int(self.chance("day", number) * YEAR.days))
        shares = list(accumulate(self.number("returns_by_quarter_of_the_day")))
        place = min(bisect_right(shares, self.chance("quarter", number)), len(shares) - 1)
        seconds = int((place + self.chance("moment", number)) * 6 * 3600)
        return (datetime.combine(day, time(), LONDON) + timedelta(seconds=seconds)).astimezone(UTC)

    def _length(self, number: int) -> timedelta:
        mean = 48 / -math.log(1 - self.number("ended_within_48_hours"))
        return timedelta(hours=-math.log(1 - self.chance("length", number)) * mean)

    def _child(self, number: int, turn: int) -> int:
        """Return a child: each has an episode, and how many more is spread geometrically."""
        if turn == 0 and number in self._only:
            return self._only[number]
        return bisect_right(self._often, self.chance("child", number, turn) * self._often[-1])

    @cached_property
    def _children(self) -> int:
        whole: int = self.number("children")
        return max(2, round(whole * self.share))

    @cached_property
    def _only(self) -> Mapping[int, int]:
        """One episode of each child, anywhere in the year."""
        shuffled = sorted(range(self.count), key=lambda number: self.chance("first", number))
        return {number: child for child, number in enumerate(shuffled[: self._children])}

    @cached_property
    def _often(self) -> list[float]:
        return list(accumulate(-math.log(1 - self.chance("often", child)) for child in range(self._children)))

    @cached_property
    def _spans(self) -> Mapping[int, list[tuple[datetime, datetime]]]:
        spans: dict[int, list[tuple[datetime, datetime]]] = {}
        for each in self.episodes:
            spans.setdefault(each.child, []).append((each.began_at, each.returned_at))
        return spans
