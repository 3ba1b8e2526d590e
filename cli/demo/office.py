"""The invented team's desk: asks the API what there is, and gives commands, with a token that may work."""

from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import httpx
import structlog

from cli.demo.patience import FeedError, until_taken

log = structlog.get_logger()
API: Final = "/api/v1"
PAGE: Final = 200
TEAM: Final = "team"
"""Under which name demo.json keeps the team's token."""


class Said(NamedTuple):
    """What a command was answered with: `body` is empty where it was refused."""

    status: int
    body: dict[str, Any]

    @property
    def is_done(self) -> bool:
        """Whether it was done, now or before."""
        return self.status < HTTPStatus.BAD_REQUEST


class Office:
    """Reads lists and sends commands as any other system would."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"}

    async def all(self, path: str, **query: str) -> AsyncIterator[dict[str, Any]]:
        """Yield every item of a list."""
        cursor: dict[str, str] = {}
        while True:
            page = await self.one(path, limit=str(PAGE), **query, **cursor)
            for item in page["items"]:
                yield item
            if page["next"] is None:
                return
            cursor = {"cursor": page["next"]}

    async def one(self, path: str, **query: str) -> dict[str, Any]:
        """Return one thing.

        Raises:
            FeedError: the service knows neither the token nor the address.
        """
        answer = await until_taken(
            TEAM, lambda: self._client.get(f"{API}/{path}", params=query, headers=self._headers)
        )
        if not answer.is_success:
            raise FeedError(
                f"the team may not read {path} ({answer.status_code}): start `homeward up --demo` anew"
            )
        found: dict[str, Any] = answer.json()
        return found

    async def do(self, path: str, key: str, body: Mapping[str, Any]) -> Said:
        """Send one command and return what it is answered with.

        Raises:
            FeedError: the service does not know the token.
        """
        headers = self._headers | {"Idempotency-Key": key}
        answer = await until_taken(
            TEAM, lambda: self._client.post(f"{API}/{path}", json=dict(body), headers=headers)
        )
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            raise FeedError("the team's token is not known there: start `homeward up --demo` anew")
        if not answer.is_success:
            log.info("refused", source=TEAM, path=path, status=answer.status_code)
        return Said(answer.status_code, answer.json() if answer.is_success else {})
