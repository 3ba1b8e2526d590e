"""One interview: how long there is and why, who has it, what to do next, what was done, who was told."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from casework import invitation, offering
from casework.offering import Answered
from casework.views import interview as views
from casework.views.deadlines import hours_left
from casework.views.interview import Clock, Story
from schemas.words import Kind, Stage
from web import access
from web.pages.command_words import ACTS, DONE
from web.pages.interview_alarms import people_told
from web.pages.interview_answer import SAID, answer_facts, to_whom_was_asked_for, unrecorded
from web.pages.interview_history import history
from web.pages.interview_steps import Step, next_step
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.seeing import see
from web.pages.terms import force

router = APIRouter(include_in_schema=False)
ELSEWHERE = {
    "allocate": "/interviews/{interview_id}/allocate",
    "reallocate": "/interviews/{interview_id}/allocate",
    "submit": "/interviews/{interview_id}/record",
    "send-back": "/interviews/{interview_id}/review",
    "approve": "/interviews/{interview_id}/review",
}
"""Commands that have a page of their own; every other one has a form."""
FORM = "/interviews/{interview_id}/do/{command}"
ANSWERING = frozenset({"offer", "decline"})
"""Commands by which what the child answered is recorded."""
RECORDED = frozenset({Stage.HELD, Stage.SUBMITTED, Stage.APPROVED})


@router.get("/interviews/{interview_id}")
async def shown(
    request: Request, visit: Visiting, interview_id: UUID, done: Annotated[str, Query()] = ""
) -> HTMLResponse:
    """Show one interview; `done` is what was just recorded of it."""
    tx, now, who = visit.tx, visit.now, visit.who
    story = await views.story(tx, interview_id, who.staff_id, await visit.here.policy(tx), now)
    await see(visit, story.child.id, "interview")
    own = story.interview
    answers = await offering.answers(tx, interview_id)
    return page(
        request,
        "interview/interview.html",
        now=now,
        story=story,
        own=own,
        done=DONE.get(done, ""),
        left=hours_left(own.due_at, own.status, now),
        step=_step(visit, story, answers),
        is_late=_is_late(story),
        told=_told(story.clock),
        entries=history(story),
        acts=[(_act(name, own.status), address) for name, address in _acts(visit, story) if address],
        for_managers=[ACTS[name] for name in story.can.by_managers],
        answers=answers,
        wished=to_whom_was_asked_for(interview_id, answers)
        if access.may(who.duties, "GET", "/interviews/{interview_id}/allocate")
        else None,
        answer_facts=answer_facts,
        SAID=SAID,
        people_told=people_told,
        links=_links(visit, story),
        ways_back=_ways_back(visit),
        person=lambda id_: story.names.get(id_, id_),
    )


@router.get("/interviews/{interview_id}/invitation.ics")
async def invited(request: Request, visit: Visiting, interview_id: UUID) -> Response:
    """Give the agreed time as a calendar has it, without a word of who the child is."""
    slot = await invitation.slot_of(visit.tx, interview_id)
    link = f"{request.base_url}interviews/{slot.interview_id}"
    return Response(
        invitation.calendar_of(slot, link, visit.now),
        media_type=f"text/calendar; charset=utf-8; method={slot.method}",
        headers={"Content-Disposition": 'attachment; filename="return-home-interview.ics"'},
    )


def _step(visit: Visit, story: Story, answers: Sequence[Answered]) -> Step:
    if story.can.instead:
        about = "What is done to that one is done to this one too."
        return Step("Go to the interview that covers it", f"/interviews/{story.can.instead}", about)
    if story.record_is_elsewhere:
        return Step("Nothing more to do", about="It was imported: its record is in the former system.")
    since = max((each.given.at for each in story.deeds if each.given.name in ANSWERING), default=None)
    latest = unrecorded(answers, since)
    said = latest.answer.said if latest else None
    return next_step(story.interview, visit.now, visit.who.duties, said=said)


def _is_late(story: Story) -> bool:
    """Whether it was held after its deadline, or somebody still has to answer for what is late."""
    own = story.interview
    late = own.held_at is not None and own.held_at > own.due_at
    return late or any(each.alert.closed_at is None for each in story.alarms)


def _acts(visit: Visit, story: Story) -> list[tuple[str, str | None]]:
    """Return what can be done now, each with its address; one page is named once."""
    found: dict[str | None, str] = {}
    for name in story.can.commands:
        found.setdefault(_address(visit, story.interview.id, name), name)
    return [(name, address) for address, name in found.items()]


def _act(command: str, status: str) -> str:
    again = command == "arrange" and status == Stage.ARRANGED
    return "Agree on another time" if again else ACTS[command]


def _address(visit: Visit, interview_id: UUID, command: str) -> str | None:
    path = ELSEWHERE.get(command, FORM)
    if not access.may(visit.who.duties, "GET", path):
        return None
    return path.format(interview_id=interview_id, command=command)


def _links(visit: Visit, story: Story) -> list[tuple[str, str]]:
    """Return the other pages about this interview that this person may see."""
    own = story.interview
    places = [("/children/{child_id}", "All about the child")]
    if Stage(own.status) in RECORDED and not story.record_is_elsewhere:
        places.insert(0, ("/interviews/{interview_id}/record", "The record"))
    if Stage(own.status) in offering.CAN_BE_OFFERED:
        places.insert(0, ("/interviews/{interview_id}/card", "The card that offers it to the child"))
    return [
        (path.format(interview_id=own.id, child_id=own.child_id), name)
        for path, name in places
        if access.may(visit.who.duties, "GET", path)
    ]


def _ways_back(visit: Visit) -> tuple[str, str]:
    """Return the page that this person comes from."""
    if access.may(visit.who.duties, "GET", "/my-interviews"):
        return "/my-interviews", "My interviews"
    return access.start_page(visit.who.duties), "The board"


def _told(clock: Clock) -> str:
    """Return who told what started the clock."""
    if clock.notification is None:
        return ""
    who = force(clock.notification.source)
    what = {Kind.RETURNED: "that the child was back", Kind.LOCATED: "that the child was found"}
    return f"{who} told {what.get(clock.notification.kind, 'it')}, reference {clock.notification.subject}"
