"""People who work on interviews, as an authority's directory has them."""

from datetime import date, time
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """What somebody is in the ladder; declared from the nearest to the child upwards."""

    INTERVIEWER = "interviewer"
    TEAM_MANAGER = "team_manager"
    SERVICE_MANAGER = "service_manager"
    HEAD_OF_SERVICE = "head_of_service"
    DIRECTOR = "director"
    SENIOR_MANAGER = "senior_manager"
    """The named senior manager responsible for missing children (statutory guidance, 2014)."""


MANAGERS = frozenset(Role) - {Role.INTERVIEWER}
"""Who may allocate, authorise, send back and approve."""


class Hours(BaseModel):
    """Working hours of one day of the week, London time."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    begins: time
    ends: time


class Leave(BaseModel):
    """Days on which somebody does not work, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    from_on: date
    to_on: date


class StaffMember(BaseModel):
    """One person of the directory.

    `working` gives hours by weekday, `0` is Monday; a weekday that lacks is a day off. `involved_with` are
    the authority's own ids of children in whose care the person is involved. `capacity`: interviews at a
    time; null is no limit. `employer`: null is the authority itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    email: str | None = None
    phone: str | None = None
    roles: frozenset[Role] = frozenset({Role.INTERVIEWER})
    teams: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("english",)
    gender: str | None = None
    training: tuple[str, ...] = ()
    employer: str | None = None
    involved_with: frozenset[str] = frozenset()
    working: dict[int, Hours] = {}
    leave: tuple[Leave, ...] = ()
    capacity: int | None = None
    gone_on: date | None = None

    @property
    def is_manager(self) -> bool:
        return bool(self.roles & MANAGERS)

    def works_here_on(self, day: date) -> bool:
        """Whether the person is still with the authority on a day, on leave or not."""
        return self.gone_on is None or day < self.gone_on

    def is_on_leave(self, day: date) -> bool:
        return any(leave.from_on <= day <= leave.to_on for leave in self.leave)
