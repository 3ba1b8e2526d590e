"""After the month: it goes on, one telling after another, for as long as somebody watches.

Time is cut into blocks. Each is worked out from its number alone, so that a feed that was stopped finds its
place again and tells the same as before. In each block the next children are reported missing, those of the
block before are found, and those of the block before that come back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from cli.demo.child import Child, in_turn
from cli.demo.desk import Absence, Desk, Told
from cli.demo.month import Month

STORIES = 8
"""How many children go missing in a block."""
TURNS = 3 * STORIES
BEFORE = timedelta(minutes=2)
"""How long ago that happened which is told."""
STAYS_AWAY, CANCELLED, NEWS = 0.06, 0.06, 0.25


@dataclass(frozen=True, slots=True)
class Life:
    """What is told from `begins_at` on, a telling about every `every`. `cause` decides every chance."""

    cause: str
    begins_at: datetime
    every: timedelta
    month: Month

    def since(self, moment: datetime) -> Iterator[Told]:
        """Yield what is told from the block of that moment on, without end."""
        first = max(0, (moment - self.begins_at) // (self.every * TURNS))
        for block in count(first):
            yield from self._block(block)

    def _block(self, block: int) -> Iterator[Told]:
        """Yield a block's tellings in turn: one reported, one found, one back."""
        rng = self._chance("told", block)
        desk = Desk(rng, self.cause)
        new, found, back = (self._stories(block - earlier) for earlier in range(3))
        rng.shuffle(found)
        rng.shuffle(back)
        for number in range(STORIES):
            yield desk.reported(new[number], told_at=new[number].reported_at + BEFORE)
            at = self._turn(block, 3 * number + 1, rng)
            yield from (self._found(desk, rng, of, at) for of in found[number : number + 1])
            at = self._turn(block, 3 * number + 2, rng)
            yield from (self._back(desk, rng, of, at) for of in back[number : number + 1])

    def _found(self, desk: Desk, rng: Random, of: Absence, at: datetime) -> Told:
        return (desk.updated if rng.random() < NEWS else desk.located)(of, self._happened(at), at)

    def _back(self, desk: Desk, rng: Random, of: Absence, at: datetime) -> Told:
        chance = rng.random()
        if chance < STAYS_AWAY:
            return desk.updated(of, self._happened(at), at)
        if chance < STAYS_AWAY + CANCELLED:
            return desk.cancelled(of, self._happened(at), "Was there all the time.", at)
        return desk.returned(of, self._happened(at), at)

    def _happened(self, told_at: datetime) -> datetime:
        """Return when that happened which is told; not before this begins, when a force makes its list."""
        return max(told_at - BEFORE, self.begins_at)

    def _stories(self, block: int) -> list[Absence]:
        """Return who goes missing in a block; before the first, half of whom the month left missing."""
        if block < 0:
            return list(self.month.away[-1 - block :: 2][:STORIES])
        rng = self._chance("gone", block)
        desk = Desk(rng, self.cause)
        return [
            self._gone(desk, self._child(block * STORIES + number), self._turn(block, 3 * number, rng))
            for number in range(STORIES)
        ]

    def _gone(self, desk: Desk, child: Child, told_at: datetime) -> Absence:
        return desk.absence(child, told_at - desk.minutes(25, 90), reported_at=told_at - BEFORE)

    def _child(self, number: int) -> Child:
        """Return the next child in a fixed order, so that each has long been back when it goes again."""
        others = in_turn(self.month.others)
        return others[number % len(others)]

    def _turn(self, block: int, turn: int, rng: Random) -> datetime:
        """Return the instant of a turn, up to a sixth of `every` early or late, in whole seconds."""
        at = self.begins_at + self.every * (block * TURNS + turn + rng.uniform(-1, 1) / 6)
        return at.replace(microsecond=0)

    def _chance(self, what: str, block: int) -> Random:
        return Random(f"{self.cause}/{what}/{block}")  # noqa: S311 - invented data, not a secret
