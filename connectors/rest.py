"""A case-management system with a REST interface: a child's plan there is one JSON document.

It is read with its ETag, our actions are put into its list, and it is written under that ETag (`If-Match`)
and a key of this very write (`Idempotency-Key`). Three things make each action arrive once: it carries a
reference that is looked for first; a document that changed since it was read is not written; and a request
that is sent again is known by its key. What a person changed in between stays, since it is then read again.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import httpx

from connectors.answers import conflict, document_of, refused
from connectors.case_management import Delivered, NotNow, ReadBack, Refused
from connectors.oauth import Client, Tokens
from connectors.spelling import compared, id_of, list_alone, missing, path_of, with_actions
from schemas.connector_policy import RestPolicy
from schemas.plan_update import PlanUpdate

ROUNDS: Final = 5
"""How often an update is put onto what others changed meanwhile before it waits."""
MERGE_PATCH: Final = "application/merge-patch+json"
SILENT: Final = ("httpx", "httpcore")
"""Libraries that would write addresses, which hold a child's id, into the log."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the other system is. `ca`: a PEM file of who signed its certificate, if not a public one."""

    base_url: str
    client: Client
    ca: Path | None = None
    timeout_seconds: float = 20.0
    connections: int = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A child's plan as it was read, at its address."""

    path: str
    document: Mapping[str, Any]
    etag: str | None


@asynccontextmanager
async def opened(address: Address, policy: RestPolicy) -> AsyncIterator["Rest"]:
    """Yield the other system, with connections that are kept and a token that is shared."""
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.WARNING)
    trusted = ssl.create_default_context(cafile=str(address.ca) if address.ca else None)
    patience = httpx.Timeout(address.timeout_seconds)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx.AsyncClient(verify=trusted, timeout=patience))
            for _ in range(address.connections)
        ]
        yield Rest(clients, address, policy)


class Rest:
    """The other system."""

    def __init__(self, clients: Sequence[httpx.AsyncClient], address: Address, policy: RestPolicy) -> None:
        self._base = address.base_url.rstrip("/")
        self._policy = policy
        self._tokens = Tokens(clients[0], address.client)
        # one client per connection: httpx looks through all connections of a client for each request
        self._free: asyncio.LifoQueue[httpx.AsyncClient] = asyncio.LifoQueue()
        for client in clients:
            self._free.put_nowait(client)

    async def deliver(self, update: PlanUpdate) -> Delivered:
        """Put the update's outcomes into the child's plan, unless they are there.

        Raises:
            NotNow: it may work later, or has worked and the answer was lost.
            Refused: it will not work until somebody mends something.
        """
        trouble: Exception = NotNow("others keep changing the child’s plan there")
        for _ in range(ROUNDS):
            found = await self._read(update)
            if not missing(found.document, update, self._policy):
                return Delivered(id_of(found.document, self._policy), found.etag)
            answer = await self._write(update, found)
            if answer.is_success:
                return Delivered(id_of(found.document, self._policy), answer.headers.get("ETag"))
            trouble = conflict(answer)
        raise trouble

    async def read_back(self, update: PlanUpdate) -> ReadBack:
        """Compare what the child's plan holds now with what it was told.

        Raises:
            NotNow: it cannot be read now.
            Refused: it cannot be read until somebody mends something.
        """
        found = await self._read(update)
        read = compared(found.document, update, self._policy)
        return ReadBack(read.kept, found.etag, read.why)

    async def _read(self, update: PlanUpdate) -> Found:
        path = path_of(update, self._policy)
        answer = await self._send("GET", path)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            raise Refused(
                "the other system has no plan for this child: make one there, or correct the child’s id"
            )
        if not answer.is_success:
            raise refused(answer)
        return Found(path, document_of(answer), answer.headers.get("ETag"))

    async def _write(self, update: PlanUpdate, found: Found) -> httpx.Response:
        if not found.etag:
            raise Refused("the other system tells no ETag: what people write there could be overwritten")
        lacking = missing(found.document, update, self._policy)
        body: Mapping[str, Any] = with_actions(found.document, update, lacking, self._policy)
        headers = {"Idempotency-Key": str(write_key(update.key, found.etag)), "If-Match": found.etag}
        if self._policy.method == "PATCH":
            body = list_alone(body, self._policy)
            headers["Content-Type"] = MERGE_PATCH
        return await self._send(self._policy.method, found.path, headers=headers, json=body)

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request; once more with a new token where the old one has ended."""
        answer = await self._signed(method, path, **more)
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            return answer
        return await self._signed(method, path, **more)

    async def _signed(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        token = await self._tokens.valid()
        sent = {"Authorization": f"Bearer {token}", "Accept": "application/json", **(headers or {})}
        try:
            async with self._one() as http:
                answer = await http.request(method, f"{self._base}{path}", headers=sent, **more)
        except httpx.HTTPError as error:  # its own words hold the address, and that the child's id
            raise NotNow(f"the other system does not answer ({type(error).__name__})") from None
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self._tokens.forget(token)
        return answer

    @asynccontextmanager
    async def _one(self) -> AsyncIterator[httpx.AsyncClient]:
        """Yield a client that nobody else uses meanwhile."""
        http = await self._free.get()
        try:
            yield http
        finally:
            self._free.put_nowait(http)


def write_key(key: UUID, etag: str) -> UUID:
    """Return the key of one write: the same for the same update put onto the same version of a document.

    Put onto a version that somebody changed, it is another write, with another body: under the old key it
    would be answered with what was answered before, and never done.
    """
    return uuid5(key, etag)
