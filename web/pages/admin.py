"""For administrators: people and their sessions, and tokens of forces and other systems."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casework import signing_in, tokens
from casework.tokens import Scope, TokenError
from store import people
from web.guard.forms import Form, Typed
from web.guard.sessions import Signed, Who
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.problems import Refused
from web.state import Here, State

router = APIRouter(include_in_schema=False)
MAY: Final[Mapping[str, str]] = {
    Scope.NOTIFY: "Send a force’s notifications",
    Scope.READ: "Read everything that is not restricted",
    Scope.WORK: "Read, and act on interviews",
}
"""What each token lets a system do, in the list as in the form."""


@router.get("/admin")
async def first() -> Response:
    """Lead to the people."""
    return RedirectResponse("/admin/people", HTTPStatus.SEE_OTHER)


@router.get("/admin/people")
async def everybody(visit: Visiting) -> HTMLResponse:
    """Show who may sign in, with what duties, and who is signed in now."""
    return await _people(visit)


@router.post("/admin/people/{person_id}")
async def changed(here: Here, who: Signed, person_id: UUID, form: Form) -> Response:
    """Take somebody's access away, give it back, or end their sessions."""
    if person_id == who.person_id:
        raise Refused(HTTPStatus.CONFLICT, "Another administrator has to do that: this is your own access.")
    store, authority, now = here.store, who.authority, here.clock()
    match form.get("do"):
        case "disable":
            await signing_in.let_in_no_more(store, authority, person_id, by=who.id, now=now)
        case "enable":
            await signing_in.let_in_again(store, authority, person_id, by=who.id, now=now)
        case _:
            await signing_in.end_sessions(store, authority, person_id, by=who.id, now=now)
    return RedirectResponse("/admin/people", HTTPStatus.SEE_OTHER)


@router.get("/admin/tokens")
async def listed(request: Request, here: Here, who: Signed) -> HTMLResponse:
    """Show which systems may call, and offer to let in another."""
    return await _tokens(request, here, who, {}, {})


@router.post("/admin/tokens")
async def created(request: Request, here: Here, who: Signed, form: Form) -> HTMLResponse:
    """Make a token, and show its secret this once."""
    scope = next((one for one in Scope if one.value == form.get("scope")), None)
    if scope is None:
        return await _tokens(request, here, who, form, {"scope": "Choose what the system may do"})
    try:
        secret = await tokens.create(
            here.store, who.authority, form.get("name", "").strip(), scope,
            form.get("source", "").strip() or None,
            served=here.site.authorities, person=who.id, now=here.clock(),
        )  # fmt: skip
    except TokenError as error:
        return await _tokens(request, here, who, form, {"name": _sentence(error)})
    return await _tokens(request, here, who, {}, {}, secret=secret)


@router.post("/admin/tokens/revoke")
async def revoked(request: Request, here: Here, who: Signed, form: Form) -> Response:
    """Let a system in no more."""
    try:
        await tokens.revoke(here.store, who.authority, form.get("revoke", ""), who.id, here.clock())
    except TokenError as error:
        return await _tokens(request, here, who, {}, {"name": _sentence(error)})
    return RedirectResponse("/admin/tokens", HTTPStatus.SEE_OTHER)


async def _people(visit: Visit) -> HTMLResponse:
    now = visit.now
    sessions = await people.open_sessions(visit.tx, now, now - signing_in.IDLE)
    counts = {one.person_id: 0 for one in sessions}
    for one in sessions:
        counts[one.person_id] += 1
    return page(
        visit.request,
        "admin/people.html",
        now=now,
        people=await people.listed(visit.tx),
        sessions=counts,
    )


async def _tokens(
    request: Request, here: State, who: Who, form: Typed, errors: dict[str, str], *, secret: str | None = None
) -> HTMLResponse:
    return page(
        request,
        "admin/tokens.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        tokens=await tokens.listed(here.store, who.authority, who.id),
        typed=lambda name: form.get(name, ""),
        scopes=MAY,
        errors=errors,
        secret=secret,
    )


def _sentence(error: TokenError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}"
