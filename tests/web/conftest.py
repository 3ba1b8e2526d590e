"""The web application on a real database, called without a network."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from casework.carry import Carrier
from schemas.access import Duty
from schemas.policy import Policy
from store import tokens
from store.database import Store
from store.embedded import Server
from store.people import Person
from streams.runner import Runner
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE
from tests.postgres import Database, database_on
from tests.sessions import lasting
from tests.web.served import Served, serving
from web.app import create_app
from web.guard.sessions import COOKIE
from web.site import Site

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
SINGLE = "application/cloudevents+json"


@dataclass(slots=True)
class Hands:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Desk:
    """The application, and whoever calls it."""

    app: FastAPI
    store: Store
    site: Site
    clock: Hands
    client: AsyncClient
    """A browser in which Bea Okoro is signed in, who has every duty."""
    runner: Runner
    secrets: dict[str, str] = field(default_factory=dict)
    browsers: list[AsyncClient] = field(default_factory=list)
    people: dict[AsyncClient, Person] = field(default_factory=dict)
    """Who is signed in, by browser."""

    async def token(
        self,
        scope: str,
        *,
        name: str | None = None,
        authority: str = NOTTINGHAM,
        source: str | None = None,
    ) -> str:
        """Make a token and return its secret."""
        secret = f"secret-{uuid4()}"
        made = tokens.Token(uuid4(), authority, name or f"{scope}-{uuid4()}", scope, source, NOW, None)
        async with self.store.transaction(authority) as tx:
            await tokens.add(tx, made, secret)
        return secret

    async def sign_in(
        self,
        *duties: Duty,
        name: str = "Bea Okoro",
        staff_id: str | None = None,
        authority: str = NOTTINGHAM,
    ) -> AsyncClient:
        """Return a browser in which somebody new is signed in; with all duties unless told."""
        secret = f"session-{uuid4()}"
        person = await lasting(
            self.store, *duties, secret=secret, name=name, staff_id=staff_id, authority=authority
        )
        client = self.browser()
        client.cookies.set(COOKIE, secret)
        self.people[client] = person
        return client

    def person_of(self, client: AsyncClient) -> str:
        """Return on whose behalf a browser's requests are done."""
        return f"person:{self.people[client].id}"

    def browser(self) -> AsyncClient:
        """Return a browser in which nobody is signed in."""
        made = AsyncClient(transport=ASGITransport(self.app), base_url="http://localhost:8000")
        self.browsers.append(made)
        return made

    async def bearer(self, scope: str) -> dict[str, str]:
        """Return the header of the desk's own token of a scope."""
        if scope not in self.secrets:
            source = NOTTINGHAMSHIRE if scope == "notify" else None
            self.secrets[scope] = await self.token(scope, name=scope, source=source)
        return {"Authorization": f"Bearer {self.secrets[scope]}"}

    async def post(
        self, content: bytes | str, media_type: str = SINGLE, scope: str = "notify", **headers: str
    ) -> Response:
        """Send the body of a notification or a batch."""
        return await self.client.post(
            "/api/v1/notifications",
            content=content,
            headers={**await self.bearer(scope), "Content-Type": media_type, **headers},
        )

    async def tell(self, *messages: Any) -> list[dict[str, Any]]:
        """Send notifications of any source as files would bring them, and apply them."""
        from casework.intake import Sender, receive

        sender = Sender("file", "test", self.site.authorities)
        receipts = await receive(self.store, sender, list(messages), self.clock())
        await self.runner.drain()
        return [{"status": receipt.verdict.value, "letter": receipt.letter_id} for receipt in receipts]

    async def get(self, path: str, scope: str = "read", **query: Any) -> Response:
        """Ask the API."""
        return await self.client.get(path, params=query, headers=await self.bearer(scope))

    async def items(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return the items of one page of a list."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found


@pytest.fixture
def site() -> Site:
    """What is served; a test file may say otherwise."""
    return Site(authorities=(NOTTINGHAM, DERBY), policy=Policy())


@pytest.fixture
async def desk(database: Database, site: Site) -> AsyncIterator[Desk]:
    """The application with a database of its own."""
    clock = Hands()
    store = Store(database.app_url, pool_size=4)
    app = create_app(store, site, clock=clock)
    transport = ASGITransport(app, raise_app_exceptions=True)
    async with AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        runner = Runner(Carrier(store, site.policy, clock), site.authorities)
        made = Desk(app, store, site, clock, client, runner)
        signed = await made.sign_in()
        client.cookies.update(signed.cookies)
        made.people[client] = made.people[signed]
        yield made
        for browser in made.browsers:
            await browser.aclose()
    await store.close()


@pytest.fixture(scope="module")
def module_database(cluster: Server, template: str) -> Iterator[Database]:
    """A database that the tests of one module share: each has a child of its own in it."""
    with database_on(cluster, template) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(module_database: Database) -> AsyncIterator[Served]:
    """The application of one module, with the embedded runner beside it."""
    async with serving(module_database) as made:
        yield made
