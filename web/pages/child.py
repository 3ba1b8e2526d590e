"""A child's page: who, where in care, and one line of time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework.views.deadlines import hours_left
from casework.views.find_child import find_child
from casework.views.timeline import Chapter, timeline
from store.views import children
from store.views.children import Child
from web.guard.forms import Form
from web.pages.line_of_time import entries, of_telling
from web.pages.reading import Reading
from web.pages.rendering import page
from web.pages.times import how_long
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)


@router.get("/children")
async def search(request: Request) -> HTMLResponse:
    """Ask whom to look for."""
    return page(request, "child/search.html", typed="", found=None)


@router.post("/children")
async def found(request: Request, tx: Reading, form: Form) -> HTMLResponse:
    """Show who was found. By a form, since a name does not belong into an address."""
    typed = form.get("who", "").strip()
    found = await find_child(tx, typed) if typed else None
    return page(request, "child/search.html", typed=typed, found=found)


@router.get("/children/{child_id}")
async def shown(request: Request, here: Here, tx: Reading, child_id: UUID) -> Response:
    """Show one child; who was absorbed is shown as the child who took over."""
    child = await children.find(tx, child_id)
    if child is None:
        raise not_found("child")
    if child.absorbed_by:
        return RedirectResponse(f"/children/{await children.resolve(tx, str(child_id))}")
    now = here.clock()
    story = await timeline(tx, child, now)
    return page(
        request,
        "child/child.html",
        now=now,
        story=story,
        facts=list(_facts(child).items()),
        entries=entries,
        elsewhere=[of_telling(telling) for telling in story.elsewhere],
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


def _length(chapter: Chapter) -> str | None:
    """Return how long an episode that is over lasted."""
    episode = chapter.episode
    if episode.started_at is None or episode.returned_at is None:
        return None
    return how_long(max(episode.returned_at - episode.started_at, timedelta(0)))
