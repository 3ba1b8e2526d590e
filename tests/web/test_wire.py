"""The site on a real socket: bodies that are too long or never end, pages that stay open, many senders."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest

from schemas.policy import Policy
from tests.messages import NOTTINGHAM
from tests.web.conftest import BATCH, NOW, SINGLE, Desk
from tests.web.test_notifications import in_inbox, reported
from web.server import Server
from web.site import Site

LIMIT = 1_000_000


@pytest.fixture
def site() -> Site:
    return Site((NOTTINGHAM,), Policy(), max_body_bytes=LIMIT)


@dataclass(slots=True)
class Served:
    """A site that listens, and how to reach it."""

    desk: Desk
    server: Server
    port: int
    client: httpx.AsyncClient

    async def post(self, content: bytes | AsyncIterator[bytes], media_type: str = SINGLE) -> httpx.Response:
        headers = {**await self.desk.bearer("notify"), "Content-Type": media_type}
        return await self.client.post("/api/v1/notifications", content=content, headers=headers)


@pytest.fixture
async def served(desk: Desk) -> AsyncIterator[Served]:
    server = Server(desk.app, port=0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield Served(desk, server, port, client)
    server.should_exit = True
    await serving


async def chunks(count: int, size: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b" " * size


async def test_a_body_of_20_megabytes_is_refused(served: Served) -> None:
    answer = await served.post(b" " * 20_000_000)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert "1,000,000 bytes" in answer.json()["detail"]


async def test_a_body_in_chunks_is_read_no_further_than_allowed(served: Served) -> None:
    assert (await served.post(chunks(20, LIMIT))).status_code == 413


async def test_whoever_asks_first_need_not_send_it(served: Served) -> None:
    token = (await served.desk.bearer("notify"))["Authorization"]
    head = f"POST /api/v1/notifications HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
    head += f"Content-Type: {SINGLE}\r\nContent-Length: 20000000\r\nExpect: 100-continue\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(head.encode())
    async with asyncio.timeout(10):
        assert b"413" in await reader.readuntil(b"\r\n")
    writer.close()


async def test_a_body_just_within_the_limit_is_read(served: Served) -> None:
    text = json.dumps(reported()).encode()
    assert (await served.post(text + b" " * (LIMIT - len(text)))).status_code == 202
    assert (await served.post(chunks(1, LIMIT + 1))).status_code == 413


async def test_a_stated_length_that_is_not_true_changes_nothing(served: Served) -> None:
    text = json.dumps(reported()).encode()
    token = (await served.desk.bearer("notify"))["Authorization"]
    head = f"POST /api/v1/notifications HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
    head += f"Content-Type: {SINGLE}\r\nContent-Length: 20\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(head.encode() + text)
    async with asyncio.timeout(10):
        answer = await reader.readuntil(b"\r\n")
    writer.close()
    assert b"422" in answer
    assert await in_inbox(served.desk) == 0


async def test_a_message_that_breaks_off_leaves_nothing(served: Served) -> None:
    token = (await served.desk.bearer("notify"))["Authorization"]
    head = f"POST /api/v1/notifications HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
    head += f"Content-Type: {SINGLE}\r\nContent-Length: 5000\r\n\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(head.encode() + json.dumps(reported()).encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await served.post(json.dumps(reported("m2")).encode())).status_code == 202
    assert await in_inbox(served.desk) == 1


async def test_a_sender_that_never_ends_is_given_up(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.guard.bodies.SECONDS", 0.05)
    token = (await served.desk.bearer("notify"))["Authorization"]
    head = f"POST /api/v1/notifications HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
    head += f"Content-Type: {SINGLE}\r\nContent-Length: 5000\r\n\r\n{{"
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(head.encode())
    async with asyncio.timeout(10):
        answer = await reader.readuntil(b"\r\n")
    writer.close()
    assert b"408" in answer


async def test_many_senders_at_once_are_all_answered(served: Served) -> None:
    answers = await asyncio.gather(
        *(served.post(json.dumps(reported(f"m{number}")).encode()) for number in range(200))
    )
    assert {answer.json()["status"] for answer in answers} == {"accepted"}
    assert await in_inbox(served.desk) == 200


async def test_a_batch_of_thousands_is_one_request(served: Served) -> None:
    told = [reported(f"m{number}", subject=f"NP-{number}") for number in range(1500)]
    answer = await served.post(json.dumps(told).encode(), BATCH)
    assert {one["status"] for one in answer.json()} == {"accepted"}
    assert len(answer.json()) == 1500


async def test_an_open_page_hears_of_a_change_and_does_not_hold_up_the_stop(served: Served) -> None:
    async with served.client.stream("GET", "/live") as page, asyncio.timeout(20):
        assert page.headers["content-type"].startswith("text/event-stream")
        lines = page.aiter_lines()
        assert (await anext(lines)).startswith("retry:")
        while (await served.client.get("/readyz")).json()["status"] != "ok":
            await asyncio.sleep(0.02)
        await served.desk.tell(reported())
        async for line in lines:
            if line == "event: changed":
                break
        began = asyncio.get_running_loop().time()
        served.server.should_exit = True
        assert [line async for line in lines if "changed" in line] in ([], ["event: changed"])
    assert asyncio.get_running_loop().time() - began < timedelta(seconds=8).total_seconds()
    assert served.desk.clock() == NOW
