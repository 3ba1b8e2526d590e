"""Why what somebody asked for was not done. Nothing was changed then."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.reading import Problem


class Refusal(Exception):
    """Base: Unknown, NotAllowed, Conflict or BadInput. One sentence says what and how to mend it."""


class Unknown(Refusal):
    """There is no such thing, or it may not be seen."""


class NotAllowed(Refusal):
    """It cannot be done as things stand, or not by this person."""


class Conflict(Refusal):
    """It changed since the sender saw it, or the key was used for something else: look again."""


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that was done meanwhile: the command's name, and by whom, by name where it is known."""

    command: str
    by: str


class Stale(Conflict):
    """An interview changed since the sender saw it; `since` is what people did to it, oldest first."""

    def __init__(self, told: str, since: Sequence[Since]) -> None:
        self.since = tuple(since)
        super().__init__(told)


class BadInput(Refusal):
    """What was sent cannot be used; `problems` name each field and how to mend it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.field}: {each.message}" for each in self.problems))
