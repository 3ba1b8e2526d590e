"""What came of a notification that staff recorded."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casework.views.deadlines import hours_left
from schemas.notification import TYPES, staff_source
from store.views import children, episodes, interviews, messages
from store.views.messages import Message
from web.guard.sessions import Signed, Who
from web.pages.rendering import page
from web.problems import not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)
WAIT_SECONDS, ASK_EVERY_SECONDS = 2.0, 0.1


@router.get("/notifications/{message_id}")
async def shown(request: Request, here: Here, who: Signed, message_id: UUID) -> HTMLResponse:
    """Show what became of it; waits a moment for it to be applied."""
    message = await _applied(here, who, str(message_id))
    if message is None:
        raise not_found("notification")
    return page(
        request,
        "entry/receipt.html",
        message=message,
        kind=TYPES[message.payload["type"]],
        reference=message.payload["subject"],
        **await _came_of(here, who, str(message_id), message),
    )


async def _applied(here: State, who: Who, message_id: str) -> Message | None:
    give_up_at = asyncio.get_running_loop().time() + WAIT_SECONDS
    while True:
        async with here.store.transaction(who.authority, person=who.id) as tx:
            message = await messages.find(tx, staff_source(tx.authority), message_id)
        settled = message is None or message.applied_at or message.set_aside_at
        if settled or asyncio.get_running_loop().time() > give_up_at:
            return message
        await asyncio.sleep(ASK_EVERY_SECONDS)


async def _came_of(here: State, who: Who, message_id: str, message: Message) -> dict[str, Any]:
    if message.child_id is None:
        return {"child": None, "episode": None, "interview": None, "left": None}
    async with here.store.transaction(who.authority, person=who.id) as tx:
        child = await children.find(tx, message.child_id)
        episode = await episodes.of_message(tx, staff_source(tx.authority), message_id)
        found = episode.interview_id if episode else None
        interview = await interviews.find(tx, found) if found else None
    left = hours_left(interview.due_at, interview.status, here.clock()) if interview else None
    return {"child": child, "episode": episode, "interview": interview, "left": left}
