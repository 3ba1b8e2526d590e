"""Every service of ours in `docker-compose.yml` starts by its own command, and together they do the work."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from kafka import KafkaConsumer
from psycopg import sql

from schemas.topics import INTERVIEWS, NOTIFICATIONS
from store.embedded import Server, running
from store.embedded.binaries import INSTALLED, MODULE
from tests import topics
from tests.deploy.compose import ROOT, SERVICES
from tests.deploy.containers import Lot, lot_in
from tests.kafka import Broker, wait_until
from tests.messages import NOTTINGHAMSHIRE, message
from tests.postgres import QUICK, connect, open_directory

pytestmark = pytest.mark.xdist_group("kafka")

LIMIT_SECONDS = 30.0
PAGE = ROOT / "docs/how-to/run-in-containers.md"
RETURNED_AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
DUE_AT = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A PostgreSQL with the settings of compose, and nothing of ours in it."""
    options = [each.partition("=") for each in SERVICES["postgres"].told["command"] if "=" in each]
    told = {name: value for name, _, value in options}
    with open_directory() as directory, running(directory / "home", settings={**QUICK, **told}) as server:
        with connect(server.url("postgres", "postgres")) as superuser:
            for what, name in (
                ("DATABASE", "homeward"),
                ("ROLE", "homeward_app"),
                ("ROLE", "homeward_owner"),
            ):
                superuser.execute(sql.SQL(f"DROP {what} {{}}").format(sql.Identifier(name)))
        yield server


@pytest.fixture(scope="module")
def lot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lot]:
    """All services, healthy; Prefect, which takes longest, starts before there is anything else."""
    with lot_in(tmp_path_factory.mktemp("compose")) as lot:
        lot.start("prefect")
        postgres: Server = request.getfixturevalue("postgres")
        make_secrets(lot.directory, f"{postgres.host}:{postgres.port}")
        make_roles(postgres, lot.directory)
        broker: Broker = request.getfixturevalue("broker")
        topics.fresh(broker.address)
        lot.places |= {"kafka:9092": broker.address, "prefect:4200": f"127.0.0.1:{lot.one('prefect').port}"}
        lot.start_all()
        yield lot


def make_secrets(directory: Path, postgres: str) -> None:
    """Do what the page says, for a PostgreSQL that is elsewhere."""
    commands = next(
        block for block in re.findall(r"```\n(.*?)```", PAGE.read_text(), re.DOTALL) if "openssl" in block
    )
    (directory / "deploy/secrets").mkdir(parents=True)
    subprocess.run(["sh", "-euc", commands.replace("postgres:5432", postgres)], cwd=directory, check=True)


def make_roles(server: Server, directory: Path) -> None:
    """Do what PostgreSQL's image does on its first start."""
    spec = find_spec(MODULE)
    assert spec
    assert spec.origin
    told = {
        name: value.replace("/run/secrets", f"{directory}/deploy/secrets")
        for name, value in SERVICES["postgres"].environment.items()
    }
    programs = Path(spec.origin).parent / INSTALLED / "bin"
    reached = {"PGHOST": server.host, "PGPORT": str(server.port), "PGPASSWORD": server.passwords["postgres"]}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    script = ROOT / "deploy/postgres/roles.sh"
    subprocess.run([script], env={"PATH": path, **told, **reached}, check=True)
    subprocess.run(SERVICES["postgres"].check, env={"PATH": path, **reached}, check=True)


@pytest.fixture(scope="module")
def interview(lot: Lot) -> dict[str, Any]:
    """The interview that one notification brings about."""
    notify = token(lot, "notts", "notify", "--source", NOTTINGHAMSHIRE)
    told = message("returned", RETURNED_AT, id="np-1")
    answer = httpx.post(url(lot, "/api/v1/notifications"), json=told, headers={**notify, **CLOUD_EVENT})
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    read = token(lot, "reader", "read")
    found: list[dict[str, Any]] = []

    def is_there() -> bool:
        found[:] = httpx.get(url(lot, "/api/v1/interviews"), headers=read).json()["items"]
        return bool(found)

    wait_until(is_there, LIMIT_SECONDS)
    return found[0]


CLOUD_EVENT = {"Content-Type": "application/cloudevents+json"}


def url(lot: Lot, path: str) -> str:
    return f"http://127.0.0.1:{lot.one('web').port}{path}"


def token(lot: Lot, name: str, scope: str, *more: str) -> dict[str, str]:
    made = lot.one("relay").run("homeward", "tokens", "create", name, "--scope", scope, *more)
    assert made.returncode == 0, made.stderr
    return {"Authorization": f"Bearer {made.stdout.strip()}"}


def test_an_interview_is_due_72_hours_after_the_return(interview: dict[str, Any]) -> None:
    assert datetime.fromisoformat(interview["due_at"]) == DUE_AT


def test_its_event_is_told_to_kafka(lot: Lot, interview: dict[str, Any]) -> None:
    consumer = KafkaConsumer(
        INTERVIEWS,
        bootstrap_servers=lot.places["kafka:9092"],
        auto_offset_reset="earliest",
        consumer_timeout_ms=int(LIMIT_SECONDS * 1000),
    )
    event = json.loads(next(consumer).value)
    consumer.close()
    assert (event["type"], event["subject"]) == ("homeward.interview.due.v1", interview["id"])


@pytest.mark.usefixtures("interview")
def test_a_worker_saw_the_notification_in_kafka(postgres: Server) -> None:
    with connect(postgres.url("postgres")) as database:
        seen = "SELECT count(*) FROM positions WHERE topic = %s AND seen @> 0::bigint"
        wait_until(lambda: database.execute(seen, [NOTIFICATIONS]).fetchone() == (1,), LIMIT_SECONDS)


@pytest.mark.usefixtures("interview")
def test_what_is_stored_is_what_was_told(lot: Lot) -> None:
    verified = lot.one("relay").run("homeward", "verify")
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout


def test_prefect_knows_what_it_has_to_start_by_the_clock(lot: Lot) -> None:
    prefect = f"http://{lot.places['prefect:4200']}/api/deployments/name/reconcile-log/by-the-clock"
    wait_until(lambda: httpx.get(prefect).is_success, LIMIT_SECONDS)


def test_there_is_the_api_alone(lot: Lot) -> None:
    assert httpx.get(url(lot, "/")).status_code == httpx.codes.NOT_FOUND


def test_another_container_may_call_it_by_the_name_of_its_service(lot: Lot) -> None:
    answer = httpx.get(url(lot, "/api/openapi.json"), headers={"Host": "web:8000"})
    assert answer.status_code == httpx.codes.OK


def test_the_doctor_finds_nothing_to_mend(lot: Lot) -> None:
    said = lot.one("relay").run("homeward", "doctor")
    assert said.returncode == 0, said.stdout
