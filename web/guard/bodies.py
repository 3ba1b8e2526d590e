"""Reading a request's body, but no more of it than is allowed."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

from fastapi import Request
from starlette.requests import ClientDisconnect

from web.problems import Refused

SECONDS = 60.0
"""How long a sender may take for a whole body."""
THROWN_AWAY_BYTES = 50_000_000


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Return the body.

    Raises:
        Refused: it is longer than `most_bytes`, or does not come.
    """
    stated = request.headers.get("content-length", "")
    try:
        async with asyncio.timeout(SECONDS):
            if stated.isdigit() and int(stated) > most_bytes:
                await _let_finish(request, request.stream())
                raise _too_large(most_bytes)
            return await _read(request, most_bytes)
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused(
            HTTPStatus.REQUEST_TIMEOUT,
            "The message did not come to its end: nothing was kept. Send it again.",
        ) from error


async def _read(request: Request, most_bytes: int) -> bytes:
    chunks = bytearray()
    coming = request.stream()
    async for chunk in coming:
        chunks += chunk
        if len(chunks) > most_bytes:
            chunks.clear()
            await _let_finish(request, coming)
            raise _too_large(most_bytes)
    return bytes(chunks)


async def _let_finish(request: Request, coming: AsyncIterator[bytes]) -> None:
    """Throw away what still comes, up to a point: who is cut off while sending never reads the answer."""
    if "expect" in request.headers:
        return  # it sends nothing before it has read our answer
    thrown_away = 0
    async for chunk in coming:
        thrown_away += len(chunk)
        if thrown_away > THROWN_AWAY_BYTES:
            return


def _too_large(most_bytes: int) -> Refused:
    return Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body is longer than {most_bytes:,} bytes: nothing was kept. Send less at once.",
        headers={"Connection": "close"},
    )
