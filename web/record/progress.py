"""How far a section is: what is asked and answered, not how well (that is the quality gate's to say)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from web.record.filling import is_blank
from web.record.question import Asked, Entries, Section


class Progress(StrEnum):
    """Where one section stands."""

    NOT_BEGUN = "not begun"
    BEGUN = "begun"
    COMPLETE = "complete"


def progress_of(section: Section, value: Any) -> Progress:
    """Return how far a section of the record is."""
    told: Mapping[str, Any] = {section.name: value} if section.is_list else value
    answered = {each.name for each in section.asked if _is_answered(each, told.get(each.name))}
    if not answered:
        return Progress.NOT_BEGUN
    lacking = [alternatives for alternatives in section.needs if not answered & set(alternatives)]
    return Progress.BEGUN if lacking else Progress.COMPLETE


def _is_answered(asked: Asked, value: Any) -> bool:
    return bool(value) if isinstance(asked, Entries) else not is_blank(asked, value)
