"""Whether it lives, whether it is ready, how it is; and what is answered when the database is not."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from casework.tokens import Scope
from store.embedded import Server
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database, connect, database_on
from tests.web.served import SINGLE, Json, Served, child, is_problem, serving, until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-health")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOBODY_LISTENS = "postgresql+psycopg://homeward_app:none@127.0.0.1:1/none"
LISTS = ("episodes", "interviews", "ledger", "letters", "questions")


def tell(who: str, kind: str, hours: float = 0, **more: Any) -> Json:
    facts = {"id": f"{who}-{kind}", "subject": f"NP-{who}", "child": child(who)} | more
    return message(kind, SATURDAY + hours * HOUR, **facts)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def away(module_database: Database) -> AsyncIterator[Served]:
    """A site whose database does not answer."""
    async with serving(module_database, app_url=NOBODY_LISTENS, background=False, pages=False) as made:
        yield made


@contextmanager
def shut(database: Database) -> Iterator[None]:
    """Let nobody into the database, and throw the application out."""
    with connect(database.superuser_url.replace(database.name, "postgres")) as superuser:
        superuser.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false".encode())
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = 'homeward_app'",
            [database.name],
        )
        try:
            yield
        finally:
            superuser.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS true".encode())


async def test_it_lives(served: Served) -> None:
    response = await served.http.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_it_is_ready_and_says_of_what(served: Served) -> None:
    response = await served.http.get("/readyz")
    told = response.json()
    assert response.status_code == 200
    assert (told["database"], told["migrations"]) == ("ok", "ok")


async def test_without_its_database_it_lives_and_is_not_ready(away: Served) -> None:
    live, ready = await away.http.get("/healthz"), await away.http.get("/readyz")
    assert (live.status_code, ready.status_code) == (200, 503)
    assert ready.json()["database"] != "ok"


async def test_with_a_database_that_nobody_brought_up_to_date_it_is_not_ready(cluster: Server) -> None:
    with database_on(cluster) as bare:
        async with serving(bare, background=False, pages=False) as made:
            response = await made.http.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "ok")
    assert "homeward db upgrade" in response.json()["migrations"]


@pytest.mark.parametrize("path", [*LISTS, f"episodes/{DERBY}", "interviews/1", "letters/1"])
async def test_without_its_database_nothing_is_read_and_the_caller_may_try_again(
    away: Served, path: str
) -> None:
    response = await away.http.get(f"/api/v1/{path}", headers={"Authorization": "Bearer hw_any"})
    assert is_problem(response, 503)
    assert int(response.headers["retry-after"]) > 0


async def test_without_its_database_nothing_is_accepted_and_the_sender_may_try_again(away: Served) -> None:
    response = await away.http.post(
        "/api/v1/notifications",
        json=tell("C-away", "reported"),
        headers={"Authorization": "Bearer hw_any", "Content-Type": SINGLE},
    )
    assert is_problem(response, 503)
    assert int(response.headers["retry-after"]) > 0


async def test_no_answer_says_where_the_database_is(away: Served) -> None:
    told = (await away.get("episodes", token="hw_any")).text + (await away.http.get("/readyz")).text
    assert "127.0.0.1" not in told
    assert "homeward_app" not in told


async def test_a_database_that_goes_away_and_comes_back_loses_nothing_that_was_accepted(
    module_database: Database,
) -> None:
    async with serving(module_database) as made:
        feed = await made.token("restless", Scope.NOTIFY, NOTTINGHAMSHIRE)
        await made.token("patient", Scope.READ)
        before = await made.post(tell("C-outage", "reported"), token=feed)
        with shut(module_database):
            during = await made.post(tell("C-outage", "returned", 9), token=feed)
            ready = await made.http.get("/readyz")
        after = await made.post(tell("C-outage", "returned", 9), token=feed)
        await made.applied()
        (episode,) = await made.items("episodes", made.tokens["patient"], child="C-outage")
    assert is_problem(during, 503)
    assert [r.status_code for r in (before, ready, after)] == [202, 503, 202]
    assert episode["notifications"] == ["C-outage-reported", "C-outage-returned"]


@pytest.mark.parametrize("state", ["40001", "40P01", "25006", "53100", "53200", "57P01"])
async def test_what_may_go_well_another_time_is_to_be_sent_again_and_is_not_half_written(
    database: Database, state: str
) -> None:
    """Deadlock, failover to a copy that only reads, full disk, no memory, a server that stops."""
    async with serving(database, background=False, pages=False) as made:
        feed = await made.token("unlucky", Scope.NOTIFY, NOTTINGHAMSHIRE)
        with made.superuser() as superuser:
            superuser.execute(
                "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{state}'; END $$".encode()
            )
            superuser.execute("CREATE TRIGGER fail BEFORE INSERT ON ledger EXECUTE FUNCTION fail()")
            failed = await made.post([tell("C-retry", "reported")], token=feed)
            assert superuser.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
            superuser.execute("DROP TRIGGER fail ON ledger")
        again = await made.post([tell("C-retry", "reported")], token=feed)
    assert is_problem(failed, 503)
    assert [item["status"] for item in again.json()] == ["accepted"]


METRIC = re.compile(r"^([a-z_]+)(?:\{(.*)\})? ([0-9.e+-]+)$")
NAMES = {
    "homeward_notifications_received_total",
    "homeward_notifications_applied",
    "homeward_inbox_waiting",
    "homeward_oldest_unapplied_seconds",
    "homeward_dead_letters_waiting",
    "homeward_questions_open",
    "homeward_interviews_overdue",
    "homeward_episodes_open",
    "homeward_http_requests_total",
    "homeward_http_request_seconds_bucket",
    "homeward_http_request_seconds_count",
    "homeward_http_request_seconds_sum",
}


VERDICTS = ("accepted", "duplicate", "rejected")


async def metrics(served: Served) -> dict[tuple[str, str], float]:
    """Return every sample by its name and labels, as new as can be."""
    served.clock.move_on()
    response = await served.http.get("/metrics")
    assert response.status_code == 200
    lines = [line for line in response.text.splitlines() if not line.startswith("#")]
    found = [METRIC.fullmatch(line) for line in lines]
    assert all(found), lines
    return {(one[1], one[2] or ""): float(one[3]) for one in found if one}


async def test_measurements_are_in_the_format_of_prometheus_under_these_names(served: Served) -> None:
    await served.post(tell("C-names", "reported"))
    response = await served.http.get("/metrics")
    names = {name for name, _ in await metrics(served)}
    assert response.headers["content-type"].startswith("text/plain")
    assert names >= NAMES


async def test_what_comes_in_moves_the_measurements(served: Served) -> None:
    await served.applied()
    before = await metrics(served)
    moved = tell("C-moved", "reported", child=child("C-moved", upn="bad"))
    await served.tell(moved, tell("C-moved-2", "reported"), tell("C-moved-2", "returned", 9), moved)
    await served.post(b"unreadable, and counted")
    after = await metrics(served)

    def by(name: str, labels: str = f'authority="{NOTTINGHAM}"') -> float:
        return after[name, labels] - before.get((name, labels), 0)

    received = [by("homeward_notifications_received_total", f'verdict="{v}",via="http"') for v in VERDICTS]
    assert received == [3, 1, 1]
    gauges = (
        "notifications_applied",
        "dead_letters_waiting",
        "questions_open",
        "interviews_overdue",
        "episodes_open",
    )
    assert [by(f"homeward_{name}") for name in gauges] == [3, 1, 1, 1, 1]


async def test_what_waits_is_measured_by_its_age(module_database: Database) -> None:
    async with serving(module_database, authorities=(DERBY,), background=False) as made:
        feed = await made.token("waiting", Scope.NOTIFY, NOTTINGHAMSHIRE, DERBY)
        await made.post(tell("C-waits", "reported", authority=DERBY), token=feed)
        made.clock.move_on(timedelta(seconds=20))
        found = await metrics(made)
    labels = f'authority="{DERBY}"'
    assert found["homeward_oldest_unapplied_seconds", labels] == 30
    assert found["homeward_inbox_waiting", labels] == 1


async def test_no_measurement_names_a_child_or_an_id(served: Served) -> None:
    await served.tell(tell("C-quiet", "reported"))
    episode = await served.episode_of("C-quiet")
    await served.get(f"episodes/{episode['id']}")
    text = (await served.http.get("/metrics")).text
    assert not any(word in text for word in ("Okafor", "C-quiet", episode["id"], episode["child_id"]))
    assert 'route="/api/v1/episodes/{id}"' in text


async def test_whoever_makes_up_methods_and_addresses_makes_up_no_measurements(served: Served) -> None:
    for number in range(5):
        await served.http.request(f"INVENTED{number}", f"/invented/{number}")
    made_up = [labels for _, labels in await metrics(served) if "INVENTED" in labels or "invented" in labels]
    assert made_up == []


ADDRESSES = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/metrics", 200),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/api/v1/episodes", 401),
    ("GET", "/api/v1/nothing", 404),
    ("GET", "/api/v1", 404),
    ("DELETE", "/api/v1/episodes", 405),
    ("GET", "/api/v1/notifications", 405),
    ("POST", "/api/v1/notifications", 401),
    ("PUT", "/healthz", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ADDRESSES)
async def test_every_answer_is_safe_to_show_in_a_browser_and_kept_by_nobody(
    served: Served, method: str, path: str, status: int
) -> None:
    response = await served.http.request(method, path)
    headers = response.headers
    assert response.status_code == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]
    assert "server" not in headers


@pytest.mark.parametrize(("method", "path", "status"), [one for one in ADDRESSES if one[2] >= 400])
async def test_every_refusal_is_a_problem_with_the_id_under_which_the_log_has_it(
    served: Served, method: str, path: str, status: int
) -> None:
    assert is_problem(await served.http.request(method, path), status)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize(
    ("path", "takes"),
    [("notifications", "POST"), ("episodes", "GET"), ("interviews/1", "GET"), ("ledger", "GET")],
)
async def test_another_method_is_refused_and_the_right_one_is_named(
    served: Served, method: str, path: str, takes: str
) -> None:
    response = await served.http.request(method, f"/api/v1/{path}")
    assert (response.status_code, takes in response.headers["allow"]) == (405, True)
    assert "access-control-allow-origin" not in response.headers


async def test_a_call_under_a_name_that_is_not_ours_is_refused(served: Served) -> None:
    response = await served.http.get("/api/v1/episodes", headers={"Host": "rebound.example"})
    assert is_problem(response, 421)


async def test_the_runner_applies_while_pages_and_machines_ask(served: Served) -> None:
    await served.post(tell("C-soon", "reported"))
    with served.superuser() as superuser:
        waiting = "SELECT count(*) FROM inbox WHERE id = 'C-soon-reported' AND applied_at IS NOT NULL"
        await until(lambda: superuser.execute(waiting).fetchone() == (1,), "it is applied")
    assert len(await served.episodes_of("C-soon")) == 1
