"""What runs beside the requests, and what is said when something underneath fails."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest
import structlog
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from schemas.policy import Policy
from store.database import Store
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect
from tests.web.conftest import Desk
from tests.web.stories import missing
from web.app import create_app
from web.background import Work
from web.guard.sessions import COOKIE
from web.site import Site


@asynccontextmanager
async def living(app: FastAPI) -> AsyncIterator[None]:
    """Run what an application runs beside its requests."""
    async with app.router.lifespan_context(app):
        yield


async def until(desk: Desk, status: str) -> dict[str, object]:
    """Ask whether it is ready until it answers with this status."""
    while True:
        found: dict[str, object] = (await desk.client.get("/readyz")).json()
        if found["status"] == status:
            return found
        await asyncio.sleep(0.02)


async def test_it_is_ready_once_what_runs_beside_it_runs(desk: Desk) -> None:
    async with asyncio.timeout(10), living(desk.app):
        found = await until(desk, "ok")
    assert (found["database"], found["migrations"]) == ("ok", "ok")


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def nowhere(site: Site) -> FastAPI:
    """An application whose database is not there."""
    return create_app(Store("postgresql+psycopg://homeward_app:x@127.0.0.1:1/none"), site)


async def test_without_its_database_a_page_says_so_plainly(nowhere: FastAPI) -> None:
    async with client_of(nowhere) as client:
        client.cookies.set(COOKIE, "of a session")
        answer = await client.get("/now")
    assert answer.status_code == 503
    assert "What was accepted before is safe" in answer.text


async def test_what_goes_wrong_inside_is_not_told_outside(
    database: Database, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE inbox RENAME COLUMN digest TO gone")
    answer = await desk.post(json.dumps(missing()))
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "digest" not in answer.text
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    log = capsys.readouterr().out
    assert answer.json()["request_id"] in log
    assert "Okafor" not in log


async def test_a_page_that_goes_wrong_inside_says_so_plainly(database: Database, desk: Desk) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE interviews RENAME COLUMN due_at TO gone")
    answer = await desk.client.get("/now")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert answer.headers["x-request-id"] in answer.text


async def test_work_that_crashes_is_told_and_begun_again() -> None:
    begun = asyncio.Event()
    times: list[int] = []

    async def work() -> None:
        times.append(1)
        if len(times) == 1:
            raise psycopg.OperationalError("the child's name")
        begun.set()
        await asyncio.Event().wait()

    one = Work("runner", work)
    with structlog.testing.capture_logs() as log:
        task = asyncio.create_task(one.keep_running())
        async with asyncio.timeout(10):
            await begun.wait()
        assert (one.crashes, one.running) == (1, True)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert [line["error"] for line in log] == ["OperationalError"]
    assert "child" not in str(log)
    assert not one.running


async def test_a_site_whose_work_crashed_is_degraded_and_still_takes_notifications(
    database: Database, site: Site
) -> None:
    async def work() -> None:
        raise RuntimeError

    store = Store(database.app_url)
    app = create_app(store, site, [work])
    async with client_of(app) as client, asyncio.timeout(10), living(app):
        while True:
            answer = await client.get("/readyz")
            if answer.json()["background"][0]["crashes"]:
                break
            await asyncio.sleep(0.02)
    await store.close()
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


async def test_the_log_has_no_address_and_no_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    await desk.get("/api/v1/episodes", child="C-100482")
    await desk.post(json.dumps(missing()))
    log = capsys.readouterr().out
    assert "/api/v1/notifications" in log
    assert "C-100482" not in log
    assert "Okafor" not in log


async def test_a_site_without_pages_has_none(database: Database) -> None:
    store = Store(database.app_url)
    app = create_app(store, Site((NOTTINGHAM,), Policy(), pages=False))
    async with client_of(app) as client:
        for path in (
            "/",
            "/now",
            "/sign-in",
            "/children",
            "/notifications/new",
            "/static/homeward.css",
            "/live",
        ):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert (await client.get("/readyz")).status_code == 200
    await store.close()
