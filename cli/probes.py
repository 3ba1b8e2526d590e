"""Health and measurements of a process that serves nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from casework.measures import Measures
from cli.door import listening
from cli.reachable import how_kafka_is
from cli.settings import Settings

Ready = Callable[[], Awaitable[Mapping[str, str]]]
"""Says how each thing is that it needs: `ok`, `degraded: …` where work goes on, or what is wrong."""


async def kafka_check(settings: Settings) -> Mapping[str, str]:
    """Return how Kafka is: without it work goes on."""
    told = await how_kafka_is(settings)
    return {"kafka": told if told == "ok" else f"degraded: {told}"}


def probes(measures: Measures, ready: Ready) -> Starlette:
    """Return the application: `/healthz`, `/readyz`, `/metrics`."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        checks = dict(await ready())
        told = {check.partition(":")[0] for check in checks.values()}
        status = "ok" if told <= {"ok"} else "degraded" if told <= {"ok", "degraded"} else "unavailable"
        return JSONResponse({"status": status, **checks}, 503 if status == "unavailable" else 200)

    async def metrics(_: Request) -> Response:
        return Response(await asyncio.to_thread(measures.exposition), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    )


@asynccontextmanager
async def answering(host: str, port: int | None, app: Starlette) -> AsyncIterator[None]:
    """Answer probes inside the block, if a port was chosen."""
    if port is None:
        yield
        return
    with listening(host, port) as door:
        server = _Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        task = asyncio.create_task(server.serve(sockets=[door]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the command."""
        yield
