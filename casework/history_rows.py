"""Past missing episodes as a CSV file: one row tells of one, with the interview that came after it.

Read, and each thing that is wrong named by line. Pure: no database; `now` is an argument.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid5

from pydantic import ValidationError

from casework import csv_rows
from casework.csv_moments import read_moment
from casework.csv_rows import NAME, NOT_TEXT, UNKEEPABLE, Row, day
from casework.index_rows import RowProblem
from domain.continuity import NAMESPACE
from domain.identity import normalise
from domain.imported import NOTHING, Past
from schemas.commands import Answer
from schemas.words import Category, MissingFrom, RiskLevel, Stage

REQUIRED: Final = "missing_at"
OWN: Final = "authority_child_id"
NAMED: Final = ("family_name", "given_names", "date_of_birth", "postcode")
"""What together says who a child is without the authority's own number."""
FACTS: Final = ("category", "risk_level", "missing_from")
INTERVIEW: Final = ("offered_at", "answer", "held_at", "held_by", "closed_as", "closed_at", "reason")
COLUMNS: Final = (
    OWN, *NAMED, "reference", "force", REQUIRED, "located_at", "returned_at", *FACTS, *INTERVIEW,
)  # fmt: skip
MOMENTS: Final = tuple(name for name in COLUMNS if name.endswith("_at"))
LONGEST: Final = 4000
FORCE: Final = re.compile(r"urn:police:\S+")
"""A force as its notifications and the policy name it; any other name would never meet what it tells."""


class ClosedAs(StrEnum):
    """How an interview ended in the former system."""

    HELD = "held"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"


WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "category": Category,
    "risk_level": RiskLevel,
    "missing_from": MissingFrom,
    "answer": Answer,
    "closed_as": ClosedAs,
}
ORDER: Final = (
    ("located_at", REQUIRED),
    ("returned_at", REQUIRED),
    ("returned_at", "located_at"),
    ("offered_at", "returned_at"),
    ("held_at", "returned_at"),
    ("held_at", "offered_at"),
    ("closed_at", "returned_at"),
)
"""What cannot lie before what."""
NEEDS: Final = (
    ("force", "reference", "is lacking, though the force is named: give the force's own reference"),
    ("answer", "offered_at", "is lacking, though an answer is given: say when it was offered"),
    ("held_by", "held_at", "is lacking, though it says who held it: say when"),
    ("reason", "closed_as", "is lacking, though a reason is given: write declined or not_possible"),
)
"""What cannot stand there without what, and what is said of the latter."""


@dataclass(frozen=True, slots=True)
class PastEpisode:
    """One row. `child` are facts as a notification has them, `facts` those of the absence.

    `id` is what the row is known by: the child, the reference, and when the child went missing.
    """

    line: int
    id: str
    child_key: str
    """Who it is, as far as the file says."""
    child: Mapping[str, Any]
    reference: str
    force: str
    missing_at: datetime
    located_at: datetime | None
    returned_at: datetime | None
    facts: Mapping[str, str]
    interview: Past
    told: Mapping[str, str] = field(repr=False)
    """What the columns of the interview say, as they were written."""

    @property
    def tells_of_interview(self) -> bool:
        return self.interview != NOTHING


@dataclass(frozen=True, slots=True)
class PastFile:
    """The rows without a fault, and the faults by line."""

    rows: tuple[PastEpisode, ...]
    problems: tuple[RowProblem, ...]


def read_history(lines: Iterable[str], now: datetime) -> PastFile:
    """Return what a CSV file with a header says. Lines keep their ends; bad bytes are surrogate escapes."""
    episodes: list[PastEpisode] = []
    problems: list[RowProblem] = []
    for row in csv_rows.rows(lines, COLUMNS, REQUIRED):
        if not isinstance(row, Row):
            problems.append(RowProblem(row.line, "", row.message))
            continue
        moments, faults = _moments(row)
        faults += [*_of_child(row), *_of_words(row), *_of_order(moments, now), *_of_needs(row, moments)]
        problems += [RowProblem(row.line, row.values[OWN], fault) for fault in faults]
        if not faults:
            episodes.append(_episode(row, moments))
    return PastFile(tuple(episodes), tuple(sorted(problems)))


def _moments(row: Row) -> tuple[dict[str, datetime], list[str]]:
    moments, faults = dict[str, datetime](), list[str]()
    for name in MOMENTS:
        try:
            if text := row.values[name]:
                moments[name] = read_moment(text)
        except ValueError as error:
            faults.append(f"{name}: {error}")
    if not row.values[REQUIRED]:
        faults.append(f"{REQUIRED}: is lacking: say since when the child was missing")
    return moments, faults


def _of_child(row: Row) -> Iterator[str]:
    told = row.values
    yield from (f"{name}: {NOT_TEXT}" for name, value in told.items() if UNKEEPABLE.search(value))
    if not told[OWN] and not all(told[name] for name in NAMED):
        yield f"{OWN}: is lacking: give it, or {', '.join(NAMED[:-1])} and {NAMED[-1]}"
    if told["date_of_birth"] and day(told["date_of_birth"]) is None:
        yield "date_of_birth: is not a day: write one such as 2011-07-02 or 02/07/2011"


def _of_words(row: Row) -> Iterator[str]:
    for name, words in WORDS.items():
        if row.values[name] and _word(row.values[name]) not in set(words):
            yield f"{name}: is not one of {', '.join(words)}: use one of these, or leave it empty"
    for name in (OWN, "reference", "force", "held_by"):
        try:
            NAME.validate_python(row.values[name] or "-")
        except ValidationError:
            yield f"{name}: is too long or of several lines: shorten it"
    if len(row.values["reason"]) > LONGEST:
        yield f"reason: is longer than {LONGEST:,} characters: shorten it"
    if row.values["force"] and not FORCE.fullmatch(row.values["force"]):
        yield "force: is no name of a force: write one such as urn:police:nottinghamshire, or leave it empty"


def _of_order(moments: Mapping[str, datetime], now: datetime) -> Iterator[str]:
    for later, earlier in ORDER:
        if later in moments and earlier in moments and moments[later] < moments[earlier]:
            yield f"{later}: lies before {earlier}: correct one of them"
    yield from (f"{name}: lies in the future: correct it" for name, at in moments.items() if at > now)


def _of_needs(row: Row, moments: Mapping[str, datetime]) -> Iterator[str]:
    told = row.values
    for name, other, what in NEEDS:
        if told[name] and not told[other]:
            yield f"{other}: {what}"
    if any(told[name] for name in INTERVIEW) and not (told["returned_at"] or told["located_at"]):
        yield "returned_at: is lacking, though there was an interview: say when the child was back"
    closed = _word(told["closed_as"])
    if closed and (closed == ClosedAs.HELD) != ("held_at" in moments):
        yield f"closed_as: is {closed}, but held_at says otherwise: correct one of them"


def _episode(row: Row, moments: Mapping[str, datetime]) -> PastEpisode:
    told = row.values
    named = (normalise(told[name]) for name in NAMED)
    who = told[OWN] or "|".join(named)
    cause = "/".join((who, told["force"], told["reference"], moments[REQUIRED].isoformat()))
    return PastEpisode(
        line=row.line,
        id=uuid5(NAMESPACE, f"history/{cause}").hex,
        child_key=who,
        child=_child(told),
        reference=told["reference"],
        force=told["force"],
        missing_at=moments[REQUIRED],
        located_at=moments.get("located_at"),
        returned_at=moments.get("returned_at"),
        facts={name: _word(told[name]) for name in FACTS if told[name]},
        interview=_past(told, moments),
        told={name: told[name] for name in (OWN, *NAMED, *INTERVIEW)},
    )


def _child(told: Mapping[str, str]) -> dict[str, Any]:
    born: date | None = day(told["date_of_birth"])
    facts: dict[str, Any] = {name: told[name] for name in (OWN, *NAMED[:2]) if told[name]}
    facts |= {"date_of_birth": born.isoformat()} if born else {}
    return facts | ({"home_address": {"postcode": told["postcode"]}} if told["postcode"] else {})


def _past(told: Mapping[str, str], moments: Mapping[str, datetime]) -> Past:
    answer, closed = _word(told["answer"]), _word(told["closed_as"])
    return Past(
        attempted_at=moments.get("offered_at"),
        offered_at=None if answer == Answer.NOT_REACHED else moments.get("offered_at"),
        accepted={Answer.ACCEPTED.value: True, Answer.DECLINED.value: False}.get(answer),
        held_at=moments.get("held_at"),
        held_by=told["held_by"] or None,
        closed_as=Stage(closed) if closed and closed != ClosedAs.HELD else None,
        closed_at=moments.get("closed_at"),
        reason=told["reason"] or None,
    )


def _word(text: str) -> str:
    """Return one of our words as it is written here: `Not possible` is `not_possible`."""
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
