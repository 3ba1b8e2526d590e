"""Climbing: an alert that nobody answers in time, or that reaches nobody, goes one role up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from casework.alerts import Noted, reaches, surroundings, tell_of, write_down
from domain.ladder.tell import Around, Told, highest_role, next_role, tell
from schemas.ladder_policy import Audience
from schemas.policy import Policy
from store import alerts
from store.alerts import Alert, Delivery
from store.database import Transaction


async def climb(
    tx: Transaction, policy: Policy, interviewers: Mapping[UUID, str | None], as_of: datetime
) -> list[Alert]:
    """Tell the next role up, as far as the director; `tx` holds the authority's lock."""
    waiting = [one for one in await alerts.still_open(tx) if one.acknowledged_at is None]
    told = await alerts.told(tx, [one.id for one in waiting])
    stairs = _Stairs(policy, await surroundings(tx, policy, as_of), interviewers, as_of)
    lifted = [up for alert in waiting if (up := stairs.lift(alert, told[alert.id]))]
    await alerts.climb(tx, [alert for alert, _ in lifted])
    children = await alerts.children_of(tx, [alert.id for alert, _ in lifted])
    noted: list[Noted] = []
    for alert, people in lifted:
        role = highest_role(each.role for each in people)
        noted.append((alert, children.get(alert.id), "climbed", {"role": role}))
    await tell_of(tx, lifted, as_of)
    await write_down(tx, noted, as_of)
    return [alert for alert, _ in lifted]


@dataclass(frozen=True, slots=True)
class _Stairs:
    policy: Policy
    around: Around
    interviewers: Mapping[UUID, str | None]
    as_of: datetime

    def lift(self, alert: Alert, told: Sequence[Delivery]) -> tuple[Alert, tuple[Told, ...]] | None:
        """Return the alert a level up, and who is told there; None where it stays."""
        step = self.policy.ladder.step(alert.step)
        if step is None or not told:
            return None
        roles = {Audience(each.role) for each in told}
        of_top = [each for each in told if each.role == highest_role(roles)]
        late = self.as_of >= max(each.not_before for each in of_top) + step.answer_within
        above = next_role(roles)
        if above is None or not (late or not reaches(of_top)):
            return None
        interviewer = self.interviewers.get(alert.subject_id)
        people = tell(step, [above], self.around, interviewer, level=alert.level + 1)
        return replace(alert, level=max(each.level for each in people)), people
