"""The demonstration's feed: a force's system that posts, waits when it is asked to, and loses nothing."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from casework.tokens import Scope, create
from cli.demo import AUTHORITY, FORCES, SEED
from cli.demo.command import _while_wanted, read_demo
from cli.demo.feed import BATCH, SINGLE, play
from cli.demo.month import month
from cli.demo.patience import FeedError
from cli.errors import Stop
from schemas.policy import Policy
from store.database import Store
from tests.postgres import Database
from web.app import create_app
from web.site import Site

URL = "http://127.0.0.1:8000"
TOKENS = {source: f"token of {source}" for source in FORCES}
BROKEN = 6


class Service:
    """A stand-in for Homeward behind ASGI: keeps what it is sent, or answers as it was told to at first."""

    def __init__(self, *first_answers: Response) -> None:
        self.first_answers = list(first_answers)
        self.requests: list[tuple[str, bytes]] = []
        self.unreadable: list[str] = []
        self.messages: list[tuple[str, Any]] = []
        self.ids: set[str] = set()
        self.app = Starlette(routes=[Route("/api/v1/notifications", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        if self.first_answers:
            return self.first_answers.pop(0)
        token, media_type = request.headers["authorization"], request.headers["content-type"]
        body = await request.body()
        self.requests.append((media_type, body))
        try:
            parsed = json.loads(body)
        except ValueError:
            self.unreadable.append(media_type)
            return Response(status_code=422)
        told = parsed if isinstance(parsed, list) else [parsed]
        self.messages += [(token, message) for message in told]
        self.ids |= {message["id"] for message in told}
        return JSONResponse({}, status_code=202)


class Unsteady(httpx.AsyncBaseTransport):
    """A connection that breaks down a few times."""

    def __init__(self, inner: httpx.AsyncBaseTransport, failures: int) -> None:
        self.inner = inner
        self.failures = failures

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.failures:
            self.failures -= 1
            raise httpx.ConnectError("All connection attempts failed", request=request)
        return await self.inner.handle_async_request(request)


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=1)


@cache
def ids_of_the_month(ends_at: datetime) -> set[str]:
    return {str(event["id"]) for event in month(SEED, ends_at)}


async def until(playing: Awaitable[None], done: Callable[[], bool]) -> None:
    """Let it play until it is done, and stop it as Ctrl-C would; what it raises is raised here."""
    task = asyncio.ensure_future(playing)
    async with asyncio.timeout(20):
        while not task.done() and not done():
            await asyncio.wait({task}, timeout=0.01)
    if task.done():
        await task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def played(service: Service, ends_at: datetime) -> None:
    """Play the month as fast as it goes."""
    transport = httpx.ASGITransport(service.app)
    await until(
        play(URL, TOKENS, ends_at, minutes=0, transport=transport),
        lambda: service.ids >= ids_of_the_month(ends_at),
    )


async def test_the_whole_month_arrives_each_message_with_the_token_of_its_force() -> None:
    service, ends_at = Service(), just_now()
    await played(service, ends_at)
    wrong = [m for token, m in service.messages if token != f"Bearer {TOKENS[m['source']]}"]
    assert service.ids >= ids_of_the_month(ends_at)
    assert len(wrong) == 1  # one of the broken ones: a force that sends as another


async def test_it_sends_single_messages_and_small_batches() -> None:
    service = Service()
    await played(service, just_now())
    batches = [json.loads(body) for media_type, body in service.requests if media_type == BATCH]
    assert {media_type for media_type, _ in service.requests} == {SINGLE, BATCH}
    assert max(map(len, batches)) <= 50


async def test_what_cannot_be_read_is_sent_alone_and_only_once() -> None:
    service = Service()
    await played(service, just_now())
    assert service.unreadable == [SINGLE]


@pytest.mark.parametrize("status", [429, 503])
async def test_what_a_busy_service_does_not_take_is_sent_again(status: int) -> None:
    busy = [Response(status_code=status, headers={"Retry-After": "0"}) for _ in range(3)]
    service, ends_at = Service(*busy), just_now()
    await played(service, ends_at)
    assert service.ids >= ids_of_the_month(ends_at)


async def test_it_waits_as_long_as_the_service_asks() -> None:
    service = Service(Response(status_code=503, headers={"Retry-After": "1"}))
    begun_at = datetime.now(UTC)
    transport = httpx.ASGITransport(service.app)
    await until(play(URL, TOKENS, just_now(), minutes=0, transport=transport), lambda: bool(service.requests))
    assert datetime.now(UTC) - begun_at > timedelta(seconds=1)


async def test_what_a_broken_connection_swallows_is_sent_again() -> None:
    service, ends_at = Service(), just_now()
    transport = Unsteady(httpx.ASGITransport(service.app), failures=2)
    await until(
        play(URL, TOKENS, ends_at, minutes=0, transport=transport),
        lambda: service.ids >= ids_of_the_month(ends_at),
    )
    assert transport.failures == 0


async def test_begun_again_it_sends_the_same_again() -> None:
    first, again, ends_at = Service(), Service(), just_now()
    await played(first, ends_at)
    await played(again, ends_at)
    assert ids_of_the_month(ends_at) <= first.ids & again.ids


async def test_the_month_is_spread_over_its_minutes() -> None:
    service, ends_at = Service(), datetime.now(UTC) - timedelta(minutes=1)
    transport = httpx.ASGITransport(service.app)
    playing = play(URL, TOKENS, ends_at, minutes=4, transport=transport)
    await until(playing, lambda: len(service.ids) > 100)
    assert 0.2 < len(service.ids) / len(ids_of_the_month(ends_at)) < 0.35


async def test_when_the_month_is_told_it_goes_on() -> None:
    service, ends_at = Service(), datetime.now(UTC) - timedelta(minutes=30)
    transport = httpx.ASGITransport(service.app)
    known = ids_of_the_month(ends_at)
    playing = play(URL, TOKENS, ends_at, minutes=3, transport=transport)
    await until(playing, lambda: len(service.ids - known) > BROKEN + 30)
    later = [m for _, m in service.messages if m["id"] not in known and m["time"] > ends_at.isoformat()]
    assert len(later) >= 30


async def test_a_token_that_is_not_known_ends_it() -> None:
    service = Service(Response(status_code=401))
    with pytest.raises(FeedError, match="is not known there"):
        await played(service, just_now())


async def test_an_address_without_homeward_ends_it() -> None:
    transport = httpx.ASGITransport(Starlette())
    with pytest.raises(FeedError, match="correct --url"):
        await play(URL, TOKENS, just_now(), minutes=0, transport=transport)


async def test_what_is_no_address_at_all_ends_it() -> None:
    with pytest.raises(FeedError, match="is not an address"):
        await play("localhost:8000", TOKENS, just_now())


async def test_a_force_without_a_token_ends_it() -> None:
    transport = httpx.ASGITransport(Service().app)
    with pytest.raises(FeedError, match="there is no token for urn:police"):
        await play(URL, {}, just_now(), minutes=0, transport=transport)


async def test_it_ends_when_whoever_started_it_is_gone() -> None:
    async with asyncio.timeout(5):
        await _while_wanted(asyncio.sleep(60), started_by=-1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_it_reads_what_the_start_of_the_demonstration_left(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    path.write_text(json.dumps({"tokens": TOKENS, "ends_at": "2026-11-23T21:30:00+00:00"}))
    assert read_demo(path).tokens == TOKENS
    assert read_demo(path).ends_at == datetime(2026, 11, 23, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"tokens": {}, "ends_at": "2026-11-23T21:30:00"}'])
def test_a_file_that_says_something_else_is_told_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "demo.json"
    path.write_text(content)
    with pytest.raises(Stop, match="is not what `homeward up --demo` writes"):
        read_demo(path)


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="`homeward up --demo` writes it"):
        read_demo(tmp_path / "demo.json")


async def test_the_product_takes_the_month_in_and_keeps_what_it_cannot_read(database: Database) -> None:
    store, now = Store(database.app_url), datetime.now(UTC)
    site = Site(authorities=(AUTHORITY,), policy=Policy(), pages=False)
    tokens = {
        source: await create(
            store, AUTHORITY, source, Scope.NOTIFY, source, served=[AUTHORITY], person="system:test", now=now
        )
        for source in FORCES
    }
    transport = httpx.ASGITransport(create_app(store, site))
    task = asyncio.ensure_future(play(URL, tokens, now, minutes=0, transport=transport))
    async with asyncio.timeout(60):
        while not task.done() and await counted(store, "letters") < BROKEN:
            await asyncio.wait({task}, timeout=0.2)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert await counted(store, "inbox") >= len(ids_of_the_month(now))
    await store.close()


async def counted(store: Store, table: Literal["inbox", "letters"]) -> int:
    async with store.transaction(AUTHORITY) as tx:
        return int(await tx.scalar(f"SELECT count(*) FROM {table}"))


def test_the_demonstration_reaches_into_no_table() -> None:
    demo = Path(__file__).parents[2] / "cli/demo"
    reaching = [
        path.name
        for path in demo.glob("*.py")
        if any(
            line.startswith(("from store", "import store", "from casework", "import casework"))
            for line in path.read_text().splitlines()
        )
    ]
    assert reaching == []


def test_a_file_without_the_teams_token_says_how_to_get_one(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    path.write_text(json.dumps({"tokens": TOKENS, "ends_at": "2026-11-23T21:30:00+00:00"}))
    with pytest.raises(FeedError, match="has no token of the team"):
        _ = read_demo(path).team
