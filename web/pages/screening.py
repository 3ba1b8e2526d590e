"""What waits for a screener: questions about children, and messages that could not be taken."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from store import letters
from store.views import letters as views
from store.views import police_lists
from web.mending.words import in_words
from web.pages.query_text import Text
from web.pages.questions import about, asked, grouped
from web.pages.reading import Visiting
from web.pages.rendering import page

AT_MOST, FIRST = 200, 5
"""Questions of one kind that are shown where only these are asked for, and where all are."""

router = APIRouter(include_in_schema=False)


@router.get("/screening")
async def shown(
    request: Request,
    visit: Visiting,
    kind: Annotated[Text, Query()] = "",
    done: Literal["decided", "settled"] | None = None,
) -> HTMLResponse:
    """Show what waits, by kind the oldest questions, and the latest letters, first."""
    tx = visit.tx
    groups, chosen = await grouped(tx, kind, FIRST, AT_MOST)
    return page(
        request,
        "screening/screening.html",
        groups=groups,
        chosen=chosen,
        total=sum(each.number for each in groups),
        differences=await police_lists.count(tx),
        letters=await views.listed(tx, waiting=True, after=None, limit=AT_MOST),
        letters_waiting=await letters.count_waiting(tx),
        settled=await views.listed(tx, waiting=False, after=None, limit=20),
        at_most=AT_MOST,
        asked=asked,
        about=about,
        in_words=in_words,
        done=done,
    )
