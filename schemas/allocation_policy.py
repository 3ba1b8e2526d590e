"""Who may hold an interview, and how a choice among them is ranked."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from schemas.scalars import Name
from schemas.section import Section
from schemas.staff import Hours
from schemas.working_hours import read_working


def _read_working(value: Any) -> Any:
    return read_working(value) if isinstance(value, str) else value


Points = Annotated[float, Field(ge=0, le=1000)]
Week = Annotated[
    dict[int, Hours], BeforeValidator(_read_working, json_schema_input_type=str), Field(min_length=1)
]
"""Working hours by weekday, told as text such as `Mon-Fri 09:00-17:00`."""


class Weights(Section):
    """How many points each thing is worth among those who may hold an interview.

    The child's own choice has none: it stands above every sum of points.
    """

    continuity: Points = 30
    """For each of up to two earlier interviews with this child that led to an approved record."""
    language: Points = 25
    """For speaking the child's language."""
    gender: Points = 20
    """For being of the gender that the child asked for."""
    hours: Points = 20
    """For time enough to work before the deadline; less time is worth its share."""
    load: Points = 5
    """Taken off for each interview in the person's hands."""


class AllocationPolicy(Section):
    """Who may hold an interview, and how a choice among them is ranked."""

    training: tuple[Name, ...] = ("return_interview",)
    """What an interviewer must have been trained in, as the directory's `training` has it."""
    in_care: tuple[Name, ...] = (
        "C1", "C2", "D1", "E1", "V2", "V3", "V4", "J1", "J2", "J3", "L1", "L2", "L3",
        "care order", "placement order", "section 20", "looked after",
    )  # fmt: skip
    """A child whose legal status has one of these words is in care. The codes are those of the SSDA903."""
    weights: Weights = Weights()
    working: Week = read_working("Mon-Fri 09:00-17:00")
    """The hours of whoever's own are not in the directory, London time."""
    hours_each: Annotated[float, Field(gt=0, le=8)] = 3
    """Working hours that one interview takes, with the way there and the record."""
    hours_enough: Annotated[float, Field(gt=0, le=100)] = 16
    """Working hours before the deadline beyond which more make nobody better placed."""
    late_days: Annotated[int, Field(ge=0, le=60)] = 14
    """How far ahead a suggestion looks for time when nobody has any before the deadline."""
