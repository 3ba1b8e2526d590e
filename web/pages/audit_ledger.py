"""The ledger for auditors: searched, and its chain walked from the beginning."""

import json
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from casework.views.whose_name import names_of
from casework.walking import walk
from store import people
from store.database import Transaction
from store.views import ledger
from store.views.ledger import Wanted
from web.guard.forms import Form
from web.guard.sessions import Signed
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.state import Here

router = APIRouter(include_in_schema=False)
PER_PAGE = 50


class Asked(BaseModel):
    """Which lines."""

    subject: str = ""
    action: str = ""
    actor: str = ""
    child: UUID | None = None
    after: int = 0


@router.get("/audit/ledger")
async def shown(request: Request, visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show what was done, in the order in which it was written down."""
    wanted = Wanted(
        _plain(asked.subject), asked.child, _plain(asked.action), await _actor(visit.tx, _plain(asked.actor))
    )
    rows = await ledger.listed(visit.tx, wanted, asked.after, PER_PAGE + 1)
    told = asked.model_dump(mode="json", exclude_none=True)
    usual = {name: value for name, value in told.items() if value and name != "after"}
    names = await names_of(visit.tx, {row.actor for row in rows})
    return page(
        request,
        "audit/ledger.html",
        now=visit.now,
        rows=rows[:PER_PAGE],
        asked=asked,
        name_of=lambda actor: names.get(actor, actor),
        payload_of=lambda row: json.dumps(row.payload, ensure_ascii=False, indent=1),
        further=f"/audit/ledger?{urlencode(usual | {'after': rows[PER_PAGE - 1].no})}"
        if len(rows) > PER_PAGE
        else None,
    )


@router.get("/audit/chain")
async def asked_for(request: Request) -> HTMLResponse:
    """Offer to walk the chain."""
    return page(request, "audit/chain.html", walked=None)


@router.post("/audit/chain")
async def walked(request: Request, here: Here, who: Signed, form: Form) -> HTMLResponse:
    """Walk the chain, and say what was found."""
    del form
    found = await walk(here.store, who.authority, here.clock(), person=who.id)
    return page(request, "audit/chain.html", status=HTTPStatus.OK, walked=found)


async def _actor(tx: Transaction, typed: str | None) -> str | None:
    """Return whom a name means that exactly one person has; else what was typed."""
    if typed is None:
        return None
    named = [one for one in await people.listed(tx) if one.name.casefold() == typed.casefold()]
    return f"person:{named[0].id}" if len(named) == 1 else typed


def _plain(typed: str) -> str | None:
    return typed.replace("\0", "").strip() or None
