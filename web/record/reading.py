"""From the form to the record: what was typed as the section's value, and what is wrong by field.

Whatever was typed stands in the value, also what cannot be read: the draft keeps it, and the page shows it
again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from schemas.reading import Problem
from web.record.filling import BLANK, ROW, is_blank, rows
from web.record.moments import KEPT, MOMENT_PARTS, Unread, read_day_fields, read_moment_fields
from web.record.question import Asked, Entries, Kind, Question, Section

WHOLE: Final = "section"
"""The id of the form, where something is wrong with all of it."""
_ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}


@dataclass(slots=True)
class Read:
    """A section's value; what is wrong by the field's id, and that id by the place in the record."""

    value: Any = None
    errors: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def read_section(section: Section, fields: Mapping[str, str]) -> Read:
    """Return what a form says of a section."""
    read = Read()
    told = {each.name: _read(each, fields, _Where("", section.name), read) for each in section.asked}
    read.value = told[section.name] if section.is_list else told
    if section.is_list:
        read.places = {each.removeprefix(f"{section.name}."): at for each, at in read.places.items()}
    return read


def with_problems(section: Section, read: Read, problems: tuple[Problem, ...]) -> dict[str, str]:
    """Return all that is wrong by the field's id: what the form said itself, then what the record refused."""
    errors = dict(read.errors)
    for problem in problems:
        at = nearest(read.places, problem.field) or WHOLE
        parts = {at, *(f"{at.removesuffix('-day')}-{part}" for part in MOMENT_PARTS)}
        if not parts & read.errors.keys():
            errors.setdefault(at, f"“{label_at(section, problem.field)}” {problem.message}")
    return errors


def nearest(places: Mapping[str, str], place: str) -> str | None:
    """Return the id of the field at a place of the record, or of what stands around it."""
    while place not in places:
        place, dot, _ = place.rpartition(".")
        if not dot:
            return None
    return places[place]


def label_at(section: Section, place: str) -> str:
    """Return what a person calls a place such as `outcomes.0.owner`: `Outcome 1, who does it?`."""
    asked: Mapping[str, Asked] = {each.name: each for each in section.asked}
    name, *rest = place.split(".")[0 if section.is_list else 1 :] or [""]
    found = asked.get(name)
    if isinstance(found, Entries) and rest and rest[0].isdigit():
        inner = {each.name: each.label for each in found.questions}.get("".join(rest[1:2]), "")
        entry = f"{found.one[:1].upper()}{found.one[1:]} {int(rest[0]) + 1}"
        return f"{entry}, {inner[:1].lower()}{inner[1:]}" if inner else entry
    return found.label if found else section.title


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a question stands: before its name in the form, and around it in the record."""

    prefix: str
    place: str


def _read(asked: Asked, fields: Mapping[str, str], where: _Where, read: Read) -> Any:
    name, place = where.prefix + asked.name, f"{where.place}.{asked.name}"
    if isinstance(asked, Entries):
        read.places[place] = name
        return list(_entries(asked, fields, place, read))
    read.places[place] = f"{name}-day" if asked.kind in {Kind.DAY, Kind.MOMENT} else name
    if asked.kind in {Kind.DAY, Kind.MOMENT}:
        return _when(asked, name, fields, read)
    return _answer(asked, fields.get(name, ""), name, read)


def _entries(entries: Entries, fields: Mapping[str, str], place: str, read: Read) -> Iterator[Any]:
    """Yield the entries of a list but those in which nothing stands, unless they came so from the record."""
    number = 0
    for row in rows(fields, entries.name):
        prefix = f"{entries.name}-{row}-"
        entry = Read()
        where = _Where(prefix, f"{place}.{number}")
        value = {each.name: _read(each, fields, where, entry) for each in entries.questions}
        blank = all(is_blank(each, value[each.name]) for each in entries.questions)
        if blank and fields.get(prefix + ROW) != BLANK:
            continue
        read.errors |= entry.errors if not blank else {}
        read.places |= {f"{place}.{number}": prefix.removesuffix("-"), **entry.places}
        number += 1
        yield value


def _when(asked: Question, name: str, fields: Mapping[str, str], read: Read) -> Any:
    typed = {part: fields.get(f"{name}-{part}", "") for part in (*MOMENT_PARTS, KEPT)}
    try:
        return read_day_fields(typed) if asked.kind is Kind.DAY else read_moment_fields(typed)
    except Unread as error:
        read.errors[f"{name}-{error.at}"] = f"{asked.label} {error.message}"
        return error.parts


def _answer(asked: Question, typed: str, name: str, read: Read) -> Any:
    match asked.kind:
        case Kind.YES_NO:
            return _ANSWERS.get(typed, typed)
        case Kind.TICK:
            return {"yes": True, "": False}.get(typed, typed)
        case Kind.CHOICE:
            if asked.must and not typed:
                read.errors[name] = f"{asked.label} Choose one of the list"
            return typed or (None if not asked.must else "")
        case _:
            return typed.replace("\r\n", "\n").replace("\r", "\n")
