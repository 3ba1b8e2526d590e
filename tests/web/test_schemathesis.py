"""Schemathesis over the OpenAPI document: no answer of ours is a fault, and each is as the document says.

Every operation is called with what its description allows and with what it does not, as often with the ids of
things that are there as with made-up ones. The same calls are made each time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from casework.tokens import Scope
from schemas.policy import Policy
from store.database import Store
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database
from tests.web.served import NOW, PROBLEM, Served, child, serving
from web.app import create_app
from web.site import Site

pytestmark = pytest.mark.xdist_group("schemathesis")

EXAMPLES: Final = 12
TIMES: Final = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HELD: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
"""What holds of every answer, whatever was asked."""


def described() -> Any:
    """Return the document as Schemathesis reads it; nothing is opened for it."""
    app = create_app(Store("postgresql+psycopg://nobody@localhost/nothing"), Site((NOTTINGHAM,), Policy()))
    return schemathesis.openapi.from_dict(app.openapi())


OPERATIONS: Final = {one.ok().label: one.ok() for one in described().get_all_operations()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A site with a case in it, which is asked from outside its own event loop."""

    served: Served
    portal: BlockingPortal
    known: Mapping[str, Mapping[str, str]]
    """Ids of what is there: by the beginning of an address, and by their name in it."""
    bearers: Mapping[Scope, str]

    def send(self, case: Any) -> Response:
        """Send what Schemathesis made up, with a token that may do it."""
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
        headers = dict(sent.pop("headers")) | {"Authorization": f"Bearer {self.bearers[scope_of(case)]}"}
        body = (
            {"content": sent["data"]} if "data" in sent else {"json": sent["json"]} if "json" in sent else {}
        )
        asked = {"params": sent.get("params") or None, "headers": headers, **body}
        return self.portal.call(lambda: self.served.http.request(sent["method"], sent["url"], **asked))

    def ids(self, path: str) -> Mapping[str, str]:
        """Return the ids of things that are there, for one address."""
        return next((ids for start, ids in self.known.items() if path.startswith(f"/api/v1/{start}/{{")), {})


def scope_of(case: Any) -> Scope:
    if case.operation.path.endswith("/notifications"):
        return Scope.NOTIFY
    return Scope.READ if case.method == "GET" else Scope.WORK


@pytest.fixture(scope="module")
def asked(module_database: Database) -> Iterator[Asked]:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(serving(module_database, requests_per_second=100_000)) as served,
    ):
        yield portal.call(filled, served, portal)


async def filled(served: Served, portal: BlockingPortal) -> Asked:
    """Tell of a child who is back, so that there is something of each kind to be asked for."""
    own: dict[str, Any] = {"subject": "NP-1", "child": child("C-1")}
    back: dict[str, Any] = {"id": "returned", "returned": {"returned_to": "home"}}
    told = [
        message("reported", NOW - timedelta(hours=20), id="reported", **own),
        message("returned", NOW - timedelta(hours=11), **back, **own),
    ]
    await served.tell(*told)
    letter = (await served.post(b"unreadable")).json()["letter"]
    [interview] = await served.items("interviews")
    of_it = {"id": interview["id"], "child_id": interview["child_id"]}
    known = {
        "interviews": of_it,
        "plans": of_it,
        "episodes": {"id": interview["episode_id"]},
        "letters": {"id": letter},
    }
    bearers = {scope: await served.token(f"asks to {scope}", scope, source_of(scope)) for scope in Scope}
    return Asked(served, portal, known, bearers)


def source_of(scope: Scope) -> str | None:
    return "urn:police:nottinghamshire" if scope is Scope.NOTIFY else None


def checks() -> list[Callable[..., Any]]:
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ in HELD]


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_answers_as_the_document_says(asked: Asked, label: str) -> None:
    operation = OPERATIONS[label]
    there = asked.ids(operation.path)
    held = checks()
    assert len(held) == len(HELD)

    @TIMES
    @given(st.data())
    def answers(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(GenerationMode))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        if there and data.draw(st.sampled_from((True, False))):
            case.path_parameters |= {k: v for k, v in there.items() if k in case.path_parameters}
        response = asked.send(case)
        case.validate_response(response, checks=held)
        if response.status_code >= 400 and case.operation.path.startswith("/api/"):
            assert response.headers["content-type"] == PROBLEM

    answers()
