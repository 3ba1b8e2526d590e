"""For auditors: who saw which child, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, BeforeValidator, Field

from casework.views.whose_number import child_known_as, numbers_of
from schemas.access import Purpose
from store import people
from store.database import Transaction
from store.views import accesses
from store.views.accesses import Access, Wanted
from web.guard.forms import Form
from web.pages.audit_days import read_days
from web.pages.audit_file import MOST_ROWS, spreadsheet
from web.pages.audit_seen import grouped
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.terms import PURPOSES, term

router = APIRouter(include_in_schema=False)
PER_PAGE, READ_FOR_A_PAGE = 50, 500
HEAD = ("when (UTC)", "person", "name", "child", "page", "purpose", "in their own words")
AnyOf = BeforeValidator(lambda typed: typed or None)
"""A list that drops down sends an empty value for "any"."""


class Asked(BaseModel):
    """Which views of children."""

    child: UUID | None = None
    person: Annotated[UUID | None, AnyOf] = None
    purpose: Annotated[Purpose | None, AnyOf] = None
    from_on: str = ""
    to_on: str = ""
    before: Annotated[int | None, Field(ge=1, le=2**62)] = None

    @property
    def usual(self) -> dict[str, str]:
        """What is asked for, whichever part of it is shown."""
        told = self.model_dump(mode="json", exclude_none=True, exclude={"before"})
        return {name: value for name, value in told.items() if value}


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
        rows = await accesses.listed(visit.tx, read.wanted, asked.before, READ_FOR_A_PAGE + 1)
    return await _show(visit, asked, read.errors, rows)


@router.post("/audit/access")
async def looked_up(visit: Visiting, form: Form) -> Response:
    """Find a child by number. By a form, since a number of a child does not belong into an address."""
    child_id = await child_known_as(visit.tx, form.get("number", ""))
    if child_id is None:
        errors = {"number": "No child here has this number: look at it again"}
        return await _show(visit, Asked(), errors, [], form.get("number", ""))
    return RedirectResponse(f"/audit/access?child={child_id}", HTTPStatus.SEE_OTHER)


@router.get("/audit/access.csv")
async def file(visit: Visiting, asked: Annotated[Asked, Query()]) -> Response:
    """Give the same as a file, each view by itself."""
    read = _read(asked)
    if read.errors:
        return RedirectResponse(f"/audit/access?{urlencode(asked.usual)}", HTTPStatus.SEE_OTHER)
    rows = await accesses.listed(visit.tx, read.wanted, None, MOST_ROWS)
    told = [
        (row.at.astimezone(UTC).isoformat(), row.person, row.name, str(row.child_id), row.page, row.purpose,
         row.reason)
        for row in rows
    ]  # fmt: skip
    return await spreadsheet("who-saw-which-child", HEAD, told)


@dataclass(frozen=True, slots=True)
class _Read:
    wanted: Wanted
    errors: dict[str, str]


def _read(asked: Asked) -> _Read:
    days = read_days(asked.from_on, asked.to_on)
    wanted = Wanted(
        child_id=asked.child,
        person=f"person:{asked.person}" if asked.person else None,
        purpose=asked.purpose.value if asked.purpose else None,
        from_at=days.from_at,
        to_at=days.to_at,
    )
    return _Read(wanted, days.errors)


async def _show(
    visit: Visit, asked: Asked, errors: Mapping[str, str], rows: Sequence[Access], number: str = ""
) -> HTMLResponse:
    groups, left_out = grouped(rows[:READ_FOR_A_PAGE], PER_PAGE)
    if left_out is None and len(rows) > READ_FOR_A_PAGE:
        left_out = rows[READ_FOR_A_PAGE].no
    about = {group.row.child_id for group in groups} | ({asked.child} if asked.child else set())
    return page(
        visit.request,
        "audit/access.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        groups=groups,
        numbers=await numbers_of(visit.tx, about),
        asked=asked,
        errors=errors,
        people_to_choose=await _people(visit.tx, asked.person),
        purposes_to_choose=[("", "Any"), *((one.value, term(one, PURPOSES)) for one in Purpose)],
        number=number,
        query=urlencode(asked.usual),
        further=f"/audit/access?{urlencode(asked.usual | {'before': str(left_out + 1)})}"
        if left_out
        else None,
    )


async def _people(tx: Transaction, chosen: UUID | None) -> list[tuple[str, str]]:
    """Return whom one may choose; also somebody who was asked for and is not known."""
    known = {
        str(one.id): f"{one.name} (no access any more)" if one.disabled_at else one.name
        for one in await people.listed(tx)
    }
    unknown = {str(chosen): str(chosen)} if chosen and str(chosen) not in known else {}
    return [("", "Everybody"), *(unknown | known).items()]
