"""Reading a request's body, but no more of it than is allowed."""

import asyncio
from http import HTTPStatus

from fastapi import Request
from starlette.requests import ClientDisconnect

from web.problems import Refused

SECONDS = 60.0
"""How long a sender may take for a whole body."""


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Return the body.

    Raises:
        Refused: it is longer than `most_bytes`, or does not come.
    """
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > most_bytes:
        raise _too_large(most_bytes)
    try:
        async with asyncio.timeout(SECONDS):
            return await _read(request, most_bytes)
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused(
            HTTPStatus.REQUEST_TIMEOUT,
            "The message did not come to its end: nothing was kept. Send it again.",
        ) from error


async def _read(request: Request, most_bytes: int) -> bytes:
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > most_bytes:
            raise _too_large(most_bytes)
    return bytes(chunks)


def _too_large(most_bytes: int) -> Refused:
    return Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body is longer than {most_bytes:,} bytes: nothing was kept. Send it in smaller batches.",
        headers={"Connection": "close"},
    )
