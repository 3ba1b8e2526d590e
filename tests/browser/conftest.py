"""A real browser on the real site. Chromium is started once; without it these tests fail."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    async_playwright,
)

from casework.carry import Carrier
from schemas.policy import Policy
from store import tokens
from store.database import Store
from store.embedded import Server as PostgreSQL
from streams.runner import Runner
from tests.browser.town import Town, town_on
from tests.messages import AMARA, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database, database_on
from tests.sessions import lasting
from web.app import create_app
from web.guard.sessions import COOKIE
from web.server import Server
from web.site import Site

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
SECRET = "a secret of the force"
SESSION = "the session of somebody who may do everything"
BILAL = {"family_name": "Khan", "given_names": "Bilal"}
CARYS = {
    "authority_child_id": "C-3",
    "family_name": "Price",
    "given_names": "Carys",
    "date_of_birth": "2013-05-09",
}


IN_ONE_PROCESS = (pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("browser"))
"""How every test here is marked, so that one browser serves them all."""


@dataclass(slots=True)
class Shown:
    """A site that a browser can open."""

    address: str
    store: Store
    server: Server

    async def tell(self, *messages: dict[str, Any] | bytes) -> list[dict[str, Any]]:
        """Send notifications as a force does, and wait until they are applied."""
        media_type = {"Content-Type": "application/cloudevents+json"}
        told = []
        async with httpx.AsyncClient(base_url=self.address, timeout=30) as force:
            for one in messages:
                body = one if isinstance(one, bytes) else json.dumps(one).encode()
                answer = await force.post(
                    "/api/v1/notifications",
                    content=body,
                    headers={"Authorization": f"Bearer {SECRET}", **media_type},
                )
                told.append(answer.json())
        await self.applied()
        return told

    async def applied(self) -> None:
        """Wait until nothing waits."""
        async with asyncio.timeout(20):
            while True:
                async with self.store.transaction(NOTTINGHAM) as tx:
                    if not await tx.scalar("SELECT count(*) FROM inbox WHERE applied_at IS NULL"):
                        return
                await asyncio.sleep(0.02)

    async def child(self, name: str) -> str:
        """Return the id of the child with this family name."""
        async with self.store.transaction(NOTTINGHAM) as tx:
            return str(
                await tx.scalar(
                    "SELECT id FROM children WHERE facts->>'family_name' = :name AND absorbed_by IS NULL",
                    name=name,
                )
            )


@asynccontextmanager
async def serving(database: Database) -> AsyncIterator[Shown]:
    """Serve a site on a free port, with the runner that applies what comes."""
    store = Store(database.app_url, pool_size=5)
    async with store.transaction(NOTTINGHAM) as tx:
        token = tokens.Token(uuid4(), NOTTINGHAM, "force", "notify", NOTTINGHAMSHIRE, NOW, None)
        await tokens.add(tx, token, SECRET)
    await lasting(store, secret=SESSION)
    site = Site((NOTTINGHAM,), Policy(), demo=True)
    runner = Runner(Carrier(store, site.policy, lambda: NOW), site.authorities)
    server = Server(create_app(store, site, [runner.run], clock=lambda: NOW), port=0)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Shown(f"http://127.0.0.1:{port}", store, server)
    server.should_exit = True
    await running
    await store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def shown(database: Database) -> AsyncIterator[Shown]:
    """A site of the test's own, with nobody in it."""
    async with serving(database) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="session")
async def town(database: Database) -> AsyncIterator[Town]:
    """A town of the test's own, in which people sign in by the page."""
    async with town_on(database) as made:
        yield made


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def busy(cluster: PostgreSQL, template: str) -> AsyncIterator[Shown]:
    """A site with something of everything, that tests only look at."""
    with database_on(cluster, template) as database:
        async with serving(database) as site:
            await site.tell(*something_of_everything())
            yield site


def something_of_everything() -> list[dict[str, Any] | bytes]:
    """Return what fills every part of every page: each doubt, each stage of time, a letter of each sort."""
    week, day, hour = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
    risks = {
        "risk_level": "high",
        "category": "missing",
        "circumstances": "Did not come back from town.",
        "risk_factors": ["county_lines"],
        "missing_from": "childrens_home",
        "last_seen_place": "Slab Square",
    }
    own: dict[str, Any] = {"child": AMARA}
    told: list[dict[str, Any] | bytes] = [
        message("reported", NOW - week, id="a1", missing=risks, **own),
        message("located", NOW - week + 5 * hour, id="a2", located={"place": "Sneinton"}, **own),
        message("returned", NOW - week + 6 * hour, id="a3", returned={"returned_to": "home"}, **own),
        message("reported", NOW - 5 * hour, id="a4", subject="NP-2", missing=risks, **own),
        message("reported", NOW - day, id="b1", subject="NP-3", child=BILAL, missing={"risk_level": "low"}),
        message("reported", NOW - 2 * day, id="c1", subject="NP-4", child=CARYS),
        message("returned", NOW - 3 * day, id="c2", subject="NP-4", child=CARYS, told_at=NOW),
        message("located", NOW - hour, id="d1", subject="NP-5", child={**CARYS, "authority_child_id": "C-4",
                "family_name": "Doyle"}),
        message("prevention-interview", NOW - hour, id="e1", subject="NP-6",
                child={"family_name": "Evans"}, prevention_interview={"held": True}),
        message("returned", NOW - 2 * hour, id="f1", subject="NP-7",
                child={"family_name": "Ferreira-Montgomery-Featherstonehaugh", "given_names": "Maximiliana"}),
        b'{"specversion": "1.0", "id": "x1", "source": "urn:police:not',
        b"\xff\xfe\x00\x01",
        message("reported", NOW, id="x2", source="urn:police:derbyshire"),
    ]  # fmt: skip
    return told


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, headless, that calls nobody but us."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def opened(chromium: Browser) -> AsyncIterator[Open]:
    """A way to open windows; a complaint in any of them fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    async def open_(width: int = 1280, *, scripts: bool = True, session: str | None = SESSION) -> Page:
        context = await chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        contexts.append(context)
        if session is not None:
            cookie = {"name": COOKIE, "value": session, "domain": "127.0.0.1", "path": "/"}
            await context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])  # type: ignore[typeddict-item]
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: complaints.extend(_complaint(said)))
        page.on("response", lambda answer: complaints.extend(_failed(answer)))
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert complaints == []


def _complaint(said: ConsoleMessage) -> list[str]:
    loading = "Failed to load resource" in said.text  # told better by the answer itself
    return [said.text] if said.type == "error" and not loading else []


def _failed(answer: Response) -> list[str]:
    page = answer.request.resource_type == "document"  # a page may well say that it is not there
    if answer.status == 401 and answer.url.endswith("/live"):
        return []  # a page that lies open after its session ended is told so
    return [] if page or answer.status < 400 else [f"{answer.url}: {answer.status}"]
