"""Who is missing now, and which interviews are due."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel, Field

from casework.views.deadlines import hours_left
from schemas.words import Mark
from store.views import board
from store.views.board import Awaited, Away, Deadline
from web.live import TooManyWatchers
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.problems import RETRY_AFTER_SECONDS, Refused
from web.state import Here

PER_PAGE = 25
AWAY_AT_FIRST, AWAY_AT_MOST = 25, 1000

router = APIRouter(include_in_schema=False)


class Asked(BaseModel):
    """Which part of the board; `updates` off: it stays as it is."""

    show: Deadline = Deadline.ALL
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    away: Literal["", "all"] = ""
    updates: Literal["", "off"] = ""


@router.get("/now")
async def shown(request: Request, visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show the board as it is now."""
    tx, now = visit.tx, visit.now
    counts = await board.counts(tx, now)
    totals = {
        Deadline.ALL: counts.in_time + counts.overdue,
        Deadline.OVERDUE: counts.overdue,
        Deadline.IN_TIME: counts.in_time,
    }
    pages = max(1, -(-totals[asked.show] // PER_PAGE))
    number = min(asked.page, pages)
    most = AWAY_AT_MOST if asked.away else AWAY_AT_FIRST
    return page(
        request,
        "board/board.html",
        now=now,
        counts=counts,
        missing=await board.away(tx, "open", most),
        located=await board.away(tx, "located", most),
        interviews=await board.awaited(tx, asked.show, now, (number - 1) * PER_PAGE, PER_PAGE),
        show=asked.show.value,
        filters=[(value.value, NAMES[value], total) for value, total in totals.items()],
        number=number,
        pages=pages,
        address=partial(_address, asked.model_copy(update={"page": number})),
        marks_of=_marks,
        left_of=partial(_left, now),
    )


@router.get("/live")
async def live(here: Here) -> StreamingResponse:
    """Tell a page that it should ask again, and nothing else."""
    try:
        events = here.changes.watch()
    except TooManyWatchers as error:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "Too many pages are open to update each by itself: reload this one.",
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        ) from error
    return StreamingResponse(events, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


NAMES = {Deadline.ALL: "All", Deadline.OVERDUE: "Overdue", Deadline.IN_TIME: "In time"}


def _address(asked: Asked, **other: object) -> str:
    """Return the address of this page with some of what it shows changed; what is usual is left out."""
    usual = Asked().model_dump(mode="json")
    told = asked.model_dump(mode="json") | other
    changed = {name: value for name, value in told.items() if value != usual[name]}
    return f"/now?{urlencode(changed)}" if changed else "/now"


def _marks(row: Away) -> list[str]:
    return [*row.marks, *([Mark.PROVISIONAL_CHILD.value] if row.provisional_child else [])]


def _left(now: datetime, row: Awaited) -> float:
    left = hours_left(row.due_at, row.status, now)
    assert left is not None  # only awaited ones are shown
    return left
