"""The API's own description."""

from typing import Any

import pytest

from tests.web.conftest import Desk


@pytest.fixture
async def document(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.client.get("/api/openapi.json")).json()
    return found


async def test_every_operation_has_a_tag_and_a_summary(document: dict[str, Any]) -> None:
    operations = [op for path in document["paths"].values() for op in path.values()]
    assert [op for op in operations if not op.get("summary") or len(op.get("tags", [])) != 1] == []
    assert {op["tags"][0] for op in operations} == {tag["name"] for tag in document["tags"]}


async def test_pages_are_no_part_of_it(document: dict[str, Any]) -> None:
    paths = {path for path in document["paths"] if not path.startswith("/api/v1/")}
    assert paths == {"/healthz", "/readyz", "/metrics"}


async def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) - named == set()
    assert "#/components/schemas/Notification" in references(document)


def references(value: Any) -> set[str]:
    match value:
        case {"$ref": str(ref)}:
            return {ref}
        case dict():
            return {ref for inner in value.values() for ref in references(inner)}
        case list():
            return {ref for inner in value for ref in references(inner)}
    return set()


async def test_refusals_and_tokens_are_described(document: dict[str, Any]) -> None:
    sending = document["paths"]["/api/v1/notifications"]["post"]
    assert {"202", "401", "403", "413", "415", "422", "429", "503"} <= sending["responses"].keys()
    assert list(sending["responses"]["422"]["content"]) == ["application/problem+json"]
    assert sending["security"] == [{"HTTPBearer": []}]
    assert set(sending["requestBody"]["content"]) == {
        "application/cloudevents+json",
        "application/json",
        "application/cloudevents-batch+json",
    }


async def test_what_is_answered_is_what_is_described(desk: Desk, document: dict[str, Any]) -> None:
    shown = document["components"]["schemas"]["EpisodeOut"]
    assert set(shown["required"]) == set(shown["properties"])


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_there_are_no_pages_that_load_scripts_from_elsewhere(desk: Desk, path: str) -> None:
    assert (await desk.client.get(path)).status_code == 404
