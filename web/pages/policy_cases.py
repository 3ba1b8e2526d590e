"""The open cases that another policy changes, as rows of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from casework.policy_effect import Begun, Effect, Merged, Moved, Parted, StepAtOnce, Taken
from schemas.access import Duty
from web import access
from web.pages import terms, times

MOST_ROWS: Final = 200
"""Cases of one kind that are listed; beyond them only how many there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case: which, and from what to what. `address` leads to where whoever reads may open it."""

    name: str
    address: str | None
    was: str
    becomes: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Where somebody with these duties may go on from a case."""

    duties: frozenset[Duty]

    def interview(self, id_: UUID) -> str | None:
        """Return the page of an interview."""
        return f"/interviews/{id_}" if access.may(self.duties, "GET", "/interviews/{interview_id}") else None

    def child(self, id_: UUID) -> str | None:
        """Return the page of a child, for an episode, or an interview that is not there yet."""
        return f"/children/{id_}" if access.may(self.duties, "GET", "/children/{child_id}") else None


class At(Protocol):
    """How a moment is told."""

    def __call__(self, instant: datetime, /) -> str: ...


def case_rows(effect: Effect, now: datetime, duties: frozenset[Duty]) -> Mapping[str, Sequence[Row]]:
    """Return the cases by what happens to them, under its heading; links are for who has these duties."""
    at, ways = partial(times.moment, now=now), Ways(duties)
    found = {
        "Deadlines that move": _deadlines(effect, at, ways),
        "Episodes that become part of another": [_merged(one, ways) for one in effect.of(Merged)],
        "Episodes that are parted": [_parted(one, ways) for one in effect.of(Parted)],
        "Interviews that are no longer needed": [_taken(one, ways) for one in effect.of(Taken)],
        "Interviews that become due": [_begun(one, at, ways) for one in effect.of(Begun)],
        "Steps of the ladder that come due at once": [_step(one, at, ways) for one in effect.of(StepAtOnce)],
    }
    return {heading: rows for heading, rows in found.items() if rows}


def _deadlines(effect: Effect, at: At, ways: Ways) -> list[Row]:
    """Return deadlines that move: first those that pass at once."""
    overdue = set(effect.overdue)
    ordered = sorted(effect.of(Moved), key=lambda one: (one not in overdue, one.due_to))
    return [_moved(one, at, ways, late=one in overdue) for one in ordered]


def _moved(one: Moved, at: At, ways: Ways, *, late: bool) -> Row:
    address = ways.interview(one.interview_id)
    return Row(_interview(one.interview_id), address, at(one.due_from), at(one.due_to), late)


def _merged(one: Merged, ways: Ways) -> Row:
    into = f"part of {_short(one.into)}" if one.into else "no more"
    return Row(_episode(one.episode_id), ways.child(one.child_id), "of its own", into)


def _parted(one: Parted, ways: Ways) -> Row:
    before = f"in {' and '.join(map(_short, one.parted_from))}" if one.parted_from else "not there"
    return Row(_episode(one.episode_id), ways.child(one.child_id), before, "of its own")


def _taken(one: Taken, ways: Ways) -> Row:
    why = terms.term(one.why, terms.REASONS)
    return Row(_interview(one.interview_id), ways.interview(one.interview_id), "on the list", why)


def _begun(one: Begun, at: At, ways: Ways) -> Row:
    address = ways.interview(one.interview_id) if one.exists else ways.child(one.child_id)
    return Row(_interview(one.interview_id), address, "not on the list", f"due {at(one.due_at)}")


def _step(one: StepAtOnce, at: At, ways: Ways) -> Row:
    step = f"{terms.sentence(one.step.replace('_', ' '))}, due {at(one.due_at)}"
    if one.interview_id:
        return Row(_interview(one.interview_id), ways.interview(one.interview_id), "not told", step)
    assert one.episode_id is not None
    return Row(_episode(one.episode_id), ways.child(one.child_id), "not told", step)


def _interview(id_: UUID) -> str:
    return f"Interview {_short(id_)}"


def _episode(id_: UUID) -> str:
    return f"Episode {_short(id_)}"


def _short(id_: UUID) -> str:
    return str(id_)[:8]
