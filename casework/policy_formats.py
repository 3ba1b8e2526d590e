"""Which formats of forces another policy drops: what comes in them is read no longer."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.policy_effect import Difference

FORMATS: Final = "formats"
LISTS: Final = "police_lists.formats"


@dataclass(frozen=True, slots=True)
class Gone:
    """A force some of whose formats go; without any `left` nothing that it writes is read any more."""

    source: str
    names: tuple[str, ...]
    left: tuple[str, ...]


def formats_that_go(differences: Iterable[Difference]) -> tuple[Gone, ...]:
    """Return the forces whose formats of mail and files go; one that only has another name stays."""
    was, becomes = _both(differences, FORMATS)
    return tuple(_gone(was, becomes))


def lists_that_go(differences: Iterable[Difference]) -> tuple[str, ...]:
    """Return the forces whose lists of missing children are read by plain columns from then on."""
    was, becomes = _both(differences, LISTS)
    stay = {each["source"] for each in becomes}
    return tuple(dict.fromkeys(each["source"] for each in was if each["source"] not in stay))


def _gone(was: list[Mapping[str, Any]], becomes: list[Mapping[str, Any]]) -> Iterator[Gone]:
    for source in dict.fromkeys(each["source"] for each in was):
        before, after = ([one for one in each if one["source"] == source] for each in (was, becomes))
        names, stay = {one["name"] for one in after}, [_as_read(one) for one in after]
        lost = [one["name"] for one in before if one["name"] not in names and _as_read(one) not in stay]
        if lost:
            yield Gone(source, tuple(lost), tuple(one["name"] for one in after))


def _as_read(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return all of a format but its name."""
    return {key: value for key, value in form.items() if key != "name"}


def _both(differences: Iterable[Difference], setting: str) -> tuple[list[Any], list[Any]]:
    """Return what a setting was and becomes; nothing where it does not change."""
    found = next((each for each in differences if each.setting == setting), None)
    return (json.loads(found.was or "[]"), json.loads(found.becomes or "[]")) if found else ([], [])
