"""For auditors: the ledger's chain, walked from the beginning."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casework.walking import walk
from web.guard.forms import Form
from web.guard.sessions import Signed
from web.pages.rendering import page
from web.state import Here

router = APIRouter(include_in_schema=False)


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
