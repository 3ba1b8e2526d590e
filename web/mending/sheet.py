"""The form by which a message is mended: first what is wrong or was not understood, then all the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.reading import Problem
from web.mending.asked import ALL, BY_NAME, MUST, TICKED, Asked, Group, groups_of
from web.mending.filling import SAY, SEEN, Mended, fields_of, is_same
from web.mending.words import asked_at, in_words
from web.record.moments import MOMENT_PARTS

WHOLE: Final = "data"
"""Where all stands that is told of a child."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: its fields, what is wrong by the field's id, and what is wrong with no field of it."""

    fields: Mapping[str, str]
    errors: Mapping[str, str]
    others: Sequence[str]
    wrong: Sequence[Asked]
    groups: Sequence[Group]


def wrong_with(problems: Iterable[Problem]) -> frozenset[str]:
    """Return the names of the questions that something is wrong with."""
    return frozenset(name for each in _apart(problems) if (name := asked_at(each.field)))


def sheet_of(message: Mapping[str, Any], problems: Sequence[Problem]) -> Sheet:
    """Return the form of a message as it stands."""
    return _sheet(message, problems, {}, fields_of(message))


def refused_sheet(filled: Mended, problems: Sequence[Problem], typed: Mapping[str, str]) -> Sheet:
    """Return a form as it was sent, with what of it cannot be read, or is still wrong."""
    return _sheet(filled.message, problems, filled.errors, typed, filled.doubted)


def _sheet(
    message: Mapping[str, Any],
    problems: Sequence[Problem],
    unread: Mapping[str, str],
    fields: Mapping[str, str],
    doubted: frozenset[str] = frozenset(),
) -> Sheet:
    errors, others = dict(unread), list[str]()
    once = {SEEN} if is_same(message, wrong_with(problems)) else set()
    for problem in _apart(problems):
        name = asked_at(problem.field)
        words = in_words(problem.field, problem.message, message)
        if name is None:
            others += [words] if words not in others else []
        elif name not in once and not errors.keys() & ids_of(name):
            errors[BY_NAME[name].id] = words
        elif errors.get(BY_NAME[name].id) == f"{BY_NAME[name].question.label}: {SAY}":
            errors[BY_NAME[name].id] = f"{words}: {SAY}"
    wrong = [asked for asked in ALL if asked.name in doubted or errors.keys() & ids_of(asked.name)]
    rest = [
        Group(group.title, tuple(asked for asked in group.asked if asked not in wrong), group.kinds)
        for group in groups_of(message)
    ]
    return Sheet(fields, _in_order(errors), others, wrong, [group for group in rest if group.asked])


def _apart(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems; where all that is told is lacking, one for each question that has to be answered."""
    for problem in problems:
        if problem.field != WHOLE:
            yield problem
        else:
            yield from (Problem(place, problem.message) for place in MUST if place.startswith(f"{WHOLE}."))


def ids_of(name: str) -> set[str]:
    """Return the ids of all fields of a question."""
    return {name, *(f"{name}-{part}" for part in (*MOMENT_PARTS, TICKED))}


def _in_order(errors: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong in the order of the page."""
    places = {at: place for place, asked in enumerate(ALL) for at in ids_of(asked.name)}
    return dict(sorted(errors.items(), key=lambda each: places.get(each[0], len(ALL))))
