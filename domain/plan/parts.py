"""A plan, its versions and its actions, as they are at one time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from schemas.plan import Done, NotDone, PlannedOutcome, State, Step, Superseded


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done to the plan of an interview's child. `no` orders the entries."""

    no: int
    interview_id: UUID
    step: Step
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """An approved outcome that an action comes from. `number` counts a record's outcomes from 1."""

    interview_id: UUID
    number: int
    outcome: PlannedOutcome
    told_on: date
    """The day of the conversation; where it is not known, that of the approval."""
    by: str
    """Who approved it."""

    @property
    def id(self) -> UUID:
        return action_id(self.interview_id, self.number)


@dataclass(frozen=True, slots=True)
class Closing:
    """How an action ended, by whom and when."""

    step: Done | NotDone | Superseded
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that will change for the child. `due_on`, `owner` and `measure` are those that hold now."""

    id: UUID
    what: str
    owner: str
    due_on: date | None
    measure: str
    sources: tuple[Source, ...]
    state: State = State.OPEN
    closing: Closing | None = None

    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def for_child(self) -> str | None:
        """How the child reads it; None for what is kept back, by any record that asked for it."""
        told = [source.outcome for source in self.sources]
        if any(outcome.kept_back for outcome in told):
            return None
        return next((outcome.for_child for outcome in told if outcome.for_child), self.what)

    def is_overdue(self, on: date) -> bool:
        """Whether it is still open after the day by which it was due."""
        return self.is_open() and self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True)
class Version:
    """The plan after one entry. `number` counts from 1; `review_on`: look at it again by this day."""

    number: int
    entry: Entry
    actions: tuple[Action, ...]
    review_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Every version that a plan ever had, the oldest first; without entries there is none."""

    versions: tuple[Version, ...] = ()

    @property
    def number(self) -> int:
        """Return the newest version's number; 0 where there is none."""
        return len(self.versions)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return the actions as they are now, in the order in which they entered."""
        return self.versions[-1].actions if self.versions else ()

    def find(self, id_: UUID) -> Action | None:
        """Return the action with an id, also when it is that of an outcome that joined it."""
        return next((each for each in self.actions if any(source.id == id_ for source in each.sources)), None)


def action_id(interview_id: UUID, number: int) -> UUID:
    """Return the id of the action that an outcome makes, or would make."""
    return uuid5(NAMESPACE, f"action/{interview_id}/{number}")
