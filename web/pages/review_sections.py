"""A record section by section, with what an earlier one says of the same and what the gate says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.views.managers_review import HandedIn, Judged, Review
from web.record.question import Section
from web.record.sections import ASKED
from web.record.showing import Line, lines_of


@dataclass(frozen=True, slots=True)
class Read:
    """One section: its answers now and before, and the findings. `copied`: one says that it is alike."""

    name: str
    title: str
    now: Sequence[Line]
    before: Sequence[Line]
    findings: Sequence[Judged]

    @property
    def copied(self) -> bool:
        return any(each.copied_from for each in self.findings)


def sections_of(review: Review, beside: HandedIn | None) -> list[Read]:
    """Return every section of a record."""
    record = review.record.model_dump(mode="json")
    before: Mapping[str, Any] = beside.record if beside else {}
    return [
        Read(
            name=name,
            title=section.title,
            now=_lines(section, record),
            before=_lines(section, before),
            findings=review.findings.get(name, ()),
        )
        for name, section in ASKED.items()
    ]


def beside_of(others: Sequence[HandedIn], chosen: str) -> HandedIn | None:
    """Return the record to be read beside: the one that was chosen, else the latest; or none."""
    if chosen == "none":
        return None
    return next((each for each in others if _is(each.interview_id, chosen)), next(iter(others), None))


def _is(id_: UUID, chosen: str) -> bool:
    return str(id_) == chosen


def _lines(section: Section, record: Mapping[str, Any]) -> list[Line]:
    return lines_of(section, record[section.name]) if section.name in record else []
