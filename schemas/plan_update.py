"""What another system is told of one approved interview: its outcomes, and the child's words they come from.

Ids and what was agreed, no names of the child: whoever reads it knows the child by the authority's own id.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from schemas.plan import PlannedOutcome
from schemas.scalars import AuthorityCode

Value = str | int | None


class PushedOutcome(BaseModel):
    """One outcome. `reference` is the same whenever it is told; `number` counts from 1 within its record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference: UUID
    number: int
    outcome: PlannedOutcome


class PlanUpdate(BaseModel):
    """One approved interview's outcomes. `key` is the same however often it is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: UUID
    authority: AuthorityCode
    interview_id: UUID
    episode_id: UUID
    child_id: UUID
    authority_child_id: str | None
    held_on: date | None
    approved_at: datetime
    decision: str
    outcomes: tuple[PushedOutcome, ...]

    @property
    def facts(self) -> dict[str, Value]:
        """Return what a template may name of the update itself, by `OF_UPDATE`."""
        return {
            "key": str(self.key),
            "authority": self.authority,
            "interview_id": str(self.interview_id),
            "episode_id": str(self.episode_id),
            "child_id": str(self.child_id),
            "authority_child_id": self.authority_child_id,
            "held_on": self.held_on.isoformat() if self.held_on else None,
            "approved_at": self.approved_at.isoformat(),
            "decision": self.decision,
        }

    def facts_of(self, pushed: PushedOutcome) -> dict[str, Value]:
        """Return what a template may name of one outcome and of the update around it."""
        outcome = pushed.outcome
        return self.facts | {
            "reference": str(pushed.reference),
            "number": pushed.number,
            "what": outcome.what,
            "why": outcome.why,
            "owner": outcome.owner,
            "due_on": outcome.due_on.isoformat() if outcome.due_on else None,
            "measure": outcome.measure,
            "child_said": "\n".join(passage.text for passage in outcome.words),
        }


OF_UPDATE: Final = (
    "key",
    "authority",
    "interview_id",
    "episode_id",
    "child_id",
    "authority_child_id",
    "held_on",
    "approved_at",
    "decision",
)
OF_OUTCOME: Final = ("reference", "number", "what", "why", "owner", "due_on", "measure", "child_said")
