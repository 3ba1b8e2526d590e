"""A child's plan for tests of what is served: Amara's, from the interviews of two absences."""

from datetime import date, datetime, timedelta
from uuid import UUID

from casework.plans import enter_outcomes
from schemas.record import Account, InterviewRecord, Outcome
from store.database import Store
from tests.messages import NOTTINGHAM

MEDIATION = Outcome(
    what="Arrange mediation between Amara and her mum at the family centre",
    why="Amara says that she goes when Mum shouts about the phone.",
    owner="Ms Patel",
    due_on=date(2026, 4, 20),
    measure="Two weeks without a row.",
)
BUS = Outcome(
    what="Move Amara to the late bus",
    why="She is afraid at the square.",
    owner="Mr O’Neill",
    due_on=date(2026, 4, 3),
    measure="She takes it for two weeks.",
)
ACCOUNT = Account(
    before="I had a row with Mum about my phone. She shouted and I just went.",
    during="I sat at the square. I was afraid of the older boys there.",
    since="I want to see Nan more.",
)
RECORD = InterviewRecord(account=ACCOUNT, outcomes=(MEDIATION, BUS))


async def interview_of(store: Store, authority: str = NOTTINGHAM, place: int = 0) -> UUID:
    """Return the id of an interview of the authority's, the oldest deadline first."""
    async with store.transaction(authority) as tx:
        rows = await tx.all(
            "SELECT id FROM interviews WHERE authority = :authority ORDER BY due_at", authority=authority
        )
    found: UUID = rows[place].id
    return found


async def approved(
    store: Store, interview_id: UUID, now: datetime, record: InterviewRecord = RECORD, by: str = "K. Osei"
) -> None:
    """Carry a record's outcomes into the plan, as its approval does."""
    async with store.transaction(NOTTINGHAM, exclusive=True) as tx:
        await tx.run(
            "UPDATE interviews SET held_at = :held_at WHERE id = :id",
            held_at=now - timedelta(days=1),
            id=interview_id,
        )
        await enter_outcomes(tx, interview_id, record, by=by, now=now)
