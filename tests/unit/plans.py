"""Entries of a plan as tests write them: Amara's, of the spring of 2026."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.plan.parts import Action, Entry, Plan
from schemas.plan import Outcomes, PlannedOutcome, Step

MARCH = datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (101, 102, 103))
MEDIATION = "Arrange mediation between Amara and her mum at the family centre"
MEDIATION_AGAIN = "Mediation for Amara and Mum at the family centre, to be arranged"
BUS = "Move Amara to the late bus"


def outcome(what: str, owner: str = "Ms Patel", due_on: date | None = date(2026, 3, 20)) -> PlannedOutcome:
    return PlannedOutcome(
        what=what, why="Mum shouts.", owner=owner, due_on=due_on, measure="Amara says that it is calmer."
    )


def outcomes(no: int, interview_id: UUID, *found: PlannedOutcome, days: int | None = None) -> Entry:
    """Return an approved record's outcomes, entered `days` after 3 March 2026, the day of conversation."""
    at = MARCH + DAY * (no if days is None else days)
    return Entry(no, interview_id, Outcomes(held_on=at.date(), outcomes=found), "K. Osei", at)


def step(no: int, told: Step, interview_id: UUID = FIRST) -> Entry:
    return Entry(no, interview_id, told, "Ms Patel", MARCH + DAY * no)


def only(plan: Plan) -> Action:
    """Return the only action of a plan."""
    (action,) = plan.actions
    return action
