"""From the record to the form: one section as the fields of its page, each a name and a text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from web.record.moments import day_fields, moment_fields
from web.record.question import Asked, Entries, Kind, Question, Section

ROW: Final = "row"
"""The field of an entry that says where it comes from."""
KEPT, BLANK, NEW = "kept", "blank", "new"
"""From the record; from the record, where nothing stands in it; added to the page."""


def fields_of(section: Section, value: Any) -> dict[str, str]:
    """Return a section's value, as the record or an unreadable draft has it, as the fields of its form."""
    told: Mapping[str, Any] = {section.name: value} if section.is_list else _mapping(value)
    return {name: text for each in section.asked for name, text in _fields(each, "", told.get(each.name))}


def with_entry(section: Section, fields: Mapping[str, str], name: str) -> dict[str, str]:
    """Return a form with one more, empty entry in a list; as it is if the section has no such list."""
    if section.entries(name) is None:
        return dict(fields)
    number = max((int(each) for each in rows(fields, name)), default=0) + 1
    return {**fields, f"{name}-{number}-{ROW}": NEW}


def without_entry(fields: Mapping[str, str], name: str, number: str) -> dict[str, str]:
    """Return a form without one entry of a list."""
    return {each: text for each, text in fields.items() if not each.startswith(f"{name}-{number}-")}


def rows(fields: Mapping[str, str], name: str) -> list[str]:
    """Return the numbers of a list's entries in a form, in order."""
    numbers = {
        each.removeprefix(f"{name}-").partition("-")[0] for each in fields if each.startswith(f"{name}-")
    }
    return sorted((each for each in numbers if is_number(each)), key=int)


def is_number(text: str) -> bool:
    """Return whether a text is the number of an entry, as our own pages write it."""
    return text.isascii() and text.isdigit() and len(text) <= len("999999") and not text.startswith("0")


def is_blank(question: Question, value: Any) -> bool:
    """Return whether a question has no answer."""
    return value is None or value == "" or (question.kind is Kind.TICK and value is False)


def _fields(asked: Asked, prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    name = prefix + asked.name
    if isinstance(asked, Entries):
        for number, entry in enumerate(_sequence(value), 1):
            yield from _entry(asked, f"{name}-{number}-", _mapping(entry))
        return
    match asked.kind:
        case Kind.DAY:
            yield from ((f"{name}-{part}", text) for part, text in day_fields(value).items())
        case Kind.MOMENT:
            yield from ((f"{name}-{part}", text) for part, text in moment_fields(value).items())
        case _ if value is not None and value is not False:
            yield name, _text(value)
        case Kind.YES_NO if value is False:
            yield name, "no"


def _entry(entries: Entries, prefix: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    blank = all(is_blank(each, entry.get(each.name)) for each in entries.questions)
    yield prefix + ROW, BLANK if blank else KEPT
    for each in entries.questions:
        yield from _fields(each, prefix, entry.get(each.name))


def _text(value: Any) -> str:
    if value is True:
        return "yes"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
