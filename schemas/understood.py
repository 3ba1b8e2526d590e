"""What was understood of what a force sent: notifications, and drafts of such with holes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.reading import Problem


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
