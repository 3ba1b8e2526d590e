"""The OpenAPI document: it is there for everybody, it is whole, and the answers keep to it."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute

from tests.messages import message
from tests.web.served import Json, Served, child
from web.guard.hosts import PROBES

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-described")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
CONTRACT = {
    ("post", "/api/v1/notifications"),
    ("get", "/api/v1/episodes"),
    ("get", "/api/v1/episodes/{id}"),
    ("get", "/api/v1/interviews"),
    ("get", "/api/v1/interviews/{id}"),
    ("get", "/api/v1/ledger"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}


async def document(served: Served) -> Json:
    response = await served.http.get("/api/openapi.json")
    assert response.status_code == 200
    found: Json = response.json()
    return found


def operations(described: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


async def test_the_document_lists_every_route_that_a_machine_may_call_and_no_page(served: Served) -> None:
    for_machines = {
        (method.lower(), route.path)
        for route in routes(served.app.routes)
        for method in route.methods or ()
        if route.path.startswith("/api/") or route.path in PROBES
    }
    listed = {(method, path) for method, path, _ in operations(await document(served))}
    assert listed == for_machines
    assert listed >= CONTRACT


def routes(within: Iterable[Any]) -> Iterator[APIRoute]:
    """Yield the routes of an application, also those of the routers in it."""
    for route in within:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from routes(router.routes)


async def test_the_document_is_openapi_3_with_a_title_and_a_version(served: Served) -> None:
    described = await document(served)
    assert re.fullmatch(r"3\.[01]\.\d+", described["openapi"])
    assert described["info"]["title"]
    assert described["info"]["version"]


async def test_every_operation_has_a_name_of_its_own_and_says_what_it_answers(served: Served) -> None:
    found = [operation for _, _, operation in operations(await document(served))]
    assert len({operation["operationId"] for operation in found}) == len(found)
    assert all(answer["description"] for operation in found for answer in operation["responses"].values())


async def test_every_part_of_an_address_is_described_as_a_parameter(served: Served) -> None:
    for _, path, operation in operations(await document(served)):
        named = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), path


async def test_every_reference_leads_somewhere(served: Served) -> None:
    described = await document(served)
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(described))):
        found: Any = described
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert isinstance(found, dict)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/v1/episodes", {"child", "status", "from", "to", "limit", "cursor"}),
        (
            "/api/v1/interviews",
            {"status", "due_before", "interviewer", "child", "episode", "limit", "cursor"},
        ),
    ],
)
async def test_every_filter_is_described_by_the_name_under_which_it_is_understood(
    served: Served, path: str, names: set[str]
) -> None:
    parameters = (await document(served))["paths"][path]["get"]["parameters"]
    assert {one["name"] for one in parameters if one["in"] == "query"} == names


async def test_what_is_refused_is_described_as_a_problem(served: Served) -> None:
    described = {
        kind
        for _, path, operation in operations(await document(served))
        for code, answer in operation["responses"].items()
        for kind in answer.get("content", {})
        if code >= "400" and path.startswith("/api/")
    }
    assert described == {"application/problem+json"}


async def test_the_way_in_takes_what_is_described(served: Served) -> None:
    operation = (await document(served))["paths"]["/api/v1/notifications"]["post"]
    assert operation["requestBody"]["content"].keys() >= {
        "application/cloudevents+json", "application/cloudevents-batch+json",
    }  # fmt: skip
    assert {"202", "401", "403", "413", "415", "422", "429", "503"} <= operation["responses"].keys()


@pytest.mark.parametrize("path", ["episodes", "interviews", "ledger", "letters", "questions"])
async def test_what_is_answered_has_every_field_that_is_described_and_no_other(
    served: Served, path: str
) -> None:
    told = [
        message(
            kind,
            SATURDAY + timedelta(hours=hours),
            id=f"{path}-{kind}",
            subject=path,
            child=child(path, upn="bad"),
        )
        for kind, hours in (("reported", 0), ("returned", 9))
    ]
    await served.tell(*told)
    await served.post(f"unreadable {path}".encode())
    described = await document(served)
    answer = described["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["application/json"]
    item = schema(described, schema(described, answer["schema"])["properties"]["items"]["items"])
    found = await served.items(path)
    assert found
    assert {frozenset(one) for one in found} == {frozenset(item["properties"])}


def schema(described: Json, reference: Json) -> Json:
    """Return what a reference leads to."""
    name = reference["$ref"].removeprefix("#/components/schemas/")
    found: Json = described["components"]["schemas"][name]
    return found
