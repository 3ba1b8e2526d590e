"""What another policy would change of the open cases: shown before it is accepted, written down after."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from casework.policy_text import STEPS
from casework.refolding import Refolded
from domain.interview import Interview
from schemas.words import EpisodeStatus, Stage

TO_HOLD: Final = frozenset({Stage.DUE, Stage.ALLOCATED, Stage.OFFERED, Stage.ARRANGED})
"""Interviews whose deadline still has to be kept."""
OPEN: Final = TO_HOLD | {Stage.HELD, Stage.SUBMITTED}
"""Interviews with something left to do."""
AWAY: Final = frozenset({EpisodeStatus.OPEN, EpisodeStatus.LOCATED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that changes, with its values as JSON; empty where it is not."""

    setting: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An interview whose deadline moves."""

    child_id: UUID
    interview_id: UUID
    due_from: datetime
    due_to: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """An episode that becomes part of another; `into` is null where it is in none any more."""

    child_id: UUID
    episode_id: UUID
    into: UUID | None


@dataclass(frozen=True, slots=True)
class Parted:
    """An episode that is new, and those in which its messages were before."""

    child_id: UUID
    episode_id: UUID
    parted_from: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """An interview that is on the list no longer, and why."""

    child_id: UUID
    interview_id: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An interview that comes onto the list; `exists` where it was on it before, and was taken off."""

    child_id: UUID
    interview_id: UUID
    due_at: datetime
    exists: bool = True


@dataclass(frozen=True, slots=True)
class StepAtOnce:
    """A step of the ladder that comes due at once."""

    child_id: UUID
    step: str
    due_at: datetime
    interview_id: UUID | None
    episode_id: UUID | None


Case = Moved | Merged | Parted | Taken | Begun | StepAtOnce
"""One thing that changes of one child."""
C = TypeVar("C", bound=Case)


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes, as of a moment. Of children without anything open, only how many there are.

    `hidden_children`: of whom the reader may not know; what changes of them is not in `cases`.
    """

    as_of: datetime
    cases: tuple[Case, ...] = ()
    differences: tuple[Difference, ...] = ()
    settled_children: int = 0
    hidden_children: int = 0

    def of(self, kind: type[C]) -> tuple[C, ...]:
        """Return the cases of one kind."""
        return tuple(one for one in self.cases if isinstance(one, kind))

    @property
    def overdue(self) -> tuple[Moved, ...]:
        """Return the interviews that become overdue."""
        return tuple(one for one in self.of(Moved) if one.due_to < self.as_of <= one.due_from)

    @property
    def in_time(self) -> tuple[Moved, ...]:
        """Return the interviews that are overdue no longer."""
        return tuple(one for one in self.of(Moved) if one.due_from < self.as_of <= one.due_to)

    @property
    def counts(self) -> dict[str, int]:
        """Return how much changes, by name."""
        return {
            "deadlines_moved": len(self.of(Moved)),
            "become_overdue": len(self.overdue),
            "no_longer_overdue": len(self.in_time),
            "episodes_merged": len(self.of(Merged)),
            "episodes_parted": len(self.of(Parted)),
            "interviews_taken_off": len(self.of(Taken)),
            "interviews_begun": len(self.of(Begun)),
            "steps_at_once": len(self.of(StepAtOnce)),
            "steps_removed": sum(one.becomes == "" for one in self.differences if _is_step(one)),
            "settled_children": self.settled_children,
        }

    @property
    def children(self) -> set[UUID]:
        """Return whom the cases are about."""
        return {one.child_id for one in self.cases}

    def only(self, visible: Collection[UUID]) -> "Effect":
        """Return it for somebody who may know of these children."""
        shown = tuple(one for one in self.cases if one.child_id in visible)
        return replace(self, cases=shown, hidden_children=len(self.children - set(visible)))


def _is_step(one: Difference) -> bool:
    return one.setting.startswith(f"{STEPS}.")


def effect_of(found: Iterable[Refolded], as_of: datetime) -> Effect:
    """Return what these folds change of the open cases; what a ladder makes of it is added by others."""
    cases: list[Case] = []
    settled = 0
    for each in found:
        with_open = _children_with_open(each)
        cases += [one for one in _cases(each) if one.child_id in with_open]
        settled += len(_concerned(each) - with_open)
    return Effect(as_of, tuple(cases), settled_children=settled)


def _cases(found: Refolded) -> Iterator[Case]:
    before = {interview.id: interview for interview in found.interviews}
    for now in found.change.new_interviews:
        yield from _of_interview(before.get(now.id), now)
    yield from _merged(found)
    yield from _parted(found)


def _of_interview(was: Interview | None, now: Interview) -> Iterator[Case]:
    off_before, off = was is None or was.stage is Stage.VOIDED, now.stage is Stage.VOIDED
    if off_before and not off:
        yield Begun(now.child_id, now.id, now.due_at, was is not None)
    elif off and not off_before:
        yield Taken(now.child_id, now.id, now.voided_reason or "")
    elif was and was.due_at != now.due_at and now.stage in TO_HOLD:
        yield Moved(now.child_id, now.id, was.due_at, now.due_at)


def _concerned(found: Refolded) -> set[UUID]:
    """Return of whom anything changes."""
    new = {one.child_id for one in found.change.new_episodes}
    new |= {one.child_id for one in found.change.new_interviews}
    return new | {one.child_id for one in _merged(found)}


def _merged(found: Refolded) -> Iterator[Merged]:
    for row in found.episodes:
        if row.remembered.id in found.change.superseded_by:
            into = found.change.superseded_by[row.remembered.id]
            yield Merged(row.child_id, row.remembered.id, into)


def _parted(found: Refolded) -> Iterator[Parted]:
    live = [row for row in found.episodes if not row.remembered.superseded]
    holders = {key: row.remembered.id for row in live for key in row.remembered.notifications}
    for one in found.change.placed:
        if one.id not in {row.remembered.id for row in live}:
            shared = Counter(holders[key] for key in one.episode.notifications if key in holders)
            yield Parted(one.child_id, one.id, tuple(shared))


def _children_with_open(found: Refolded) -> set[UUID]:
    """Return who has something open, before or after."""
    interviews: Sequence[Interview] = (*found.interviews, *found.change.interviews)
    with_open = {one.child_id for one in interviews if one.stage in OPEN}
    with_open |= {
        row.child_id for row in found.episodes if not row.remembered.superseded and row.facts.status in AWAY
    }
    return with_open | {one.child_id for one in found.change.placed if one.episode.status in AWAY}
