"""Asking why somebody looks at a child, where nothing that they do here says it."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from schemas.access import ASKED_PURPOSES, Purpose
from store import accesses
from store.accesses import Given
from store.views import children
from web.guard.forms import Form
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.pages.sign_in import own_page
from web.problems import not_found

router = APIRouter(include_in_schema=False)
SHORTEST, LONGEST = 10, 500
To = Annotated[str, Query()]


@router.get("/children/{child_id}/why")
async def asked(request: Request, visit: Visiting, child_id: UUID, to: To = "") -> HTMLResponse:
    """Ask for the purpose."""
    await _exists(visit, child_id)
    return _show(request, child_id, {"to": own_page(to)}, {})


@router.post("/children/{child_id}/why")
async def said(request: Request, visit: Visiting, child_id: UUID, form: Form) -> Response:
    """Write the purpose down, and go on to the page that was asked for."""
    await _exists(visit, child_id)
    reason = form.get("reason", "").strip()
    chosen = next((one for one in ASKED_PURPOSES if one.value == form.get("purpose")), None)
    errors = {}
    if chosen is None:
        errors["purpose"] = "Choose why you look at this child’s record"
    elif len(reason) > LONGEST:
        errors["reason"] = f"Say it in {LONGEST} characters or fewer; it has {len(reason):,}"
    elif chosen is Purpose.OTHER and len(reason) < SHORTEST:
        errors["reason"] = "Say in a sentence why you look at this child’s record"
    if errors or chosen is None:
        return _show(request, child_id, form, errors)
    await accesses.write(
        visit.tx, child_id, Given(chosen.value, reason or None),
        page="why", session=visit.who.digest, at=visit.now,
    )  # fmt: skip
    return RedirectResponse(own_page(form.get("to", "")) or f"/children/{child_id}", HTTPStatus.SEE_OTHER)


async def _exists(visit: Visit, child_id: UUID) -> None:
    if await children.find(visit.tx, child_id) is None:
        raise not_found("child")


def _show(request: Request, child_id: UUID, form: "Form", errors: dict[str, str]) -> HTMLResponse:
    return page(
        request,
        "child/why.html",
        child_id=child_id,
        purposes=ASKED_PURPOSES,
        typed=lambda name: form.get(name, ""),
        errors=errors,
    )
