"""What a child's safety plan is made of: the steps that people take, each of which makes one version."""

from enum import StrEnum
from typing import Annotated, ClassVar, Final
from uuid import UUID

from pydantic import Field, model_validator

from schemas.prose import Line, Part, Prose, Reason
from schemas.record import Outcome
from schemas.scalars import Day, Name


class State(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    SUPERSEDED = "superseded"


class When(StrEnum):
    """The part of the account in which the child said something."""

    BEFORE = "before"
    DURING = "during"
    SINCE = "since"


class Passage(Part):
    """Something that the child said, word for word. `because`: what it shares with the outcome."""

    when: When
    text: Prose
    because: tuple[Prose, ...]


class PlannedOutcome(Outcome):
    """An outcome of an approved record, with the child's words that it comes from."""

    words: tuple[Passage, ...] = ()


class By(Part):
    """On whose word something is done: a name, since not everybody who helps a child is in the directory."""

    by: Name


class Step(Part):
    """What somebody did to a plan; `kind` is the name under which it is kept."""

    kind: ClassVar[str]


class Outcomes(Step):
    """An approved record's outcomes enter the plan. `held_on`: the day of the conversation, in London."""

    kind = "outcomes"
    held_on: Day | None = None
    outcomes: Annotated[tuple[PlannedOutcome, ...], Field(min_length=1)]


class Reviewed(Step):
    """Somebody looked at the whole plan."""

    kind = "reviewed"
    note: Reason


class OnAction(Step):
    """What somebody did to one action."""

    action: UUID


class Done(OnAction):
    """It was done, and this was seen."""

    kind = "done"
    seen: Reason


class NotDone(OnAction):
    """It will not be done."""

    kind = "not_done"
    reason: Reason


class Superseded(OnAction):
    """Another action takes its place."""

    kind = "superseded"
    superseded_by: UUID
    reason: Reason

    @model_validator(mode="after")
    def _by_another(self) -> "Superseded":
        if self.superseded_by == self.action:
            raise ValueError("an action cannot take its own place: name the other one in superseded_by")
        return self


class Revised(OnAction):
    """Somebody else does it, or by another day."""

    kind = "revised"
    owner: Line = ""
    due_on: Day | None = None
    reason: Reason

    @model_validator(mode="after")
    def _something(self) -> "Revised":
        if not self.owner and self.due_on is None:
            raise ValueError("changes nothing: give an owner or due_on")
        return self


STEPS: Final[tuple[type[Step], ...]] = (Outcomes, Done, NotDone, Superseded, Revised, Reviewed)
BY_KIND: Final = {step.kind: step for step in STEPS}
