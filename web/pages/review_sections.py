"""A record section by section, with what an earlier one says of the same and what the gate says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.views.managers_review import HandedIn, Judged, Review
from web.record.question import Section
from web.record.sections import ASKED
from web.record.showing import Line, lines_of

NOTHING = "none"
"""What is chosen where no other record is to stand beside."""


@dataclass(frozen=True, slots=True)
class Read:
    """One section: its answers now and before, and the findings. `copied`: one says that it is alike."""

    name: str
    title: str
    now: Sequence[Line]
    before: Sequence[Line]
    findings: Sequence["Told"]

    @property
    def copied(self) -> bool:
        return any(each.copied_from for each in self.findings)


@dataclass(frozen=True, slots=True)
class Told:
    """Findings that say the same of several places, as one; `words` are those that they are about."""

    asks: str
    blocks: bool
    answer: str | None
    copied_from: UUID | None
    of_child: bool
    words: Sequence[str]


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
            findings=_together(review.findings.get(name, ())),
        )
        for name, section in ASKED.items()
    ]


def _together(findings: Sequence[Judged]) -> list[Told]:
    """Return the findings of a section, alike ones as one; those that block come first, as they came."""
    alike: dict[tuple[str, bool, str | None, UUID | None, bool], list[str]] = {}
    for each in findings:
        key = (each.asks, each.blocks, each.answer, each.copied_from, each.of_child)
        alike.setdefault(key, []).append(each.words)
    return [Told(*key, [one for one in words if one]) for key, words in alike.items()]


def beside_of(others: Sequence[HandedIn], chosen: str) -> HandedIn | None:
    """Return the record to be read beside: the one that was chosen, else the latest; or none."""
    if chosen == NOTHING:
        return None
    return next((each for each in others if _is(each.interview_id, chosen)), next(iter(others), None))


def _is(id_: UUID, chosen: str) -> bool:
    return str(id_) == chosen


def _lines(section: Section, record: Mapping[str, Any]) -> list[Line]:
    return lines_of(section, record[section.name]) if section.name in record else []
