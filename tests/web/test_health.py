"""Probes, measurements, and what is said when something underneath fails."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
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
from tests.web.conftest import SINGLE, Desk
from tests.web.test_notifications import reported
from web.app import create_app
from web.background import Work
from web.site import Site


async def test_a_process_that_lives_says_so_without_asking_the_database(desk: Desk) -> None:
    await desk.store.close()
    answer = await desk.client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


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


async def test_it_is_not_ready_before_the_migrations(bare_database: Database, site: Site) -> None:
    store = Store(bare_database.app_url)
    app = create_app(store, site)
    async with client_of(app) as client:
        answer = await client.get("/readyz")
    await store.close()
    assert answer.status_code == 503
    assert "homeward db upgrade" in answer.json()["migrations"]


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def nowhere(site: Site) -> FastAPI:
    """An application whose database is not there."""
    return create_app(Store("postgresql+psycopg://homeward_app:x@127.0.0.1:1/none"), site)


async def test_it_is_not_ready_without_its_database(nowhere: FastAPI) -> None:
    async with client_of(nowhere) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


async def test_without_its_database_nothing_is_taken_and_the_sender_may_try_again(nowhere: FastAPI) -> None:
    async with client_of(nowhere) as client:
        headers = {"Authorization": "Bearer x", "Content-Type": SINGLE}
        answer = await client.post("/api/v1/notifications", content=b"{}", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert int(answer.headers["retry-after"]) > 0


async def test_without_its_database_a_page_says_so_plainly(nowhere: FastAPI) -> None:
    async with client_of(nowhere) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert "What was accepted before is safe" in answer.text


@pytest.fixture
def full_disk(database: Database) -> Iterator[None]:
    """Refuse every new row of the inbox, as PostgreSQL does when its disk is full."""
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$"
        )
        superuser.execute("CREATE TRIGGER no_room BEFORE INSERT ON ledger EXECUTE FUNCTION no_room()")
        yield


@pytest.mark.usefixtures("full_disk")
async def test_on_a_full_disk_nothing_is_half_written(desk: Desk) -> None:
    alone = await desk.post(json.dumps(reported()))
    batch = await desk.post(json.dumps([reported("m2"), {"id": "m3"}]), "application/cloudevents-batch+json")
    for answer in (alone, batch):
        assert (answer.status_code, "disk is full" in answer.json()["detail"]) == (503, True)
        assert "retry-after" in answer.headers
    async with desk.store.transaction(NOTTINGHAM) as tx:
        assert await tx.scalar("SELECT count(*) FROM inbox") == 0
        assert await tx.scalar("SELECT count(*) FROM letters") == 0


async def test_after_a_refusal_the_same_message_is_accepted(database: Database, desk: Desk) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE inbox RENAME COLUMN digest TO gone")
        broken = await desk.post(json.dumps(reported()))
        superuser.execute("ALTER TABLE inbox RENAME COLUMN gone TO digest")
    assert broken.status_code == 500
    assert (await desk.post(json.dumps(reported()))).json()["status"] == "accepted"


async def test_what_goes_wrong_inside_is_not_told_outside(
    database: Database, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE inbox RENAME COLUMN digest TO gone")
    answer = await desk.post(json.dumps(reported()))
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "digest" not in answer.text
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    log = capsys.readouterr().out
    assert answer.json()["request_id"] in log
    assert "Okafor" not in log


async def test_a_page_that_goes_wrong_inside_says_so_plainly(database: Database, desk: Desk) -> None:
    with connect(database.superuser_url) as superuser:
        superuser.execute("ALTER TABLE interviews RENAME COLUMN due_at TO gone")
    answer = await desk.client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert answer.headers["x-request-id"] in answer.text


async def test_a_database_that_comes_back_is_used_again(database: Database, desk: Desk) -> None:
    await desk.post(json.dumps(reported()))
    with connect(database.superuser_url) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert (await desk.post(json.dumps(reported("m2")))).status_code == 202


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


async def test_measurements_count_what_came_and_what_waits(desk: Desk) -> None:
    await desk.post(json.dumps(reported()))
    await desk.post(b"no message")
    await desk.tell(reported("m2", child={"family_name": "Khan"}, subject="NP-2"))
    await desk.post(json.dumps(reported("m3")))
    await desk.client.get("/api/v1/episodes/3b0c5d0e-0000-4000-8000-000000000001")
    text = (await desk.client.get("/metrics")).text
    wanted = {
        'homeward_notifications_received_total{verdict="accepted",via="http"} 2.0',
        'homeward_notifications_received_total{verdict="rejected",via="http"} 1.0',
        'homeward_notifications_applied{authority="E06000018"} 2.0',
        'homeward_inbox_waiting{authority="E06000018"} 1.0',
        'homeward_oldest_unapplied_seconds{authority="E06000018"} 0.0',
        'homeward_dead_letters_waiting{authority="E06000018"} 1.0',
        'homeward_episodes_open{authority="E06000018"} 2.0',
        'homeward_interviews_overdue{authority="E06000018"} 0.0',
        'homeward_http_requests_total{method="GET",route="/api/v1/episodes/{id}",status="401"} 1.0',
    }
    assert wanted - set(text.splitlines()) == set()
    assert "Okafor" not in text


async def test_the_log_has_no_address_and_no_name(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    await desk.get("/api/v1/episodes", child="C-100482")
    await desk.post(json.dumps(reported()))
    log = capsys.readouterr().out
    assert "/api/v1/notifications" in log
    assert "C-100482" not in log
    assert "Okafor" not in log


async def test_a_site_without_pages_has_none(database: Database) -> None:
    store = Store(database.app_url)
    app = create_app(store, Site((NOTTINGHAM,), Policy(), pages=False))
    async with client_of(app) as client:
        for path in ("/", "/children", "/notifications/new", "/static/homeward.css", "/live"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert (await client.get("/readyz")).status_code == 200
    await store.close()
