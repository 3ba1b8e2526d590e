"""The ledger for auditors: searched, the latest first, in words."""

from collections.abc import Sequence
from datetime import UTC
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework.views.whose_name import names_of
from casework.views.whose_number import numbers_of
from store.views import ledger_search
from store.views.ledger_search import Found
from web.pages.audit_file import MOST_ROWS, spreadsheet
from web.pages.audit_rows import told_of
from web.pages.audit_search import Asked, understood
from web.pages.audit_words import ACTIONS, DONE, actor
from web.pages.reading import Visiting
from web.pages.rendering import page

router = APIRouter(include_in_schema=False)
PER_PAGE: Final = 50
HEAD: Final = (
    "line", "when (UTC)", "who", "name", "action", "what was done", "to what", "child", "position", "hash",
)  # fmt: skip


@router.get("/audit/ledger")
async def shown(visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show what was done, the latest first."""
    search = await understood(visit.tx, asked)
    lines: Sequence[Found] = []
    if not search.errors:
        lines = await ledger_search.latest(visit.tx, search.sought, asked.before, PER_PAGE + 1)
    here = lines[:PER_PAGE]
    names = await names_of(visit.tx, {line.actor for line in here})
    numbers = await numbers_of(visit.tx, {line.child_id for line in here if line.child_id})
    older = asked.usual | {"before": str(here[-1].no)} if len(lines) > PER_PAGE else None
    return page(
        visit.request,
        "audit/ledger.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if search.errors else HTTPStatus.OK,
        now=visit.now,
        rows=[told_of(line, names, numbers, visit.who.duties) for line in here],
        asked=asked,
        errors=search.errors,
        done=DONE,
        known=ACTIONS,
        child_id=search.sought.child_id,
        query=urlencode(asked.usual),
        older=f"/audit/ledger?{urlencode(older)}" if older else None,
    )


@router.get("/audit/ledger.csv")
async def file(visit: Visiting, asked: Annotated[Asked, Query()]) -> Response:
    """Give the same as a file, without what each line holds beside."""
    search = await understood(visit.tx, asked)
    if search.errors:
        return RedirectResponse(f"/audit/ledger?{urlencode(asked.usual)}", HTTPStatus.SEE_OTHER)
    lines = await ledger_search.latest(visit.tx, search.sought, None, MOST_ROWS, payloads=False)
    names = await names_of(visit.tx, {line.actor for line in lines})
    rows = [
        (line.no, line.at.astimezone(UTC).isoformat(), line.actor, actor(line.actor, names), line.action,
         ACTIONS.get(line.action), line.subject, str(line.child_id or ""), line.position, line.hash)
        for line in lines
    ]  # fmt: skip
    return await spreadsheet("what-was-done", HEAD, rows)
