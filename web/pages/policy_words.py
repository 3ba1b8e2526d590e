"""What another policy changes, in the words and rows of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.policy_effect import Begun, Effect, Merged, Moved, Parted, StepAtOnce, Taken
from schemas.policy import Policy
from web.pages import terms, times

MOST_ROWS: Final = 200
"""Cases of one kind that are listed; beyond them only how many there are."""
COUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "become_overdue": ("interview becomes overdue", "interviews become overdue"),
    "no_longer_overdue": ("interview is overdue no longer", "interviews are overdue no longer"),
    "deadlines_moved": ("deadline moves", "deadlines move"),
    "episodes_merged": ("episode becomes part of another", "episodes become part of others"),
    "episodes_parted": ("episode is parted from another", "episodes are parted from others"),
    "interviews_taken_off": ("interview is no longer needed", "interviews are no longer needed"),
    "interviews_begun": ("interview becomes due", "interviews become due"),
    "steps_at_once": ("step of the ladder comes due at once", "steps of the ladder come due at once"),
    "steps_removed": ("step of the ladder is no more", "steps of the ladder are no more"),
    "settled_children": (
        "child without anything open has records that change",
        "children without anything open have records that change",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One case: which, and from what to what. `address` leads to the child, for whom it may be shown."""

    name: str
    address: str | None
    was: str
    becomes: str
    late: bool = False


def as_text(policy: Policy) -> str:
    """Return a policy as text that can be edited and uploaded."""
    return policy.model_dump_json(indent=2)


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return how much changes, the gravest first; what does not happen is left out."""
    return [times.count(counts[name], *COUNTS[name]) for name in COUNTS if counts.get(name)]


def case_rows(effect: Effect, now: datetime, *, links: bool) -> dict[str, Sequence[Row]]:
    """Return the cases by what happens to them, under its heading."""

    def row(what: str, id_: UUID, child_id: UUID, was: str, becomes: str, *, late: bool = False) -> Row:
        return Row(f"{what} {str(id_)[:8]}", f"/children/{child_id}" if links else None, was, becomes, late)

    def at(moment: datetime) -> str:
        return times.moment(moment, now)

    overdue = set(effect.overdue)
    found = {
        "Deadlines that move": [
            row(
                "Interview",
                one.interview_id,
                one.child_id,
                at(one.due_from),
                at(one.due_to),
                late=one in overdue,
            )
            for one in sorted(effect.of(Moved), key=lambda one: (one not in overdue, one.due_to))
        ],
        "Episodes that become part of another": [
            row("Episode", one.episode_id, one.child_id, "of its own", f"part of {str(one.into)[:8]}")
            for one in effect.of(Merged)
        ],
        "Episodes that are parted": [
            row("Episode", one.episode_id, one.child_id, _parts(one), "of its own")
            for one in effect.of(Parted)
        ],
        "Interviews that are no longer needed": [
            row(
                "Interview", one.interview_id, one.child_id, "on the list", terms.term(one.why, terms.REASONS)
            )
            for one in effect.of(Taken)
        ],
        "Interviews that become due": [
            row("Interview", one.interview_id, one.child_id, "not on the list", f"due {at(one.due_at)}")
            for one in effect.of(Begun)
        ],
        "Steps of the ladder that come due at once": [
            row(
                *_subject(one),
                one.child_id,
                "not told",
                f"{terms.sentence(one.step.replace('_', ' '))}, due {at(one.due_at)}",
            )
            for one in effect.of(StepAtOnce)
        ],
    }
    return {heading: rows for heading, rows in found.items() if rows}


def _parts(one: Parted) -> str:
    return f"in {' and '.join(str(id_)[:8] for id_ in one.parted_from)}" if one.parted_from else "not there"


def _subject(one: StepAtOnce) -> tuple[str, UUID]:
    if one.interview_id:
        return "Interview", one.interview_id
    assert one.episode_id is not None
    return "Episode", one.episode_id
