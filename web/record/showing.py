"""A section in words, question by question, to be read and compared; nothing in it is left out."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from schemas.scalars import read_instant
from web.pages.times import day, moment
from web.record.filling import is_blank
from web.record.question import Asked, Entries, Kind, Question, Section

Line = tuple[str, str]
"""What was asked, and what was answered."""
NOTHING = ""


def lines_of(section: Section, value: Any) -> list[Line]:
    """Return what was answered in a section; empty answers are left out."""
    told = {section.name: value} if section.is_list else value
    if not isinstance(told, Mapping):
        return [(section.title, _as_it_came(told))] if told else []
    known = [line for each in section.asked for line in answer_lines(each, told.get(each.name))]
    names = {each.name for each in section.asked}
    return known + [(name, _as_it_came(each)) for name, each in told.items() if name not in names]


def answer_lines(asked: Asked, value: Any) -> Iterator[Line]:
    """Yield the answers to one question, or to those of each entry of a list."""
    if isinstance(asked, Question):
        if not is_blank(asked, value):
            yield asked.label, _answer(asked, value)
        return
    if not isinstance(value, list | tuple):
        if value:
            yield asked.label, _as_it_came(value)
        return
    for number, entry in enumerate(value, 1):
        title = f"{asked.one[:1].upper()}{asked.one[1:]} {number}"
        yield from ((f"{title}: {label}" if label else title, text) for label, text in _entry(asked, entry))


def changed_lines(section: Section, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Return the answers of a section that are another: what was asked, before, after."""
    was, now = dict(lines_of(section, before)), dict(lines_of(section, after))
    return [
        (label, was.get(label, NOTHING), now.get(label, NOTHING))
        for label in dict.fromkeys([*now, *was])
        if was.get(label) != now.get(label)
    ]


def _entry(entries: Entries, entry: Any) -> Iterator[Line]:
    if not isinstance(entry, Mapping):
        yield "", _as_it_came(entry)
        return
    lines = [line for each in entries.questions for line in answer_lines(each, entry.get(each.name))]
    yield from lines or [("", "nothing written")]


def _answer(asked: Question, value: Any) -> str:
    try:
        match asked.kind:
            case Kind.YES_NO | Kind.TICK if isinstance(value, bool):
                return "Yes" if value else "No"
            case Kind.CHOICE:
                return asked.choices.get(value, _as_it_came(value))
            case Kind.DAY if isinstance(value, str):
                return day(date.fromisoformat(value))
            case Kind.MOMENT if isinstance(value, str):
                return moment(read_instant(value))
    except (ValueError, OverflowError, TypeError):
        pass
    return _as_it_came(value)


def _as_it_came(value: Any) -> str:
    """Return whatever it is as a text: that of a day which could not be read is what was typed."""
    match value:
        case str():
            return value
        case Mapping() if all(isinstance(part, str) for part in value.values()):
            return " ".join(part for part in value.values() if part)
        case _:
            return json.dumps(value, ensure_ascii=False)
