"""Open pages on a real socket: they hear of a change, and do not hold up a server that stops."""

import asyncio

import httpx

from tests.web.conftest import Desk
from tests.web.stories import missing
from web.server import Server

STOP_SECONDS = 8.0
"""Well below the time after which the server would cut connections off."""


async def test_an_open_page_hears_of_a_change_and_does_not_hold_up_the_stop(desk: Desk) -> None:
    server = Server(desk.app, port=0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with (
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=30, cookies=dict(desk.client.cookies)
        ) as browser,
        browser.stream("GET", "/live") as page,
        asyncio.timeout(20),
    ):
        assert page.headers["content-type"].startswith("text/event-stream")
        lines = page.aiter_lines()
        assert (await anext(lines)).startswith("retry:")
        while (await browser.get("/readyz")).json()["status"] != "ok":
            await asyncio.sleep(0.02)
        await desk.tell(missing())
        async for line in lines:
            if line == "event: changed":
                break
        server.should_exit = True
        async with asyncio.timeout(STOP_SECONDS):
            assert {line async for line in lines} <= {"data:", "", "event: changed"}
            await serving


async def test_a_monitor_that_asks_for_the_head_gets_it_without_the_body(desk: Desk) -> None:
    answer = await desk.browser().head("/sign-in")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/html")
