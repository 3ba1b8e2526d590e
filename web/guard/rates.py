"""How much one caller may ask for, so that no one of them stops the others."""

from http import HTTPStatus
from math import ceil
from time import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from web.problems import Refused

BURST_SECONDS = 5
"""The limit holds on average over this long: for a moment a caller may send as much at once."""

SIGN_INS_PER_MINUTE = 120
"""An office often has one address for everybody, and everybody comes at nine."""
WRONG_CODES_PER_MINUTE = 10


class Rates:
    """One process's limits."""

    def __init__(
        self, requests_per_second: int, failed_tokens_per_minute: int, pages_per_minute: int = 600
    ) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerSecond(requests_per_second * BURST_SECONDS, BURST_SECONDS)
        self._pages = RateLimitItemPerMinute(pages_per_minute)
        self._failures = RateLimitItemPerMinute(failed_tokens_per_minute)
        self._sign_ins = RateLimitItemPerMinute(SIGN_INS_PER_MINUTE)
        self._codes = RateLimitItemPerMinute(WRONG_CODES_PER_MINUTE)

    async def count_request(self, token: str) -> None:
        """Count one request of a token.

        Raises:
            Refused: it asks too much; says when to ask again.
        """
        await self._count(self._requests, "token", token, "This token asks too much at once")

    async def count_page(self, session: str) -> None:
        """Count one request of a page by somebody who is signed in, by their session.

        Raises:
            Refused: it asks faster than people read; says when to ask again.
        """
        await self._count(self._pages, "session", session, "You ask for more pages than anybody can read")

    async def count_failure(self, address: str) -> None:
        """Count one token that is not known, by the address that it came from.

        Raises:
            Refused: too many; a valid token is let through all the same, since others may share the address.
        """
        await self._count(
            self._failures, "address", address, "Too many unknown tokens came from this address"
        )

    async def count_sign_in(self, address: str) -> None:
        """Count one sign-in that begins, by the address that it came from.

        Raises:
            Refused: too many at once.
        """
        await self._count(self._sign_ins, "sign-in", address, "Too many sign-ins begin from this address")

    async def count_wrong_code(self, address: str) -> None:
        """Count one code of a child's link that does not work, by the address that it came from.

        Raises:
            Refused: too many; a code that works is let through all the same.
        """
        await self._count(self._codes, "code", address, "Too many codes that do not work came from here")

    async def _count(self, limit: RateLimitItem, kind: str, who: str, complaint: str) -> None:
        if await self._limiter.hit(limit, kind, who):
            return
        window = await self._limiter.get_window_stats(limit, kind, who)
        wait = max(1, ceil(window.reset_time - time()))
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"{complaint}: wait {wait} seconds, then send again.",
            headers={"Retry-After": str(wait)},
        )
