"""The authority's directory of interviewers as a CSV file: read, and each thing that is wrong named by line.

One row tells of one person. Pure: no database, no clock.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from casework.csv_rows import NO_TEXT_FILE, text_of
from schemas.scalars import DAY
from schemas.staff import Hours, Leave, Role, StaffMember
from schemas.working_hours import read_working

REQUIRED: Final = ("id", "name")
COLUMNS: Final = (
    "id", "name", "email", "phone", "roles", "teams", "languages", "gender", "training", "employer",
    "involved_with", "working", "leave", "capacity", "gone_on",
)  # fmt: skip
LONGEST: Final = 200
_UNKEEPABLE: Final = re.compile("[\0-\x1f\x7f\ud800-\udfff]")
_EMAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PHONE: Final = re.compile(r"\+?[\d ()-]+", re.ASCII)
_PHONE_DIGITS: Final = range(7, 16)
_BRITISH_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_CAPACITY: Final = re.compile(r"\d{1,3}", re.ASCII)


class StaffProblem(NamedTuple):
    """What is wrong with a line, and how to mend it; `id` is whose line it is, if that is known."""

    line: int
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The people without a fault, and the faults by line."""

    people: tuple[StaffMember, ...]
    problems: tuple[StaffProblem, ...]


class _Row(NamedTuple):
    line: int
    values: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.values["id"]


def read_staff(lines: Iterable[str]) -> Sheet:
    """Return what a CSV file with a header says. Lines keep their ends; bad bytes are surrogate escapes."""
    problems: list[StaffProblem] = []
    people: list[tuple[_Row, StaffMember]] = []
    for read in _rows(lines):
        if isinstance(read, StaffProblem):
            problems.append(read)
            continue
        values, faults = _values(read)
        problems += faults
        if not faults:
            people.append((read, StaffMember.model_validate(values)))
    twice = list(_twice([row for row, _ in people]))
    named = {problem.id for problem in twice}
    return Sheet(
        tuple(person for _, person in people if person.id not in named), tuple(sorted((*problems, *twice)))
    )


def _rows(lines: Iterable[str]) -> Iterator[_Row | StaffProblem]:
    text = text_of(lines)
    if text is None:
        yield StaffProblem(1, "", NO_TEXT_FILE)
        return
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if wrong := _wrong_header(header):
            yield StaffProblem(1, "", wrong)
            return
        line = reader.line_num + 1
        for fields in reader:
            if any(field.strip() for field in fields):
                yield _row(line, header, fields)
            line = reader.line_num + 1
    except csv.Error as error:
        yield StaffProblem(line, "", f"is not CSV from here on ({error}): close its quotation marks")


def _wrong_header(header: Sequence[str]) -> str | None:
    if not header:
        return f"the file is empty: its first line names the columns {', '.join(COLUMNS)}"
    if len(header) == 1 and ";" in header[0]:
        return "separates its columns with semicolons: save the file with commas"
    unknown = [name for name in header if name not in COLUMNS]
    lacking = [name for name in REQUIRED if name not in header]
    if unknown:
        return f"the header has no column {', '.join(map(repr, unknown))}: use {', '.join(COLUMNS)}"
    if lacking:
        return f"the header lacks {' and '.join(lacking)}: add it"
    return "the header names a column twice: name each once" if len(set(header)) < len(header) else None


def _row(line: int, header: Sequence[str], fields: Sequence[str]) -> _Row | StaffProblem:
    if len(fields) != len(header):
        count = f"has {len(fields)} fields where the header has {len(header)}"
        return StaffProblem(line, "", f"{count}: put values that hold a comma in quotation marks")
    told = {name: field.strip() for name, field in zip(header, fields, strict=True)}
    return _Row(line, dict.fromkeys(COLUMNS, "") | told)


def _values(row: _Row) -> tuple[dict[str, Any], list[StaffProblem]]:
    """Return what the columns of a row say, and what is wrong with them."""
    values, faults = dict[str, Any](), list[StaffProblem]()
    for name, text in row.values.items():
        try:
            read = _read(name, text)
        except ValueError as error:
            faults.append(StaffProblem(row.line, row.id, f"{name}: {error}"))
        else:
            values |= {} if read is None else {name: read}
    return values, faults


def _read(name: str, text: str) -> Any:
    """Return what a column says; None for nothing, where what holds without it is meant.

    Raises:
        ValueError: it cannot be understood; with how to mend it.
    """
    if not text:
        if name in REQUIRED:
            raise ValueError("is lacking: fill it")
        return None
    if _UNKEEPABLE.search(text):
        raise ValueError("holds a character that is not text: save the file as CSV UTF-8")
    return _READ[name](text)


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters: shorten it")
    return " ".join(text.split())


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(_text(text)):
        raise ValueError(f"{text!r} is no e-mail address: write one such as s.patel@nottingham.example")
    return text


def _phone(text: str) -> str:
    digits = sum(map(str.isdigit, text))
    if not _PHONE.fullmatch(text) or digits not in _PHONE_DIGITS:
        raise ValueError(f"{text!r} is no telephone number: write one such as 07700 900123")
    return text


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(part) for part in text.split(";") if part.strip()))


def _lower(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.casefold() for part in _list(text)))


def _keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.replace(" ", "_") for part in _lower(text)))


def _roles(text: str) -> frozenset[Role]:
    known = {role.value for role in Role}
    if unknown := [part for part in _keys(text) if part not in known]:
        raise ValueError(f"{unknown[0]!r} is no role: use {', '.join(sorted(known))}")
    return frozenset(map(Role, _keys(text)))


def _leave(text: str) -> tuple[Leave, ...]:
    return tuple(sorted((_one_leave(part) for part in _list(text)), key=lambda leave: leave.from_on))


def _one_leave(part: str) -> Leave:
    first, until, last = part.partition("..")
    from_on = _day(first.strip())
    to_on = _day(last.strip()) if until else from_on
    if to_on < from_on:
        raise ValueError(f"{part!r} ends before it begins: correct one of its days")
    return Leave(from_on=from_on, to_on=to_on)


def _working(text: str) -> dict[int, Hours]:
    return read_working(text)


def _capacity(text: str) -> int:
    if not _CAPACITY.fullmatch(text):
        raise ValueError(f"{text!r} is no whole number from 0 to 999: say how many interviews at a time")
    return int(text)


def _day(text: str) -> date:
    """Return a day as ISO 8601 or as the British write it."""
    british = _BRITISH_DAY.fullmatch(text)
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} does not exist: correct the day") from error
    raise ValueError(f"{text!r} is not a day: write one such as 2026-12-22 or 22/12/2026")


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "id": _text,
    "name": _text,
    "email": _email,
    "phone": _phone,
    "roles": _roles,
    "teams": _list,
    "languages": _lower,
    "gender": lambda text: _text(text).casefold(),
    "training": _keys,
    "employer": _text,
    "involved_with": lambda text: frozenset(_list(text)),
    "working": _working,
    "leave": _leave,
    "capacity": _capacity,
    "gone_on": _day,
}


def _twice(rows: Sequence[_Row]) -> Iterator[StaffProblem]:
    """Yield every row whose id another row has too."""
    having: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        having[_text(row.id)].append(row)
    for id_, several in having.items():
        for row in several[1:]:
            yield StaffProblem(row.line, id_, f"id: is that of line {several[0].line} too: keep one")
