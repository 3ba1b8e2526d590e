"""People of a directory and interviews to be held, for the tests of allocation."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.allocation.facts import Need
from schemas.allocation_policy import AllocationPolicy
from schemas.staff import StaffMember
from schemas.working_hours import read_working
from tests.messages import NOTTINGHAM

POLICY = AllocationPolicy()
MONDAY = datetime(2026, 3, 23, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 26, 9, 0, tzinfo=UTC)
HERE = NOTTINGHAM
WEEKDAYS = "Mon-Fri 09:00-17:00"
_NAMES = UUID("5f1c36f4-0a8b-4a3f-9a35-3c38f61d3d31")


def member(id: str = "ania", working: str = WEEKDAYS, **facts: Any) -> StaffMember:  # noqa: A002 - as in the directory
    """Return a trained interviewer of an organisation beside the authority."""
    told = {
        "name": f"{id.title()} Kowalska",
        "training": ("return_interview",),
        "employer": "Trent Youth Advocacy",
        "working": read_working(working),
    }
    return StaffMember(id=id, **(told | facts))


def need(name: str = "amara", due_at: datetime = THURSDAY, **facts: Any) -> Need:
    """Return an interview that somebody has to hold."""
    return Need(uuid5(_NAMES, name), due_at, **facts)
