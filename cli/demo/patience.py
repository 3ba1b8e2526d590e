"""Sending something as often as it takes, as people do whose connection comes and goes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
import structlog

log = structlog.get_logger()
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.25, 30.0


class FeedError(Exception):
    """The feed cannot go on; one sentence that says what to mend."""


async def until_taken(who: str, send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Return the answer once there is one that the same again would not change."""
    patience = FIRST_WAIT_SECONDS
    while True:
        try:
            response = await send()
        except httpx.TransportError as error:
            wait, reason = patience, type(error).__name__
        else:
            if not _worth_again(response):
                return response
            wait, reason = _seconds_to_wait(response, patience), str(response.status_code)
        log.warning("not taken yet", source=who, reason=reason, retry_after_seconds=wait)
        await asyncio.sleep(wait)
        patience = min(patience * 2, LONGEST_WAIT_SECONDS)


def _worth_again(response: httpx.Response) -> bool:
    status = response.status_code
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS


def _seconds_to_wait(response: httpx.Response, otherwise: float) -> float:
    """Return how long the service asks to wait, in seconds or as a date; what it does not say is ours."""
    told = response.headers.get("Retry-After", "")
    if told.isdigit():
        return min(float(told), LONGEST_WAIT_SECONDS)
    try:
        wait = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return otherwise
    return min(max(wait, 0.0), LONGEST_WAIT_SECONDS)
