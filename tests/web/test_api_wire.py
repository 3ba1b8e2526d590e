"""On a real socket: what clients do that no library of ours would."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from casework.tokens import Scope
from tests.messages import NOTTINGHAMSHIRE, message
from tests.postgres import Database
from tests.web.served import SINGLE, Json, Served, child, serving, until
from web.server import Server

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-wire")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
MEGABYTE = b" " * 1_000_000
PATIENCE_SECONDS = 20


@dataclass
class Listening:
    """A site that listens, and the port on which it does."""

    served: Served
    port: int

    async def head(self, *more: str, token: str = "feed") -> bytes:
        """Return the head of a request to send a notification."""
        lines = [
            "POST /api/v1/notifications HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self.served.tokens.get(token, token)}",
            f"Content-Type: {SINGLE}",
            *more,
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    async def says(self, parts: Iterable[bytes]) -> bytes:
        """Send these bytes and return the first answer; reading and writing go on side by side."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        sending = asyncio.create_task(_send(writer, parts))
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await _answer(reader)
        sending.cancel()
        writer.close()
        return answer


async def _send(writer: asyncio.StreamWriter, parts: Iterable[bytes]) -> None:
    for part in parts:
        writer.write(part)
        await writer.drain()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    (length,) = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(length.partition(b":")[2]))


def status_of(answer: bytes) -> int:
    return int(answer.split(maxsplit=2)[1])


def told(answer: bytes) -> Json:
    found: Json = json.loads(answer.partition(b"\r\n\r\n")[2])
    return found


def report(id_: str, **changes: Any) -> bytes:
    sent = message("reported", SATURDAY, id=id_, subject=f"NP-{id_}", child=child(f"C-{id_}"), **changes)
    return json.dumps(sent).encode()


def chunked(parts: Iterable[bytes]) -> Iterable[bytes]:
    yield from (b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    yield b"0\r\n\r\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(module_database: Database) -> AsyncIterator[Listening]:
    """The site on a free port."""
    async with serving(module_database, background=False, pages=False) as served:
        await served.token("feed", Scope.NOTIFY, NOTTINGHAMSHIRE)
        server = Server(served.app, port=0)
        task = asyncio.create_task(server.serve())
        await until(lambda: server.started, "it listens")
        yield Listening(served, server.servers[0].sockets[0].getsockname()[1])
        server.should_exit = True
        await task


def stored(site: Listening, id_: str) -> int:
    with site.served.superuser() as superuser:
        row = superuser.execute("SELECT count(*) FROM inbox WHERE id = %s", [id_]).fetchone()
    return int(row[0]) if row else 0


async def test_a_body_of_20_mb_in_chunks_is_refused_with_an_answer_that_can_be_read(site: Listening) -> None:
    answer = await site.says([await site.head("Transfer-Encoding: chunked"), *chunked([MEGABYTE] * 20)])
    assert status_of(answer) == told(answer)["status"] == 413
    assert "10,000,000 bytes" in told(answer)["detail"]


async def test_a_body_of_20_mb_is_refused_before_its_end(site: Listening) -> None:
    answer = await site.says([await site.head("Content-Length: 20000000"), *[MEGABYTE] * 20])
    assert status_of(answer) == told(answer)["status"] == 413


async def test_who_asks_before_sending_20_mb_need_not_send_it(site: Listening) -> None:
    answer = await site.says([await site.head("Content-Length: 20000000", "Expect: 100-continue")])
    assert status_of(answer) == 413


async def test_who_asks_before_sending_a_notification_is_told_to_go_on(site: Listening) -> None:
    body = report("expected")
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(await site.head(f"Content-Length: {len(body)}", "Expect: 100-continue"))
    async with asyncio.timeout(PATIENCE_SECONDS):
        interim = await reader.readuntil(b"\r\n\r\n")
        writer.write(body)
        answer = await _answer(reader)
    writer.close()
    assert (status_of(interim), status_of(answer)) == (100, 202)


async def test_a_notification_in_small_chunks_is_whole(site: Listening) -> None:
    body = report("crumbs", missing={"circumstances": "Did not come back from town. " * 20})
    crumbs = [body[start : start + 7] for start in range(0, len(body), 7)]
    answer = await site.says([await site.head("Transfer-Encoding: chunked"), *chunked(crumbs)])
    assert told(answer)["status"] == "accepted"


async def test_of_a_body_that_is_longer_than_it_says_only_so_much_is_read(site: Listening) -> None:
    answer = await site.says([await site.head("Content-Length: 20"), report("longer")])
    assert status_of(answer) == 422
    assert stored(site, "longer") == 0


async def test_what_follows_a_body_is_not_taken_for_a_notification(site: Listening) -> None:
    """Two messages in one body that states the length of the first: the second has no head, and no token."""
    body = report("before")
    answer = await site.says([await site.head(f"Content-Length: {len(body)}"), body + report("smuggled")])
    assert told(answer)["status"] == "accepted"
    assert (stored(site, "before"), stored(site, "smuggled")) == (1, 0)


async def test_of_a_body_that_is_shorter_than_it_says_nothing_is_kept(site: Listening) -> None:
    letters = "SELECT count(*) FROM letters"
    with site.served.superuser() as superuser:
        before = superuser.execute(letters).fetchone()
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(await site.head("Content-Length: 5000") + report("shorter"))
        writer.close()
        await writer.wait_closed()
        await site.says([b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"])
        assert superuser.execute(letters).fetchone() == before
    assert stored(site, "shorter") == 0


@pytest.mark.parametrize("length", ["-5", "five", "1e3", "5, 6", "\u0665", "9" * 30])
async def test_a_length_that_is_none_takes_nothing_in(site: Listening, length: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(await site.head(f"Content-Length: {length}") + report("lengths"))
    async with asyncio.timeout(PATIENCE_SECONDS):
        answer = await reader.readuntil(b"\r\n")
    writer.close()
    assert status_of(answer) in {400, 413}
    assert stored(site, "lengths") == 0


async def test_who_leaves_before_the_answer_may_send_again_and_is_stored_once(site: Listening) -> None:
    body = report("left")
    for _ in range(3):
        _, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(await site.head(f"Content-Length: {len(body)}") + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    answer = await site.says([await site.head(f"Content-Length: {len(body)}"), body])
    assert told(answer)["status"] in {"accepted", "duplicate"}
    assert stored(site, "left") == 1


@pytest.mark.parametrize("token", ["hw_unknown", "feed"])
async def test_a_refusal_leaves_the_connection_in_order(site: Listening, token: str) -> None:
    """The body that nobody wanted is not taken for the next request."""
    refused = await site.head("Content-Length: 200000", token=token)
    body = report("after-refusal") if token == "feed" else b""
    wanted = await site.head(f"Content-Length: {len(body)}")
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(refused + b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".ljust(200_000))
    async with asyncio.timeout(PATIENCE_SECONDS):
        first = await _answer(reader)
        writer.write(wanted + body)
        second = await _answer(reader)
    writer.close()
    assert status_of(first) == (422 if token == "feed" else 401)
    assert status_of(second) == (202 if token == "feed" else 422)


async def test_a_hundred_senders_at_once_are_each_answered(site: Listening) -> None:
    async def send(number: int) -> bytes:
        body = report(f"crowd-{number}")
        return await site.says([await site.head(f"Content-Length: {len(body)}"), body])

    answers = [told(answer) for answer in await asyncio.gather(*map(send, range(100)))]
    assert [answer["id"] for answer in answers] == [f"crowd-{number}" for number in range(100)]
    assert {answer["status"] for answer in answers} == {"accepted"}
