"""What is sent to a form: lines and texts, what cannot be typed, and packs beside what is valid."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from tests.web.areas import AREAS, Area
from tests.web.forms_shown import Field, ShownForm
from tests.web.hostile import LONG_ONES, packs, sample
from web.guard.forms import FIELD as TOKEN

Plan = Callable[[ShownForm, Area, Iterator[int]], Iterator[Mapping[str, str]]]
IN_AN_ADDRESS: Final = 20
"""Strings to a value of a form whose fields stand in the address: clients refuse longer ones."""
EACH_FIELD: Final = 40
"""Strings spread over all families, of which each line and text field meets every fourth."""
VALID: Final = {"day": "30", "month": "3", "year": "2026", "time": "9am", "email": "a@example.org"}
_CHOSEN: Final = ("radio", "checkbox", "select")


def plans(every: bool) -> dict[str, tuple[str, Plan]]:
    """Return for each area what to send; with `every`, each field meets all of the strings."""
    return {name: (name, partial(_plan, every=every)) for name in AREAS}


def written(form: ShownForm) -> list[str]:
    """Return the fields into which people write freely."""
    return [name for name, each in form.fields.items() if _is_free(each)]


def _is_free(each: Field) -> bool:
    return each.kind in {"text", "search", "textarea"} and each.name.rpartition("-")[2] not in VALID


def _plan(form: ShownForm, area: Area, number: Iterator[int], *, every: bool) -> Iterator[Mapping[str, str]]:
    """Yield what to send: lines and texts, then what cannot be typed, then packs beside what is valid."""
    typed = [name for name, each in form.fields.items() if each.kind not in {"hidden", *_CHOSEN}]
    other = [name for name in form.fields if name not in typed and name != TOKEN]
    strings = sample(EACH_FIELD, next(number) * 7 + (0 if form.method == "post" else len(LONG_ONES)))
    for turn in range(0, EACH_FIELD, 4 if typed else EACH_FIELD):
        yield _valid(form, turn) | {
            name: strings[(turn + place * 3) % EACH_FIELD] for place, name in enumerate(typed)
        }
    for turn in range(4 if other else 0):
        yield _valid(form, turn) | {
            name: strings[(turn * 9 + place) % EACH_FIELD] for place, name in enumerate(other)
        }
    for names in _taking_packs(form, typed, every):
        values = _packs(form, next(number), every or area.takes_all(form))
        for turn in range(len(values) if names else 0):
            yield _valid(form, turn) | {
                name: _fitting(form.fields[name], values[(turn + place) % len(values)])
                for place, name in enumerate(names)
            }


def _taking_packs(form: ShownForm, typed: Sequence[str], every: bool) -> Iterator[Sequence[str]]:
    """Yield the fields that get packs together: what is written freely; with `every` days as well."""
    free = written(form)
    if every or form.method == "post":
        yield free
    if every:
        yield [name for name in typed if name not in free]


def _packs(form: ShownForm, number: int, all_: bool) -> Sequence[str]:
    if not all_:
        return [*packs()[number % 9 :: 25], LONG_ONES[0]]
    if form.method == "get":
        return [part for pack in packs() for part in _parts(pack)]  # no address holds the long ones
    return [*packs(), *LONG_ONES]


def _parts(pack: str) -> Iterator[str]:
    """Yield a pack in parts of which an address holds several."""
    lines = pack.split("\n")
    for begin in range(0, len(lines), IN_AN_ADDRESS):
        yield "\n".join(lines[begin : begin + IN_AN_ADDRESS])


def _fitting(each: Field, text: str) -> str:
    """Return a pack as it goes into a line: one string of it, else the browser would make one line of it."""
    return text if each.kind == "textarea" else text.replace("\n", " · ")


def _valid(form: ShownForm, turn: int) -> dict[str, str]:
    """Return what a person may have chosen and typed, but for free text."""
    typed = {}
    for name, each in form.fields.items():
        if each.kind == "checkbox" and turn % 2:
            continue
        if each.kind in _CHOSEN:
            typed[name] = each.offers[turn % len(each.offers)] if each.offers else ""
        elif each.kind != "hidden":
            typed[name] = VALID.get(name.rpartition("-")[2], each.value)
    if form.buttons:
        name, value = form.buttons[turn % len(form.buttons)]
        typed[name] = value
    return typed
