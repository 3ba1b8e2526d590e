"""Approved outcomes as they are pushed, for tests."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from schemas.plan import Passage, PlannedOutcome, When
from schemas.plan_update import PlanUpdate, PushedOutcome

INTERVIEW = UUID("5d1b8a3e-0000-4000-8000-000000000001")
APPROVED_AT = datetime(2026, 4, 2, 15, 20, tzinfo=UTC)
PATH = "/children/C-100482/plan"
OUTCOME = PlannedOutcome(
    what="Amara sees her nan at Bulwell every Saturday, and Joy takes her there by tram",
    why="She went to her nan because visits had stopped",
    owner="Joy Adeyemi, key worker",
    due_on=date(2026, 4, 11),
    measure="Four Saturdays kept by 9 May",
    words=(Passage(when=When.BEFORE, text="nobody takes me to my nan's no more", because=("nan",)),),
)
SECOND = OUTCOME.model_copy(
    update={"what": "A phone call to nan each Wednesday", "due_on": None, "words": ()}
)


def update(*outcomes: PlannedOutcome, interview: UUID = INTERVIEW, **told: Any) -> PlanUpdate:
    """Return the update of an interview with these outcomes; of the two above without any."""
    facts: dict[str, Any] = {
        "key": uuid5(interview, "push"),
        "authority": "E06000018",
        "interview_id": interview,
        "episode_id": UUID("5d1b8a3e-0000-4000-8000-0000000000e1"),
        "child_id": UUID("5d1b8a3e-0000-4000-8000-0000000000c1"),
        "authority_child_id": "C-100482",
        "held_on": date(2026, 3, 31),
        "approved_at": APPROVED_AT,
        "decision": "Agreed; I look at it on 9 May.",
        "outcomes": tuple(
            PushedOutcome(reference=uuid5(interview, str(number)), number=number, outcome=outcome)
            for number, outcome in enumerate(outcomes or (OUTCOME, SECOND), start=1)
        ),
    }
    return PlanUpdate(**(facts | told))
