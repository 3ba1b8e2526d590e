"""The real application on a real database, as whoever calls it from outside meets it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from fastapi import FastAPI

from casework.carry import Carrier
from casework.tokens import Scope, create
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE
from tests.postgres import Database, connect
from web.app import create_app
from web.site import Site

AUTHORITIES = (NOTTINGHAM, DERBY)
NOW = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
SINGLE, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
PROBLEM = "application/problem+json"
PATIENCE_SECONDS = 15.0
NOBODYS = "3b0c5d0e-0000-4000-8000-000000000001"
"""An id that nothing has."""

Json = dict[str, Any]


class Clock:
    """The site's clock: it stands still until a test moves it on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, by: timedelta = timedelta(seconds=10)) -> datetime:
        self.now += by
        return self.now


@dataclass
class Served:
    """One application, its database, and one bearer token of each kind for Nottingham."""

    app: FastAPI
    http: httpx.AsyncClient
    store: Store
    database: Database
    clock: Clock
    looking: psycopg.Connection
    """What waits for the product looks through this, past all row-level security."""
    tokens: dict[str, str] = field(default_factory=dict)

    async def token(
        self, name: str, scope: Scope, source: str | None = None, authority: str = NOTTINGHAM
    ) -> str:
        """Make a bearer token; the same name gives the same token again."""
        if name not in self.tokens:
            self.tokens[name] = await create(
                self.store,
                authority,
                name,
                scope,
                source,
                served=(authority,),
                person="system:test",
                now=self.clock(),
            )
        return self.tokens[name]

    async def post(
        self,
        content: Mapping[str, Any] | Sequence[Any] | bytes,
        media_type: str | None = None,
        token: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Send one notification, or a list of them as a batch, as the force of Nottinghamshire."""
        body = content if isinstance(content, bytes) else _json(content)
        kind = media_type or (BATCH if isinstance(content, list) else SINGLE)
        bearer = token or await self.token("feed", Scope.NOTIFY, NOTTINGHAMSHIRE)
        return await self.http.post(
            "/api/v1/notifications",
            content=body,
            headers={"Content-Type": kind, "Authorization": f"Bearer {bearer}", **headers},
        )

    async def get(self, path: str, token: str | None = None, **query: Any) -> httpx.Response:
        """Read something, as a reader of Nottingham's."""
        bearer = token or await self.token("reader", Scope.READ)
        return await self.http.get(
            f"/api/v1/{path}", params=query or None, headers={"Authorization": f"Bearer {bearer}"}
        )

    async def one(self, path: str, token: str | None = None) -> Json:
        """Return what one address answers."""
        response = await self.get(path, token)
        assert response.status_code == httpx.codes.OK, response.text
        found: Json = response.json()
        return found

    async def items(self, path: str, token: str | None = None, **query: Any) -> list[Json]:
        """Return the whole list, page after page."""
        found: list[Json] = []
        async for page in self.pages(path, token, **query):
            found += page
        return found

    async def pages(self, path: str, token: str | None = None, **query: Any) -> AsyncIterator[list[Json]]:
        """Yield one page after another until there is none."""
        cursor: dict[str, str] = {}
        while True:
            response = await self.get(path, token, **query, **cursor)
            assert response.status_code == httpx.codes.OK, response.text
            page = response.json()
            assert set(page) == {"items", "next"}
            yield page["items"]
            if page["next"] is None:
                return
            cursor = {"cursor": page["next"]}

    async def tell(self, *messages: Mapping[str, Any], token: str | None = None) -> list[Json]:
        """Send messages as one batch, wait until they are applied, and return their receipts."""
        response = await self.post(list(messages), token=token)
        assert response.status_code == httpx.codes.ACCEPTED, response.text
        await self.applied()
        receipts: list[Json] = response.json()
        return receipts

    async def applied(self) -> None:
        """Wait until the product has applied what it took in, and sealed what it wrote down."""
        left = (
            "SELECT (SELECT count(*) FROM inbox WHERE applied_at IS NULL AND set_aside_at IS NULL)"
            " + (SELECT count(*) FROM ledger WHERE position IS NULL AND authority = ANY(%s))"
        )
        await until(
            lambda: self.looking.execute(left, [list(AUTHORITIES)]).fetchone() == (0,),
            "everything is applied and sealed",
        )

    async def episodes_of(self, child: str, **query: Any) -> list[Json]:
        return await self.items("episodes", child=child, **query)

    async def episode_of(self, child: str) -> Json:
        """Return the only episode of a child."""
        (episode,) = await self.episodes_of(child)
        return episode

    async def interview_of(self, child: str) -> Json:
        """Return the only interview of a child."""
        (interview,) = await self.items("interviews", child=child)
        return interview

    async def letter_of(self, response: httpx.Response) -> Json:
        """Return the dead letter that a refusal names."""
        return await self.one(f"letters/{response.json()['letter']}")

    def superuser(self) -> psycopg.Connection:
        return connect(self.database.superuser_url)


@asynccontextmanager
async def serving(
    database: Database,
    *,
    authorities: tuple[str, ...] = AUTHORITIES,
    background: bool = True,
    app_url: str | None = None,
    **site: Any,
) -> AsyncIterator[Served]:
    """Serve the application without a socket, with its lifespan."""
    store, clock = Store(app_url or database.app_url), Clock()
    about = Site(authorities, Policy(), **{"failed_tokens_per_minute": 10_000, **site})
    runner = Runner(Carrier(store, about.policy, clock), about.authorities)
    app = create_app(store, about, [runner.run] if background else [], clock)
    transport = httpx.ASGITransport(app)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
        ):
            with connect(database.superuser_url) as looking:
                yield Served(app, http, store, database, clock, looking)
    finally:
        await store.close()


async def until(
    holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS, every: float = 0.015
) -> None:
    """Wait for a condition; fail when it does not come about in time."""
    limit = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < limit, f"waited {seconds} seconds, but not: {what}"
        await asyncio.sleep(every)


def child(known_as: str, **facts: Any) -> Json:
    """Return a child with an identity of its own, so that no test meets another's."""
    return {
        "family_name": f"Okafor {known_as}",
        "given_names": "Amara Grace",
        "date_of_birth": "2011-07-02",
        "authority_child_id": known_as,
        **facts,
    }


def named(response: httpx.Response) -> dict[str, str]:
    """Return the fields that a refusal names, each with how to mend it."""
    return {error["field"]: error["message"] for error in response.json().get("errors", [])}


def is_problem(response: httpx.Response, status: int) -> bool:
    """Whether a refusal has the shape that every refusal has."""
    told = response.json()
    return (
        response.status_code == status == told["status"]
        and response.headers["content-type"] == PROBLEM
        and bool(told["title"])
        and bool(told["detail"])
        and told["request_id"] == response.headers["x-request-id"]
    )


def at(text: str) -> datetime:
    """Return an instant that the API told."""
    instant = datetime.fromisoformat(text)
    assert instant.utcoffset() == timedelta(0)
    return instant


def _json(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(content).encode()
