"""All that is known of one child, for one line of time: what was told, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework import offering
from casework.offering import Answered
from casework.views.plans import Change, Version, changes_of, plan_of
from casework.views.timeline import InterviewStory, Timeline, timeline
from schemas.ladder_policy import DEADLINE
from schemas.policy import Policy
from store import decisions, staff
from store.database import Transaction
from store.decisions import Recorded
from store.views import alerts, interviews
from store.views.alerts import Alert
from store.views.children import Child
from store.views.interviews import Interview

MOST_ALERTS = 1000
IN_HAND = (*interviews.AWAITED, "held", "submitted")
"""Where an interview stands while somebody still has to do something for it."""
ATTEMPTS = frozenset({"attempted", "offered", "declined"})
"""What happens to an interview as somebody records what the child answered."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the line is made of. `names` are people of the directory by id, as far as they are in it."""

    story: Timeline
    plan: Sequence[tuple[Version, Sequence[Change]]]
    alerts: Sequence[Alert]
    decided: Sequence[Recorded]
    """What screeners decided about who the child is."""
    names: Mapping[str, str]
    answers: Sequence[Answered]
    """What the child answered by the link of the interview that is `next`, the latest first."""

    def name_of(self, person: str | None) -> str:
        """Return a person's name; who is not in the directory is named as they came."""
        return self.names.get(person or "", person or "")

    @property
    def next(self) -> Interview | None:
        """The interview with the soonest deadline for which somebody still has to do something."""
        told = _next(self.story)
        return told.interview if told else None

    @property
    def attempted_at(self) -> datetime | None:
        """When an attempt to offer that interview, or that the child declined, was recorded last."""
        told = _next(self.story)
        return max((one.at for one in told.history if one.event in ATTEMPTS), default=None) if told else None

    @property
    def open_alerts(self) -> Mapping[UUID | None, Sequence[Alert]]:
        """Alerts that are not over yet, by their interview."""
        found: dict[UUID | None, list[Alert]] = {}
        for alert in self.alerts:
            if alert.closed_at is None:
                found.setdefault(alert.interview_id, []).append(alert)
        return found


async def line(tx: Transaction, child: Child, policy: Policy, now: datetime) -> Line:
    """Return what happened around a child."""
    story = await timeline(tx, child, now)
    plan = await plan_of(tx, child.id, policy.plan)
    wanted = alerts.Wanted(about_holding=policy.ladder.of(*DEADLINE), now=now, child_id=child.id)
    raised = await alerts.listed(tx, wanted, None, MOST_ALERTS)
    decided = await decisions.about(tx, [child.id])
    by = [*(one.entry.by for one in plan.versions), *(one.by for one in decided)]
    people = await staff.found(tx, _people(story, raised, by))
    told = _next(story)
    return Line(
        story=story,
        plan=[(one, changes_of(plan, one.number - 1, one.number)) for one in plan.versions],
        alerts=raised,
        decided=decided,
        names={id_: found.name for id_, found in people.items()},
        answers=await offering.answers(tx, told.interview.id) if told else (),
    )


def _next(story: Timeline) -> InterviewStory | None:
    live = (told for chapter in story.chapters for told in chapter.interviews)
    return min((one for one in live if one.interview.status in IN_HAND), key=_urgency, default=None)


def _urgency(told: InterviewStory) -> tuple[bool, datetime]:
    """Return the order of interviews: first those that wait for the conversation, by deadline."""
    return told.interview.status not in interviews.AWAITED, told.interview.due_at


def _people(story: Timeline, raised: Iterable[Alert], others: Iterable[str]) -> set[str]:
    told = [one for chapter in story.chapters for one in chapter.interviews]
    named = (
        *(one.interview.interviewer for one in told),
        *(person for one in told for value in one.history for person in (value.by, value.interviewer)),
        *(alert.acknowledged_by for alert in raised),
        *others,
    )
    return {person for person in named if person}
