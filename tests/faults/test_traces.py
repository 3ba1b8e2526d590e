"""One trace from the POST to the commit, across processes and Kafka, at a real collector; or at none."""

import asyncio
import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import httpx
import pytest
from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships none
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from casework.tracing import told_beside
from schemas.topics import NOTIFICATIONS
from tests import topics
from tests.faults.distributed import Distributed, distributed, post
from tests.faults.services import Service
from tests.kafka import Broker as Kafka
from tests.messages import AMARA, NOTTINGHAMSHIRE, message
from tests.postgres import Database

pytestmark = pytest.mark.xdist_group("faults")
REPORTED = message("reported", datetime(2026, 3, 28, 22, 10, tzinfo=UTC), id="traced")
DETAILS = (*AMARA.values(), "Amara", REPORTED["subject"])
TAKEN_IN, PUBLISHED, APPLIED = "POST /api/v1/notifications", "publish notification", "apply notification"
LIMIT_SECONDS = 60.0
STOP_WITHIN_SECONDS = 10.0
"""What Docker gives a process that it ends, unless it is told otherwise."""
Headers = list[tuple[str, bytes | None]]


class Trace(NamedTuple):
    """A trace that begins with a span of the test's own."""

    id: str
    parent: str

    @property
    def traceparent(self) -> str:
        return f"00-{self.id}-{self.parent}-01"


class Span(NamedTuple):
    """What the collector was told of a span; `told` is all of it."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    told: str


class Collector(HTTPServer):
    """Takes spans by OTLP over HTTP, as protobuf."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.spans: list[Span] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    async def until(self, trace: Trace, *names: str) -> list[Span]:
        """Return the spans of a trace once those with these names are among them."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                found = [span for span in self.spans if span.trace == trace.id]
                if {span.name for span in found} >= set(names):
                    return found
                await asyncio.sleep(0.05)


class Taking(BaseHTTPRequestHandler):
    """One request to the collector."""

    server: Collector

    def do_POST(self) -> None:
        known = self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf"
        self.server.spans += spans_in(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/x-protobuf")
        self.end_headers()
        self.wfile.write(ExportTraceServiceResponse().SerializeToString())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


def spans_in(content: bytes) -> Iterator[Span]:
    for resource in ExportTraceServiceRequest.FromString(content).resource_spans:
        about = {each.key: each.value.string_value for each in resource.resource.attributes}
        for span in (span for scope in resource.scope_spans for span in scope.spans):
            ids = (span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex())
            yield Span(about["service.name"], span.name, *ids, told=f"{resource.resource}{span}")


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def begin() -> Trace:
    return Trace(secrets.token_hex(16), secrets.token_hex(8))


async def send(running: Distributed, url: str, trace: Trace | None = None) -> int:
    """POST one notification, and ask for what is not there under a child's name; return the first status."""
    headers = {"Authorization": f"Bearer {running.make_token(NOTTINGHAMSHIRE)}"}
    begun = {"traceparent": trace.traceparent} if trace else {}
    async with httpx.AsyncClient(timeout=30, headers=headers | begun) as client:
        answer = await post(client, url, [REPORTED])
        await client.get(f"{url}/Okafor", params={"name": "Amara"})
        await client.get(f"{url}/api/v1/episodes", params={"child": AMARA["authority_child_id"]})
    return answer.status_code


async def write(running: Distributed, told: Sequence[tuple[dict[str, Any], Headers]]) -> None:
    """Write to Kafka's log with headers that kafka-python's producer would refuse, too."""
    producer = AIOKafkaProducer(bootstrap_servers=list(running.broker.addresses))
    await producer.start()
    for one, headers in told:
        await producer.send_and_wait(NOTIFICATIONS, json.dumps(one).encode(), headers=headers)
    await producer.stop()


async def test_one_trace_goes_from_the_post_to_the_commit_through_three_processes(
    database: Database, broker: Kafka, tmp_path: Path, collector: Collector
) -> None:
    trace, reachable = begin(), topics.fresh(broker.address)
    async with distributed(tmp_path, database, reachable, HOMEWARD_TRACES=collector.url) as running:
        services = await asyncio.gather(*map(running.started, ("web", "relay", "worker")))
        assert await send(running, services[0].url, trace) == 202
        spans = await collector.until(trace, TAKEN_IN, PUBLISHED, APPLIED)
        assert [service.stop() for service in services] == [0, 0, 0]
    by_name = {span.name: span for span in spans}
    assert by_name[TAKEN_IN].service == "homeward-web"
    assert by_name[PUBLISHED].service == "homeward-relay"
    assert by_name[APPLIED].service in {"homeward-worker", "homeward-relay"}
    assert by_name[TAKEN_IN].parent == trace.parent
    assert {span.parent for span in spans} <= {trace.parent, *(span.id for span in spans)}
    assert {span.service for span in collector.spans} >= {"homeward-web", "homeward-relay"}
    assert [span.told for span in collector.spans for detail in DETAILS if detail in span.told] == []


async def test_a_trace_that_a_force_begins_in_kafka_goes_on_to_the_commit(
    database: Database, broker: Kafka, tmp_path: Path, collector: Collector
) -> None:
    trace, reachable = begin(), topics.fresh(broker.address)
    async with distributed(tmp_path, database, reachable, HOMEWARD_TRACES=collector.url) as running:
        worker = await running.started("worker")
        await write(running, [(REPORTED, [("traceparent", trace.traceparent.encode())])])
        (span,) = await collector.until(trace, APPLIED)
        assert worker.stop() == 0
    assert (span.service, span.name, span.parent) == ("homeward-worker", APPLIED, trace.parent)
    assert not any(detail in span.told for detail in DETAILS)


async def test_whatever_stands_in_the_header_of_a_trace_the_notification_is_applied(
    database: Database, broker: Kafka, tmp_path: Path, collector: Collector
) -> None:
    odd: list[Headers] = [
        [("traceparent", None)],
        [("traceparent", b"")],
        [("traceparent", b"\0")],
        [("traceparent", b"\xff" * 100)],
        [("traceparent", b"00-%032d-%016d-01" % (0, 0))],
        [("traceparent", begin().traceparent.encode()), ("traceparent", b"\0")],
        [("another", None)],
    ]
    told = [({**REPORTED, "id": str(number)}, headers) for number, headers in enumerate(odd)]
    reachable = topics.fresh(broker.address, 1)
    async with distributed(tmp_path, database, reachable, HOMEWARD_TRACES=collector.url) as running:
        worker = await running.started("worker")
        await write(running, told)
        await running.wait_until_applied(len(odd))
        assert running.ask("SELECT count(*) FROM letters") == [(0,)]
        assert (worker.stop(), worker.said) == (0, "")


@pytest.mark.parametrize("headers", [None, [], [("traceparent", None)], [("traceparent", b"00-\0")]])
def test_what_is_no_trace_is_not_taken_for_one(headers: Headers | None) -> None:
    assert told_beside(headers) is None


@contextmanager
def silent() -> Iterator[str]:
    """Yield an address where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def absent() -> Iterator[str]:
    yield "http://127.0.0.1:1"


def seconds_to_stop(service: Service) -> float:
    began = time.monotonic()
    assert service.stop() == 0
    return time.monotonic() - began


@pytest.mark.parametrize("collector_of", [absent, silent])
async def test_a_collector_that_is_away_costs_nobody_anything(
    collector_of: Callable[[], AbstractContextManager[str]], database: Database, broker: Kafka, tmp_path: Path
) -> None:
    reachable = topics.fresh(broker.address)
    with collector_of() as url:
        async with distributed(tmp_path, database, reachable, HOMEWARD_TRACES=url) as running:
            services = await asyncio.gather(*map(running.started, ("web", "relay", "worker")))
            assert await send(running, services[0].url) == 202
            await running.wait_until_applied(1)
            took = [seconds_to_stop(service) for service in services]
    assert max(took) < STOP_WITHIN_SECONDS
    assert [service.said for service in services[1:]] == ["", ""]
    assert services[0].said.count("\n") == 1
