"""The token with which a mailbox is opened, kept until shortly before it ends."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

import httpx

from connectors.case_management import NotNow
from connectors.mailbox.imap import NoToken, Where
from connectors.oauth import NotAccepted, Tokens

ANSWER_SECONDS: Final = 20.0
AWAY: Final = "correct HOMEWARD_MAILBOX_TOKEN_URL, or let this machine reach it; mail stays there meanwhile"
IDS: Final = "correct HOMEWARD_MAILBOX_CLIENT_ID and _CLIENT_SECRET"
MENDS: Final[Mapping[str | None, str]] = {
    "invalid_client": f"{IDS}: the secret is another, or has expired",
    "unauthorized_client": f"{IDS}, or register the application there",
    "invalid_scope": "correct HOMEWARD_MAILBOX_SCOPE",
    "invalid_request": f"correct HOMEWARD_MAILBOX_TOKEN_URL and _SCOPE, or {IDS}",
}
"""How to mend what no token is given for."""


class Keys:
    """What opens a mailbox, besides its name: a token that is valid now; None where there is a password."""

    def __init__(self, tokens: Tokens | None) -> None:
        self._tokens = tokens

    async def valid(self) -> str | None:
        """Return a token, a new one if need be.

        Raises:
            NoToken: none is given; it says how to mend that.
        """
        if self._tokens is None:
            return None
        try:
            return await self._tokens.valid()
        except NotAccepted as error:
            code = f" ({error.code})" if error.code else ""
            raise NoToken(f"the sign-in service gives no token{code}: {MENDS.get(error.code, IDS)}") from None
        except NotNow as error:
            raise NoToken(f"{error}: {AWAY}") from None

    def forget(self, token: str | None) -> None:
        """Use a token no longer that was refused."""
        if self._tokens and token:
            self._tokens.forget(token)


@asynccontextmanager
async def keys_for(where: Where | None) -> AsyncIterator[Keys]:
    """Yield what opens a mailbox; nobody is asked yet."""
    if where is None or where.client is None:
        yield Keys(None)
        return
    for talkative in ("httpx", "httpcore"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as http:
        yield Keys(Tokens(http, where.client))
