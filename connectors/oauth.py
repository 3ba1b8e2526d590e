"""Access tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4), renewed shortly before they end."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

import httpx

from connectors.case_management import NotNow

MARGIN: Final = 0.1
"""The share of its life at which a token is renewed early."""
UNTOLD_SECONDS: Final = 300.0
"""How long a token is used whose life is not told."""
CODES: Final = (
    "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
    "invalid_scope",
)  # fmt: skip
"""Why no token is given (RFC 6749, section 5.2)."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks for tokens, and where."""

    token_url: str
    id: str
    secret: str = field(repr=False)
    scope: str | None = None


class NotAccepted(NotNow):
    """The sign-in service gives us no token until a person mends something.

    `code` says why in its own word, where that is one of RFC 6749, section 5.2.
    """

    def __init__(self, why: str, code: str | None) -> None:
        super().__init__(why)
        self.code = code


class Tokens:
    """The access token that is valid now."""

    def __init__(
        self, http: httpx.AsyncClient, client: Client, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._http = http
        self._client = client
        self._monotonic = monotonic
        self._lock = asyncio.Lock()
        self._token = ""
        self._until = float("-inf")

    async def valid(self) -> str:
        """Return a token, a new one if need be; many callers at once ask for one together.

        Raises:
            NotAccepted: none is given to us.
            NotNow: none is given now.
        """
        async with self._lock:
            if self._monotonic() >= self._until:
                await self._renew()
            return self._token

    def forget(self, token: str) -> None:
        """Use a token no longer that was refused; a newer one stays."""
        if token == self._token:
            self._until = float("-inf")

    async def _renew(self) -> None:
        asked_at = self._monotonic()
        told = await self._ask()
        token, lasts = told.get("access_token"), told.get("expires_in")
        if not isinstance(token, str) or not token:
            raise NotNow("the sign-in service answers without a token")
        seconds = (
            float(lasts) if isinstance(lasts, int | float | str) and _is_number(lasts) else UNTOLD_SECONDS
        )
        self._token, self._until = token, asked_at + seconds * (1 - MARGIN)

    async def _ask(self) -> dict[str, Any]:
        form = {"grant_type": "client_credentials"}
        if self._client.scope:
            form["scope"] = self._client.scope
        who = (quote_plus(self._client.id), quote_plus(self._client.secret))  # as RFC 6749, 2.3.1 has it
        try:
            answer = await self._http.post(self._client.token_url, data=form, auth=who)
        except httpx.HTTPError as error:
            raise NotNow(f"the sign-in service does not answer ({type(error).__name__})") from None
        if answer.status_code in {400, 401, 403}:
            why = "the sign-in service does not accept our client id or secret: correct the settings"
            raise NotAccepted(why, _code(answer))
        if not answer.is_success:
            raise NotNow(f"the sign-in service answers {answer.status_code}")
        return _object(answer)


def _code(answer: httpx.Response) -> str | None:
    """Return why no token is given; only words that are known, since others may hold anything."""
    try:
        told = _object(answer).get("error")
    except NotNow:
        return None
    return told if told in CODES else None


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise NotNow("the sign-in service answers with what is not a JSON object")
    return told


def _is_number(value: float | str) -> bool:
    try:
        return float(value) > 0
    except ValueError:
        return False
