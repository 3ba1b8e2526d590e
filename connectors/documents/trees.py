"""JSON documents, such as those of the police's standard data model: one tree for each thing in them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from connectors.documents.found import TOO_MUCH, Found, within
from connectors.documents.limits import MOST_CHARACTERS, MOST_JSON, MOST_ROWS
from connectors.documents.parts import Tree


def read_json(text: str, place: str, found: Found) -> None:
    """Read one object, a list of objects, or a JSON:API document whose `data` is a list."""
    if len(text) > min(MOST_JSON, MOST_CHARACTERS - found.characters):
        found.fault(place, f"is JSON of more than {MOST_JSON // 1_000_000} MB: send it in smaller files")
        return
    found.characters += len(text)
    try:
        parsed = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        found.fault(place, "is JSON nested too deeply to be read: correct how it is made")
        return
    except ValueError as error:
        found.fault(place, f"is not JSON that can be read ({error}): correct how it is made")
        return
    for tree in _trees(parsed, place):
        if len(found.trees) >= MOST_ROWS:
            found.fault(tree.place, TOO_MUCH)
            return
        if isinstance(tree.content, Mapping):
            found.trees.append(tree)
        else:
            found.fault(tree.place, "is not an object with names and values: send one object for each child")


def _once(told: list[tuple[str, Any]]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in told:
        if name in names and names[name] != value:
            raise ValueError(f"the name “{name[:50]}” is there twice with other values")
        names[name] = value
    return names


def _no_number(told: str) -> NoReturn:
    raise ValueError(f"{told} is no number in JSON")


def _trees(parsed: Any, place: str) -> Iterator[Tree]:
    if isinstance(parsed, list):
        yield from (Tree(within(place, f"item {number}"), each) for number, each in enumerate(parsed, 1))
    elif isinstance(parsed, Mapping) and isinstance(data := parsed.get("data"), list):
        rest = {name: value for name, value in parsed.items() if name != "data"}
        for number, each in enumerate(data, 1):
            yield Tree(within(place, f"data {number}"), {**rest, "data": each})
    else:
        yield Tree(place, parsed)
