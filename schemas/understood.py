"""What was understood of what a force sent: notifications, and drafts of such with holes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from schemas.notification import TYPE_PREFIX, VERSION
from schemas.reading import Problem
from schemas.words import Kind

NEEDS_TIME: Final = (Kind.UPDATED, Kind.CANCELLED)
"""What counts only after what it changes: without the time of telling, nobody knows which came first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One field: what was read, where, and what it was understood as; with a `doubt`, why it was not."""

    field: str
    read: str
    place: str
    understood: str | None = None
    doubt: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification that was understood whole, and where in the document it stands."""

    place: str
    event: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A notification with holes, for a person to fill beside the original; `reasons` name them."""

    place: str
    event: Mapping[str, Any]
    reasons: tuple[Problem, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """All that one document tells, in the words of the format of this name; None where none fits."""

    format: str | None
    notices: tuple[Notice, ...]
    drafts: tuple[Draft, ...]
    media: str
    shown: str
    """The document as text, for people."""

    @property
    def parts(self) -> tuple[Notice | Draft, ...]:
        """Return all of them, the notifications first."""
        return (*self.notices, *self.drafts)


def told_when_it_happened(event: Any) -> Any:
    """Return an event as told when it happened, where it has no `time` at all.

    A format that knows no time of telling leaves it out of a draft, so that one hole is not two.
    """
    match event:
        case {"type": told, "data": {"occurred_at": at}} if "time" not in event and told not in _NEED_TIME:
            return {**event, "time": at}
    return event


_NEED_TIME: Final = tuple(f"{TYPE_PREFIX}{kind}.v{VERSION}" for kind in NEEDS_TIME)
