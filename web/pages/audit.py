"""For auditors: who saw which child and why, and what was done, with a check of the ledger's chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from casework.views.whose_number import child_known_as
from schemas.access import Purpose
from store import people
from store.views import accesses
from store.views.accesses import Access, Wanted
from web.guard.forms import Form
from web.pages.figures_table import Table
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.times import LONDON

router = APIRouter(include_in_schema=False)
PER_PAGE, MOST_OF_A_FILE = 50, 100_000
HEAD = ("when (UTC)", "person", "name", "child", "page", "purpose", "in their own words")


class Asked(BaseModel):
    """Which views of children."""

    child: UUID | None = None
    person: UUID | None = None
    purpose: Purpose | None = None
    from_on: str = ""
    to_on: str = ""
    before: int | None = None


@router.get("/audit")
async def first() -> Response:
    """Lead to the question that is asked most."""
    return RedirectResponse("/audit/access", HTTPStatus.SEE_OTHER)


@router.get("/audit/access")
async def shown(visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show who saw which child, and why, the latest first."""
    read = _read(asked)
    rows: Sequence[Access] = []
    if not read.errors:
        rows = await accesses.listed(visit.tx, read.wanted, asked.before, PER_PAGE + 1)
    return await _show(visit, asked, read, rows)


@router.post("/audit/access")
async def looked_up(visit: Visiting, form: Form) -> Response:
    """Find a child by number. By a form, since a number of a child does not belong into an address."""
    child_id = await child_known_as(visit.tx, form.get("number", ""))
    if child_id is None:
        read = _Read(Wanted(), {"number": "No child here has this number: look at it again"})
        return await _show(visit, Asked(), read, [], form.get("number", ""))
    return RedirectResponse(f"/audit/access?child={child_id}", HTTPStatus.SEE_OTHER)


@router.get("/audit/access.csv")
async def file(visit: Visiting, asked: Annotated[Asked, Query()]) -> Response:
    """Give the same as a file."""
    rows = await accesses.listed(visit.tx, _read(asked).wanted, None, MOST_OF_A_FILE)
    told = [
        (row.at.astimezone(UTC).isoformat(), row.person, row.name, str(row.child_id), row.page, row.purpose,
         row.reason)
        for row in rows
    ]  # fmt: skip
    return Response(
        Table(HEAD, told).csv(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="who-saw-which-child.csv"'},
    )


@dataclass(frozen=True, slots=True)
class _Read:
    wanted: Wanted
    errors: dict[str, str]


def _read(asked: Asked) -> _Read:
    errors: dict[str, str] = {}
    since, until = _day(asked.from_on, "from_on", errors), _day(asked.to_on, "to_on", errors)
    return _Read(
        Wanted(
            child_id=asked.child,
            person=f"person:{asked.person}" if asked.person else None,
            purpose=asked.purpose.value if asked.purpose else None,
            from_at=_begins(since),
            to_at=_begins(until + timedelta(days=1)) if until else None,
        ),
        errors,
    )


def _day(typed: str, field: str, errors: dict[str, str]) -> date | None:
    """Return a day as a browser's date field gives it."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        errors[field] = "Write the day as year-month-day, for example 2026-03-28"
        return None


def _begins(on: date | None) -> datetime | None:
    return datetime.combine(on, time.min, LONDON) if on else None


async def _show(
    visit: Visit, asked: Asked, read: _Read, rows: Sequence[Access], number: str = ""
) -> HTMLResponse:
    told = asked.model_dump(mode="json", exclude_none=True)
    usual = {name: value for name, value in told.items() if value != "" and name != "before"}
    later = {"before": str(rows[PER_PAGE - 1].no)} if len(rows) > PER_PAGE else None
    return page(
        visit.request,
        "audit/access.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if read.errors else HTTPStatus.OK,
        now=visit.now,
        rows=rows[:PER_PAGE],
        asked=asked,
        errors=read.errors,
        everybody=await people.listed(visit.tx),
        purposes=list(Purpose),
        number=number,
        query=urlencode(usual),
        further=f"/audit/access?{urlencode(usual | later)}" if later else None,
    )
