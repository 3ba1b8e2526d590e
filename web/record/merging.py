"""Two people wrote one section: both texts beside each other, and one in which nothing of either is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from web.record.question import Asked, Entries, Section


@dataclass(frozen=True, slots=True)
class Differing:
    """One question that both answered, each otherwise."""

    asked: Asked
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Both:
    """One section of two: `merged` has each answer that only one changed, and mine where both did."""

    merged: Any
    differing: tuple[Differing, ...]


def both(section: Section, before: Any, mine: Any, theirs: Any) -> Both:
    """Bring together what two made of the same section, as it was `before` either.

    Of a list that both changed it has every entry of either, theirs last.
    """
    was, own, other = (_by_name(section, each) for each in (before, mine, theirs))
    merged: dict[str, Any] = {}
    differing = []
    for asked in section.asked:
        of = (was.get(asked.name), own.get(asked.name), other.get(asked.name))
        merged[asked.name] = _merged(asked, *of)
        if of[1] != of[2] and of[0] not in of[1:]:
            differing.append(Differing(asked, of[1], of[2]))
    return Both(merged[section.name] if section.is_list else merged, tuple(differing))


def _merged(asked: Asked, before: Any, mine: Any, theirs: Any) -> Any:
    if mine in (before, theirs):
        return theirs
    if theirs == before or not isinstance(asked, Entries):
        return mine
    return [*_list(mine), *(each for each in _list(theirs) if each not in [*_list(before), *_list(mine)])]


def _by_name(section: Section, value: Any) -> Mapping[str, Any]:
    if section.is_list:
        return {section.name: value}
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
