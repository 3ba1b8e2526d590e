"""The difference between two versions of a plan, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.plan.fold import day_of
from domain.plan.parts import Action, Closing, Plan, Version
from schemas.plan import Done, NotDone, Reviewed, Revised

_SHORT: Final = 120
"""Characters of an action's words by which it is named where it is known already."""


class Kind(StrEnum):
    """What a sentence tells."""

    NEW = "new"
    ASKED_AGAIN = "asked_again"
    OWNER = "owner"
    DUE = "due"
    ENDED = "ended"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence. `action_id` is None where it is about the whole plan."""

    kind: Kind
    action_id: UUID | None
    text: str


def changes(plan: Plan, since: int, until: int) -> tuple[Change, ...]:
    """Return what version `until` has that version `since` had not; 0 is the plan before its first version.

    Raises:
        ValueError: there is no such version, or `since` is the later one.
    """
    if not 0 <= since <= until <= plan.number:
        raise ValueError(f"the versions are 0 to {plan.number}, and the later one comes last")
    before = {each.id: each for each in plan.versions[since - 1].actions} if since else {}
    between = plan.versions[since:until]
    now = between[-1].actions if between else ()
    why = {step.action: step.reason for each in between if isinstance(step := each.entry.step, Revised)}
    told = [
        change
        for action in now
        for change in _of(before.get(action.id), action, now, _because(why.get(action.id, "")))
    ]
    return (*told, *_reviews(between))


def named(action: Action) -> str:
    """Return an action's words, cut where they are long."""
    what = " ".join(action.what.split())
    return what if len(what) <= _SHORT else f"{what[:_SHORT].rsplit(' ', 1)[0]} …"


def in_words(day: date | None) -> str:
    """Return a day as `3 March 2026`."""
    return f"{day.day} {day:%B %Y}" if day else "no day"


def _of(before: Action | None, action: Action, others: tuple[Action, ...], revised: str) -> Iterator[Change]:
    if before is None:
        yield Change(Kind.NEW, action.id, f"New: {_whole(action)}")
        first = 1
    else:
        first = len(before.sources)
    for source in action.sources[first:]:
        again = (
            f"Now also asked for by the interview of {in_words(source.told_on)}: {_sentence(named(action))}"
        )
        yield Change(Kind.ASKED_AGAIN, action.id, again)
    if before is not None and before.owner != action.owner:
        moved = f"from {before.owner or 'nobody'} to {action.owner or 'nobody'}"
        yield Change(
            Kind.OWNER, action.id, f"Who does it changed {moved}: {_sentence(named(action))}{revised}"
        )
    if before is not None and before.due_on != action.due_on:
        moved = f"from {in_words(before.due_on)} to {in_words(action.due_on)}"
        yield Change(Kind.DUE, action.id, f"Due date moved {moved}: {_sentence(named(action))}{revised}")
    if action.closing and (before is None or before.closing != action.closing):
        yield Change(Kind.ENDED, action.id, _ended(action, action.closing, others))


def _whole(action: Action) -> str:
    who = f" Who: {action.owner}." if action.owner else ""
    when = f" By {in_words(action.due_on)}." if action.due_on else ""
    return f"{_sentence(action.what)}{who}{when}"


def _ended(action: Action, closing: Closing, others: tuple[Action, ...]) -> str:
    what = _sentence(named(action))
    match closing.step:
        case Done(seen=seen):
            return f"Done: {what} What was seen: {_sentence(seen)}"
        case NotDone(reason=reason):
            return f"Not done: {what}{_because(reason)}"
        case replaced:
            named_by = (each for each in others if any(s.id == replaced.superseded_by for s in each.sources))
            instead = "".join(f" Instead: {_sentence(named(each))}" for each in named_by)
            return f"Replaced: {what}{instead}{_because(replaced.reason)}"


def _reviews(versions: tuple[Version, ...]) -> Iterator[Change]:
    for version in versions:
        if isinstance(step := version.entry.step, Reviewed):
            by = f"Looked at on {in_words(day_of(version.entry.at))} by {version.entry.by}"
            yield Change(Kind.REVIEWED, None, f"{by}: {_sentence(step.note)}")


def _because(reason: str) -> str:
    return f" Why: {_sentence(reason)}" if reason else ""


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
