"""A child's page: who, what to do next, and one line of time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from casework.views.deadlines import hours_left
from casework.views.find_child import MOST, find_child
from casework.views.line import line
from casework.views.timeline import Chapter
from store.views.children import Child
from web.guard.forms import Form
from web.pages.line_entries import Sort, every_entry
from web.pages.line_of_time import BADGES, NAMES, Asked, days
from web.pages.met_child import met
from web.pages.next_steps import next_step, ways
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.pages.times import LONDON, clock_time, how_long

router = APIRouter(include_in_schema=False)


@router.get("/children")
async def search(request: Request) -> HTMLResponse:
    """Ask whom to look for."""
    return page(request, "child/search.html", typed="", found=None, most=MOST)


@router.post("/children")
async def found(request: Request, visit: Visiting, form: Form) -> HTMLResponse:
    """Show who was found. By a form, since a name does not belong into an address."""
    typed = form.get("who", "").strip()
    found = await find_child(visit.tx, typed) if typed else None
    return page(request, "child/search.html", typed=typed, found=found, most=MOST)


@router.get("/children/{child_id}")
async def shown(
    request: Request, visit: Visiting, child_id: UUID, asked: Annotated[Asked, Query()]
) -> Response:
    """Show one child; who was absorbed is shown as the child who took over."""
    child = await met(visit, child_id, "child")
    if not isinstance(child, Child):
        return child
    now, policy = visit.now, await visit.here.policy(visit.tx)
    known = await line(visit.tx, child, policy, now)
    return page(
        request,
        "child/child.html",
        now=now,
        line=known,
        story=known.story,
        facts=list(_facts(child).items()),
        away=_away(known.story.chapters),
        step=next_step(known, now, visit.who.duties),
        ways=partial(ways, visit.who.duties),
        shown=days(every_entry(known, policy.ladder), asked),
        asked=asked,
        address=partial(asked.address, request.url.path),
        names=NAMES,
        sorts=list(Sort),
        ticks=list(NAMES.items()),
        badges=BADGES,
        clock=lambda instant: clock_time(instant.astimezone(LONDON)),
        left_of=lambda interview: hours_left(interview.due_at, interview.status, now),
        length_of=_length,
    )


def _facts(child: Child) -> Mapping[str, str]:
    told: Mapping[str, Any] = child.facts
    address = told.get("home_address") or {}
    facts = {
        "Also known as": ", ".join(told.get("also_known_as") or ()),
        "Sex": str(told.get("sex") or "").capitalize(),
        "Home": ", ".join(filter(None, (*(address.get("lines") or ()), address.get("postcode")))),
        "Number here": child.authority_child_id or "",
        "NHS number": str(told.get("nhs_number") or ""),
        "Pupil number": str(told.get("upn") or ""),
    }
    return {name: value for name, value in facts.items() if value}


def _away(chapters: Sequence[Chapter]) -> Chapter | None:
    """Return the episode in which the child is not home now."""
    return next((one for one in chapters if one.episode.status in {"open", "located"}), None)


def _length(chapter: Chapter) -> str | None:
    """Return how long an episode that is over lasted."""
    episode = chapter.episode
    if episode.started_at is None or episode.returned_at is None:
        return None
    return how_long(max(episode.returned_at - episode.started_at, timedelta(0)))
