"""A worker's own page: which interviews are theirs, how long there is, and what to do next about each."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casework.views.deadlines import hours_left
from casework.views.my_interviews import LATELY, Group, my_interviews_of
from schemas.childs_answer import Said
from store.views.my_interviews import Mine
from web.pages.interview_answer import SAID
from web.pages.interview_steps import Step, next_step
from web.pages.reading import Visiting
from web.pages.rendering import page

router = APIRouter(include_in_schema=False)
HEADINGS = {
    Group.OVERDUE: "Overdue",
    Group.TODAY: "Today",
    Group.SENT_BACK: "Sent back to you",
    Group.TO_WRITE: "Held, and the record is still to write",
    Group.LATER: "Later",
    Group.APPROVAL: "With the manager",
    Group.FINISHED: "Finished in the last 7 days",
}
TO_DO = (Group.OVERDUE, Group.TODAY, Group.SENT_BACK, Group.TO_WRITE)
"""What is to be done now; it is counted at the top."""


@router.get("/my-interviews")
async def shown(request: Request, visit: Visiting) -> HTMLResponse:
    """Show the interviews of whoever is signed in, what is late first."""
    who, now = visit.who, visit.now
    groups = await my_interviews_of(visit.tx, who.staff_id, now) if who.staff_id else {}

    def step_of(one: Mine) -> Step:
        return next_step(one, now, who.duties, begun=one.begun, said=_said(one))

    return page(
        request,
        "my_interviews/my_interviews.html",
        now=now,
        known=who.staff_id is not None,
        groups=[(group, HEADINGS[group], rows) for group, rows in groups.items() if rows],
        counts=[(group, HEADINGS[group], len(groups.get(group, ()))) for group in TO_DO],
        lately_days=LATELY.days,
        left_of=lambda one: hours_left(one.due_at, one.status, now),
        step_of=step_of,
        SAID=SAID,
    )


def _said(one: Mine) -> Said | None:
    """Return what the child answered by the link, as long as nobody has recorded it."""
    return Said(one.said) if one.said and not one.recorded else None
