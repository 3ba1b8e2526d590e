"""What has to be done next about a child's interview, and where this person may do it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.views.deadlines import hours_left
from casework.views.line import Line
from schemas.access import Duty
from store.views.interviews import Interview
from web import access
from web.pages import interview_steps
from web.pages.interview_answer import unrecorded

Duties = frozenset[Duty]
PLACES: Final = {
    "interview": "/interviews/{interview_id}",
    "card": "/interviews/{interview_id}/card",
    "board": "/board",
    "record": "/notifications/new",
    "plan": "/children/{child_id}/safety-plan",
    "childs_plan": "/children/{child_id}/plan",
    "split": "/screening/children/{child_id}/split",
    "restriction": "/children/{child_id}/restriction",
}
"""Pages to which a child's page leads."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do; `left` is None once nobody waits for the conversation any more."""

    interview: Interview
    title: str
    about: str
    left: float | None


def next_step(line: Line, now: datetime, duties: Duties) -> NextStep | None:
    """Return the most urgent thing that somebody still has to do about an interview of this child."""
    interview = line.next
    if interview is None:
        return None
    latest = unrecorded(line.answers, line.attempted_at)
    said = latest.answer.said if latest else None
    step = interview_steps.next_step(interview, now, duties, said=said)
    about = (
        f"{line.name_of(interview.interviewer)} has it. {step.about}" if interview.interviewer else step.about
    )
    return NextStep(interview, step.title, about, hours_left(interview.due_at, interview.status, now))


def ways(duties: Duties, to: str, **ids: object) -> str | None:
    """Return the address of a page; None where this person may not see it."""
    path = PLACES[to]
    return path.format(**ids) if access.may(duties, "GET", path) else None
