"""The authority's index of children as a CSV file: read, and each thing that is wrong in it named by line.

One row tells of one child, or of one period of a child's care; rows of one child carry the same
`authority_child_id`. Pure: no database, no clock.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from casework import csv_rows
from casework.csv_rows import NAME, NOT_TEXT, UNKEEPABLE
from casework.csv_rows import day as _day
from domain.marks import valid_nhs_number, valid_upn
from schemas.notification import ChildFacts

REQUIRED: Final = "authority_child_id"
FACTS: Final = (
    "nhs_number", "upn", "family_name", "given_names", "also_known_as", "date_of_birth", "sex", "ethnicity",
    "postcode", "address",
)  # fmt: skip
CARE: Final = ("legal_status", "placement", "social_worker")
COLUMNS: Final = (REQUIRED, *FACTS, *CARE, "from_on", "to_on")
ONE_VALUE: Final = ("nhs_number", "upn", "date_of_birth")
"""What cannot differ between the rows of one child."""


class RowProblem(NamedTuple):
    """What is wrong with a line, and how to mend it; `child` is the child of the line, if that is known."""

    line: int
    child: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class CarePeriod:
    """A child's legal status, placement and social worker from a day on."""

    from_on: date
    to_on: date | None
    legal_status: str | None
    placement: str | None
    social_worker: str | None


@dataclass(frozen=True, slots=True)
class IndexChild:
    """A child as the index has it; `line` is the first that tells of it."""

    authority_child_id: str
    facts: ChildFacts
    care: tuple[CarePeriod, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Index:
    """The children without a fault, the faults, and what was kept though nobody can be matched by it."""

    children: tuple[IndexChild, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[RowProblem, ...]


class _Row(NamedTuple):
    line: int
    values: Mapping[str, str]

    @property
    def child(self) -> str:
        return self.values[REQUIRED]


def read_index(lines: Iterable[str]) -> Index:
    """Return what a CSV file with a header says. Lines keep their ends; bad bytes are surrogate escapes."""
    problems: list[RowProblem] = []
    rows: dict[str, list[_Row]] = defaultdict(list)
    for read in _rows(lines):
        if isinstance(read, RowProblem):
            problems.append(read)
        else:
            problems += _faults(read)
            rows[read.child].append(read)
    problems += [fault for each in rows.values() for fault in _disagreements(each)]
    faulty = {problem.child for problem in problems}
    children = [_child(each) for id_, each in rows.items() if id_ not in faulty]
    shared = list(_shared(children))
    twice = {problem.child for problem in shared}
    return Index(
        tuple(child for child in children if child.authority_child_id not in twice),
        tuple(sorted((*problems, *shared))),
        tuple(note for child in children for note in _unmatchable(child)),
    )


def _rows(lines: Iterable[str]) -> Iterator[_Row | RowProblem]:
    for read in csv_rows.rows(lines, COLUMNS, REQUIRED):
        yield _Row(*read) if isinstance(read, csv_rows.Row) else RowProblem(read.line, "", read.message)


def _faults(row: _Row) -> Iterator[RowProblem]:
    """Yield what is wrong with a row by itself."""
    for name, value in row.values.items():
        if UNKEEPABLE.search(value):
            yield RowProblem(row.line, row.child, f"{name}: {NOT_TEXT}")
    try:
        NAME.validate_python(row.child)
    except ValidationError:
        yield RowProblem(row.line, row.child, f"{REQUIRED}: is lacking or too long: fill it")
    days = {name: row.values[name] for name in ("date_of_birth", "from_on", "to_on")}
    for name, text in days.items():
        if text and _day(text) is None:
            mend = "is not a day: write one such as 2011-07-02 or 02/07/2011"
            yield RowProblem(row.line, row.child, f"{name}: {mend}")
    yield from _care_faults(row, _day(days["from_on"]), _day(days["to_on"]))


def _care_faults(row: _Row, from_on: date | None, to_on: date | None) -> Iterator[RowProblem]:
    if not row.values["from_on"] and (row.values["to_on"] or any(row.values[name] for name in CARE)):
        yield RowProblem(row.line, row.child, "from_on: is lacking: give the day since when this is so")
    if from_on and to_on and to_on < from_on:
        yield RowProblem(row.line, row.child, f"to_on: {to_on} is before from_on {from_on}: correct one")


def _disagreements(rows: Sequence[_Row]) -> Iterator[RowProblem]:
    """Yield where rows of one child contradict each other."""
    for name in ONE_VALUE:
        told = [row for row in rows if row.values[name]]
        for row in told[1:]:
            if _spelt(row.values[name]) != _spelt(told[0].values[name]):
                yield RowProblem(
                    row.line, row.child, f"{name}: differs from line {told[0].line}: one child has one"
                )
    dated = sorted((from_on, row) for row in rows if (from_on := _day(row.values["from_on"])))
    for (start, before), (next_start, row) in pairwise(dated):
        ends_on = _day(before.values["to_on"])
        if start == next_start and _care_of(before) != _care_of(row):
            yield RowProblem(row.line, row.child, f"from_on: is that of line {before.line} too: correct one")
        elif ends_on and ends_on > next_start:
            mend = f"is before line {before.line} ends on {ends_on}: correct one"
            yield RowProblem(row.line, row.child, f"from_on: {mend}")


def _child(rows: Sequence[_Row]) -> IndexChild:
    """Return the child that these rows tell of; of each fact the latest row that has it counts."""
    ordered = sorted(rows, key=lambda row: (_day(row.values["from_on"]) or date.min, row.line))
    facts: dict[str, str] = {}
    for row in ordered:
        facts |= {name: row.values[name] for name in FACTS if row.values[name]}
    care = {period.from_on: period for row in ordered if (period := _care_of(row))}
    return IndexChild(
        rows[0].child, _facts(rows[0].child, facts), tuple(care.values()), min(row.line for row in rows)
    )


def _facts(authority_child_id: str, told: Mapping[str, str]) -> ChildFacts:
    address = {"lines": _parts(told.get("address"), "[,;\n]") or None, "postcode": told.get("postcode")}
    values: dict[str, Any] = {name: told.get(name) for name in FACTS if name not in {"postcode", "address"}}
    values |= {
        "authority_child_id": authority_child_id,
        "also_known_as": _parts(told.get("also_known_as"), "[;\n]") or None,
        "date_of_birth": _day(told.get("date_of_birth", "")),
        "home_address": address if any(address.values()) else None,
    }
    return ChildFacts.model_validate(values)


def _care_of(row: _Row) -> CarePeriod | None:
    from_on = _day(row.values["from_on"])
    if from_on is None:
        return None
    return CarePeriod(from_on, _day(row.values["to_on"]), *(row.values[name] or None for name in CARE))


def _shared(children: Sequence[IndexChild]) -> Iterator[RowProblem]:
    """Yield every child that has a valid identifier of another child in the file."""
    for name, valid in (("nhs_number", valid_nhs_number), ("upn", valid_upn)):
        having: dict[str, list[IndexChild]] = defaultdict(list)
        for child in children:
            if number := valid(getattr(child.facts, name)):
                having[number].append(child)
        for several in having.values():
            for child in several if len(several) > 1 else ():
                other = next(one for one in several if one is not child)
                mend = f"is that of {other.authority_child_id} in line {other.line} too: correct one"
                yield RowProblem(child.line, child.authority_child_id, f"{name}: {mend}")


def _unmatchable(child: IndexChild) -> Iterator[RowProblem]:
    for name, valid in (("nhs_number", valid_nhs_number), ("upn", valid_upn)):
        value = getattr(child.facts, name)
        if value and valid(value) is None:
            note = "has a wrong check digit: kept and shown, but nobody is matched by it"
            yield RowProblem(child.line, child.authority_child_id, f"{name}: {note}")


def _spelt(value: str) -> str:
    return str(_day(value) or "".join(filter(str.isalnum, value)).upper())


def _parts(text: str | None, separators: str) -> list[str]:
    return [part.strip() for part in re.split(separators, text or "") if part.strip()]
