"""Signing in by way of the authority's own sign-in service, and showing again who one is."""

import secrets
from collections.abc import Mapping
from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from casework import sign_in_claims, signing_in
from casework.refusals import NotAllowed
from schemas.reading import digest
from store import sign_ins
from web.guard import sessions
from web.guard.cookies import called
from web.guard.forms import Form
from web.guard.sessions import Allowed, Signed, Who
from web.oidc import Provider, ProviderAway, SignInFailed
from web.pages.rendering import page
from web.pages.sign_in import own_page
from web.problems import Refused, not_found
from web.state import Here, State

router = APIRouter(include_in_schema=False)
COOKIE = "homeward_sign_in"
To = Annotated[str, Query()]
AWAY = "The sign-in service does not answer just now. Try again in a minute."


@router.get("/sign-in/start")
async def start(request: Request, here: Here, who: Allowed, to: To = "") -> Response:
    """Send somebody to the sign-in service."""
    del who
    return await _send(request, here, own_page(to), {})


@router.get("/sign-in/prove")
async def prove(request: Request, here: Here, who: Signed, to: To = "") -> Response:
    """Ask somebody who is signed in to show again who they are."""
    if here.provider is None:
        return page(request, "sign_in/prove.html", to=own_page(to))
    return await _send(request, here, own_page(to), {"person": str(who.person_id)})


@router.post("/sign-in/prove")
async def proved(here: Here, who: Signed, form: Form) -> Response:
    """Take somebody at their word, where no service could tell: a demonstration, one machine."""
    if here.provider is not None:
        raise not_found("page")
    await signing_in.prove(here.store, who.authority, who.digest, here.clock())
    return RedirectResponse(own_page(form.get("to", "")) or "/", HTTPStatus.SEE_OTHER)


@router.get("/sign-in/callback")
async def back(request: Request, here: Here, who: Allowed) -> Response:
    """Let in who comes back from the sign-in service."""
    provider = _provider(here)
    kept = await _kept(request, here)
    code = request.query_params.get("code", "")
    if not code or "error" in request.query_params:
        raise await _failed(request, here, "the sign-in service did not let you in")
    try:
        told = await provider.finish(code, kept, here.clock())
    except ProviderAway as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from error
    except SignInFailed as error:
        raise await _failed(request, here, str(error)) from error
    if "person" in kept:
        return await _prove(request, here, who, kept, told)
    return await _let_in(here, kept, told)


async def _send(request: Request, here: State, to: str, more: Mapping[str, str]) -> Response:
    provider = _provider(here)
    await here.rates.count_sign_in(_address(request))
    try:
        begun = await provider.begin(again=bool(more))
    except ProviderAway as error:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, AWAY) from error
    browser = secrets.token_urlsafe(32)
    kept = {
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "to": to,
        "browser": digest(browser).hex(),
        **more,
    }
    async with here.store.transaction(here.site.authority, signing_in.SIGNING_IN) as tx:
        await sign_ins.keep(tx, signing_in.digest_of(begun.state), kept, here.clock())
    response = RedirectResponse(begun.address, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        _cookie(here), browser, max_age=int(sign_ins.HOLDS.total_seconds()), httponly=True, samesite="lax",
        secure=here.site.secure, path="/sign-in",
    )  # fmt: skip
    return response


async def _kept(request: Request, here: State) -> Mapping[str, Any]:
    """Return what was kept when this very browser was sent away."""
    state = signing_in.digest_of(request.query_params.get("state", ""))
    async with here.store.transaction(here.site.authority, signing_in.SIGNING_IN) as tx:
        found = await sign_ins.take(tx, state, here.clock())
    browser = digest(request.cookies.get(_cookie(here), "")).hex()
    if found is None or not compare_digest(found.kept["browser"], browser):
        raise await _failed(
            request, here, "this sign-in was used before, or was begun elsewhere or too long ago"
        )
    return found.kept


async def _let_in(here: State, kept: Mapping[str, Any], told: Mapping[str, Any]) -> Response:
    provider, authority, now = _provider(here), here.site.authority, here.clock()
    known = await sign_in_claims.known_by(
        here.store, authority, told, here.claims, issuer=provider.client.issuer, now=now
    )
    try:
        secret = await signing_in.begin(here.store, authority, known, now)
    except NotAllowed as error:
        raise Refused(HTTPStatus.FORBIDDEN, f"You were not let in: {error}.") from error
    response = RedirectResponse(kept["to"] or "/", HTTPStatus.SEE_OTHER)
    sessions.remember(response, here.site, secret)
    response.delete_cookie(_cookie(here), path="/sign-in", secure=here.site.secure)
    return response


async def _prove(
    request: Request, here: State, who: Who | None, kept: Mapping[str, Any], told: Mapping[str, Any]
) -> Response:
    """Count as shown again only if it is the same person, and if they showed it just now."""
    now = here.clock()
    issuer = _provider(here).client.issuer
    same = who is not None and str(who.person_id) == kept["person"]
    person = str(signing_in.person_id(here.site.authority, issuer, str(told["sub"])))
    at = told.get("auth_time")
    fresh = isinstance(at, int | float) and signing_in.is_recent(at, now)
    if who is None or not same or person != kept["person"] or not fresh:
        raise await _failed(request, here, "it was not shown just now that it is you who sits here")
    await signing_in.prove(here.store, who.authority, who.digest, now)
    return RedirectResponse(kept["to"] or "/", HTTPStatus.SEE_OTHER)


async def _failed(request: Request, here: State, why: str) -> Refused:
    await here.rates.count_failure(_address(request))
    return Refused(
        HTTPStatus.FORBIDDEN, f"You were not let in: {why}. Go to the first page and sign in again."
    )


def _provider(here: State) -> Provider:
    if here.provider is None:
        raise not_found("page")
    return here.provider


def _cookie(here: State) -> str:
    return called(here.site, COOKIE, everywhere=False)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
