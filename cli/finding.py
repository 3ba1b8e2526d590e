"""One thing that `homeward doctor` looked at, and what it found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Well; worth knowing; or something that has to be mended."""

    OK = "ok"
    NOTE = "note"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one subject; `mend` says what to do, unless all is well."""

    state: State
    subject: str
    told: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.state:<5} {self.subject}: {self.told}{f' → {self.mend}' if self.mend else ''}"


def ok(subject: str, told: str) -> Finding:
    """Return that all is well."""
    return Finding(State.OK, subject, told)


def note(subject: str, told: str, mend: str = "") -> Finding:
    """Return something worth knowing, that is no fault."""
    return Finding(State.NOTE, subject, told, mend)


def fail(subject: str, told: str, mend: str) -> Finding:
    """Return something that has to be mended, and how."""
    return Finding(State.FAIL, subject, told, mend)
