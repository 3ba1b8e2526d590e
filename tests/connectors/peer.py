"""A case-management system that misbehaves, a process of its own: `python -m tests.connectors.peer SECONDS`.

It speaks HTTP/1.1 by hand, so that it can break off wherever a real one might. It prints its port, and goes
on until its standard input ends. SECONDS is when its callers lose patience.
"""

import asyncio
import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.connectors.faults import Fault, Script, script_of
from tests.connectors.plans import Answer, Plans

CLIENT: Final = base64.b64encode(b"homeward:a+secret%2F").decode()
"""`homeward` with the secret `a secret/`, each encoded as a form has it."""
REASON: Final = {200: "OK", 400: "Bad Request"}
BEFORE: Final = frozenset(Fault) - {
    Fault.ERROR_DONE,
    Fault.TIMEOUT_DONE,
    Fault.LOST_ANSWER,
    Fault.OVERWRITTEN,
}
"""What goes wrong before or instead of what is asked; the others, once it is done."""
INSTEAD: Final[Mapping[Fault | None, Answer]] = {
    Fault.ERROR: Answer(500, {"title": "failed"}),
    Fault.BUSY: Answer(409, {"title": "the same request is under way"}),
    Fault.LIMITED: Answer(429, None, {"Retry-After": "90"}),
    Fault.EXPIRED: Answer(401),
}


class Gone(Exception):
    """The connection is closed without an answer."""


@dataclass(slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Peer:
    """The system: its plans, its tokens, and what goes wrong with it."""

    patience: float
    plans: Plans = field(default_factory=Plans)
    script: Script = field(default_factory=Script)
    tokens: set[str] = field(default_factory=set)
    issued: int = 0
    requests: int = 0
    late: int = 0

    async def answer(self, request: Request) -> Answer:
        if request.path.startswith("/_"):
            return self._told(request)
        if request.path == "/token":
            return self._token(request)
        self.requests += 1
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Answer(401)
        key = request.headers.get("idempotency-key", "")
        if key and (known := self.plans.begin(request.path, key, request.body)):
            return known
        fault = self.script.next(request.method, request.path)
        try:
            done = await self._done(fault, request)
        except BaseException:
            self.plans.forget(key)
            raise
        if request.method != "GET":
            self.plans.settle(key, done)
        return await self._afterwards(fault, request, done)

    async def _done(self, fault: Fault | None, request: Request) -> Answer:
        """Do what is asked, or what the fault does instead."""
        if fault in BEFORE:
            self.script.happened(fault)
        if fault in INSTEAD:
            self.tokens -= self.tokens if fault is Fault.EXPIRED else set()
            return INSTEAD[fault]
        await self._first(fault, request)
        if request.method == "GET":
            return self.plans.read(request.path)
        condition = request.headers.get("if-match", "")
        return self.plans.write(request.method, request.path, condition, request.body)

    async def _first(self, fault: Fault | None, request: Request) -> None:
        """Do what a fault does before it is done."""
        match fault:
            case Fault.SLOW:
                await asyncio.sleep(self.patience / 4)
            case Fault.LATE:
                await self._later(self.patience * 1.5)
            case Fault.PERSON:
                self.plans.edited_by_a_person(request.path)
            case Fault.LOST_REQUEST:
                raise Gone

    async def _afterwards(self, fault: Fault | None, request: Request, done: Answer) -> Answer:
        """Do what a fault does once it is done."""
        if fault is None or fault in BEFORE or done.status != 200:
            return done
        self.script.happened(fault)
        match fault:
            case Fault.ERROR_DONE:
                return Answer(500, {"title": f"failed on {request.path}"})
            case Fault.TIMEOUT_DONE:
                await self._later(self.patience * 1.5)
                raise Gone
            case Fault.LOST_ANSWER:
                raise Gone
            case _:
                self.plans.overwritten(request.path)
        return done

    async def _later(self, seconds: float) -> None:
        self.late += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self.late -= 1

    def _token(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Basic {CLIENT}":
            return Answer(401, {"error": "invalid_client"})
        if b"grant_type=client_credentials" not in request.body:
            return Answer(400, {"error": "unsupported_grant_type"})
        self.issued += 1
        token = f"token-{self.issued}"
        self.tokens.add(token)
        return Answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _told(self, request: Request) -> Answer:
        """Obey the test, and tell it how things are."""
        told: Any = json.loads(request.body or b"{}")
        match request.path:
            case "/_anew":
                self.plans, self.script = Plans(), Script()
            case "/_script":
                self.script = script_of(told)
            case "/_person":
                self.plans.edited_by_a_person(told["path"])
            case "/_plan":
                self.plans.plan(told["path"]).change(told["document"])
            case "/_absent":
                self.plans.absent = set(told["paths"])
            case "/_silent":
                self.plans.silent = set(told["paths"])
        return Answer(200, self._state())

    def _state(self) -> Any:
        return {
            "plans": {path: plan.document for path, plan in self.plans.plans.items()},
            "by_person": self.plans.by_person,
            "faults": self.script.counts,
            "requests": self.requests,
            "tokens": self.issued,
            "replayed": self.plans.replayed,
            "refused": self.plans.refused,
            "late": self.late,
        }


async def serve(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection, until it ends."""
    try:
        while request := await read(reader):
            writer.write(spelt(await peer.answer(request)))
            await writer.drain()
    except (Gone, ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.transport.abort()


async def read(reader: asyncio.StreamReader) -> Request | None:
    """Return the next request; None when the other side has closed."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


def spelt(answer: Answer) -> bytes:
    """Return an answer as it goes over the wire."""
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    more = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    head = (
        f"HTTP/1.1 {answer.status} {REASON.get(answer.status, 'Other')}\r\n{more}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def main() -> None:
    """Serve until standard input ends."""
    peer = Peer(float(sys.argv[1]))
    server = await asyncio.start_server(lambda r, w: serve(peer, r, w), "127.0.0.1", 0, limit=2**24)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
