"""The web application: the JSON API, the pages, and what guards them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from casework import intake
from casework.apply import CHANGED
from casework.archives import Reading
from casework.intake import Incoming, Receipt, Sender
from casework.sign_in_claims import Claims
from store import tokens
from store.database import Store
from store.tokens import Token
from store.views.changes import heard
from web import health, openapi, pages, problems
from web.api import (
    alerts,
    commands,
    decisions,
    episodes,
    handovers,
    interviewers,
    interviews,
    ledger,
    letters,
    measures,
    notifications,
    plan_steps,
    plans,
    pushes,
    questions,
    records,
)
from web.background import Workers
from web.guard.head import AnswersHead
from web.guard.headers import SafeHeaders
from web.guard.hosts import KnownHosts
from web.guard.rates import Rates
from web.live import Changes
from web.metrics import Metrics
from web.observe import Observed
from web.oidc import Client, Provider
from web.pages import errors
from web.site import Background, Check, Clock, Site, now_utc
from web.state import State
from web.together import Together

__all__ = ["Background", "Site", "create_app", "now_utc"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """The service by which people sign in, and what its claims mean here."""

    client: Client
    claims: Claims = field(default_factory=Claims)


NO_CHECKS: Mapping[str, Check] = {}
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own tells addresses and the words of errors, which may name a child; ours is `web.observe`."""
ROUTERS = (
    notifications, episodes, interviews, interviewers, commands, records, plans, plan_steps, pushes, alerts,
    measures, handovers, questions, decisions, letters, ledger, health,
)  # fmt: skip


def create_app(
    store: Store,
    site: Site,
    background: Sequence[Background] = (),
    clock: Clock = now_utc,
    *,
    metrics: Metrics | None = None,
    checks: Mapping[str, Check] = NO_CHECKS,
    sign_in: SignIn | None = None,
) -> FastAPI:
    """Return the application. Nothing is opened or started until it is served.

    `metrics` are given where what runs in the `background` measures too; `checks` say how things are that may
    be away without anything being lost; `sign_in` is the service by which people sign in.
    """
    state = _state(
        store, site, background, clock, metrics=metrics or Metrics(), checks=checks, sign_in=sign_in
    )
    app = FastAPI(
        title="Homeward",
        version=site.version,
        summary="Missing-child notifications in; missing episodes and return home interviews out.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        telemetry=NO_TELEMETRY,
    )
    app.state.homeward = state
    app.openapi = partial(openapi.described, app)  # type: ignore[method-assign]  # as FastAPI documents it
    for part in ROUTERS:
        app.include_router(part.router)
    answer = errors.answer if site.pages else problems.to_machine
    problems.install(app, answer)
    if site.pages:
        pages.install(app)
    app.add_middleware(AnswersHead)
    app.add_middleware(KnownHosts, hosts=site.hosts)
    app.add_middleware(Observed, metrics=state.metrics, answer=answer)
    app.add_middleware(SafeHeaders, secure=site.secure)  # around all: also an answer to a fault has them
    return app


def _state(
    store: Store,
    site: Site,
    background: Sequence[Background],
    clock: Clock,
    *,
    metrics: Metrics,
    checks: Mapping[str, Check],
    sign_in: SignIn | None,
) -> State:
    async def receive(sender: Sender, messages: Sequence[Incoming]) -> Sequence[Receipt]:
        return await intake.receive(store, sender, messages, clock())

    async def bearers(secret: str, asked: Sequence[None]) -> Sequence[Token | None]:
        async with store.transaction("", token_digest=tokens.digest_of(secret).hex()) as tx:
            found = await tokens.find(tx, secret)
        return [found for _ in asked]

    changes = Changes(partial(heard, store, CHANGED))
    return State(
        store=store,
        site=site,
        clock=clock,
        metrics=metrics,
        rates=Rates(site.requests_per_second, site.failed_tokens_per_minute, site.pages_per_minute),
        changes=changes,
        workers=Workers([*background, *(_of_pages(store, site, changes) if site.pages else [])]),
        tokens=Together(bearers),
        intake=Together(receive),
        desk=asyncio.Lock(),
        provider=Provider(sign_in.client) if sign_in else None,
        claims=sign_in.claims if sign_in else Claims(),
        checks=checks,
    )


def _of_pages(store: Store, site: Site, changes: Changes) -> list[Background]:
    return [changes.run, Reading(store, site.authorities).run]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state: State = app.state.homeward
    async with state.workers.at_work():
        try:
            yield
        finally:
            state.changes.close()
