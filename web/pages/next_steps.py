"""What has to be done next about a child's interview, and where this person may do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.views.deadlines import hours_left
from casework.views.line import Line
from schemas.access import Duty
from store.views.interviews import Interview
from web import access
from web.pages.times import moment

Duties = frozenset[Duty]
PLACES: Final = {
    "interview": "/interviews/{interview_id}",
    "card": "/interviews/{interview_id}/card",
    "board": "/board",
    "record": "/notifications/new",
    "plan": "/children/{child_id}/safety-plan",
    "childs_plan": "/children/{child_id}/plan",
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


def next_step(line: Line, now: datetime) -> NextStep | None:
    """Return the most urgent thing that somebody still has to do about an interview of this child."""
    interview = line.next
    if interview is None:
        return None
    title, about = STEPS[interview.status](interview, line.name_of(interview.interviewer))
    return NextStep(interview, title, about, hours_left(interview.due_at, interview.status, now))


def ways(duties: Duties, to: str, **ids: object) -> str | None:
    """Return the address of a page; None where this person may not see it."""
    path = PLACES[to]
    return path.format(**ids) if access.may(duties, "GET", path) else None


def _offered(interview: Interview, who: str) -> tuple[str, str]:
    if interview.accepted is None:
        return (
            "Ask again whether the child wants the interview",
            f"It was offered by {who}, without an answer yet.",
        )
    if not interview.accepted:
        return "Write down that the child declined, or offer it again", f"The child said no to {who}."
    return "Agree a time and a place", f"The child said yes to {who}."


def _arranged(interview: Interview, who: str) -> tuple[str, str]:
    where = f", {interview.place}" if interview.place else ""
    when = moment(interview.arranged_for) if interview.arranged_for else "a time not told"
    return "Hold the interview", f"{who} agreed on {when}{where}."


STEPS: Final[Mapping[str, Callable[[Interview, str], tuple[str, str]]]] = {
    "due": lambda _, __: ("Give the interview to somebody", "Nobody has it yet."),
    "allocated": lambda _, who: ("Offer the interview", f"{who} has it. The child was not asked yet."),
    "offered": _offered,
    "arranged": _arranged,
    "held": lambda one, who: (
        "Write the record and hand it in",
        f"{who} held the interview."
        + (" The record was sent back to be mended." if one.sent_back_at else ""),
    ),
    "submitted": lambda _, who: (
        "Approve the record, or send it back",
        f"{who} handed the record in. A manager decides on it.",
    ),
}
