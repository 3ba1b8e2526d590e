"""The forces at their keyboards: posts the programme to `POST /api/v1/notifications`, and nothing else.

What is not taken because the service is busy, away or just starting is sent again until it is; sending
twice does no harm. What is refused for its content is not sent again.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import groupby

import httpx
import structlog

from cli.demo.broken import Broken
from cli.demo.patience import FeedError, until_taken
from cli.demo.programme import Post, programme

log = structlog.get_logger()

PATH = "/api/v1/notifications"
SINGLE, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
BATCH_AT_MOST = 50
TICK_SECONDS = 0.5
TIMEOUT_SECONDS = 30.0
WRONG_ADDRESS = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


async def play(
    url: str,
    tokens: Mapping[str, str],
    ends_at: datetime,
    minutes: float = 3.0,
    *,
    every: timedelta = timedelta(seconds=30),
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Post the month that ended at `ends_at` within `minutes` of that, and then go on until cancelled.

    `tokens` are the bearer tokens by `source`. Begun again with the same `ends_at`, it sends what was due
    before at once (the service answers `duplicate`), and goes on.

    Raises:
        FeedError: a force has no token, or the service knows neither the token nor the address.
    """
    if not url.startswith(("http://", "https://")):
        raise FeedError(f"{url} is not an address: write one such as http://127.0.0.1:8000")
    posts = programme(ends_at, minutes, every, datetime.now(UTC))
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_SECONDS, transport=transport) as client:
        sender = Sender(client, tokens)
        due: list[Post] = []
        for post in posts:
            while post.due_at > datetime.now(UTC):
                await sender.send_all(due)
                due = []
                await asyncio.sleep(TICK_SECONDS)
            due.append(post)
            if len(due) >= BATCH_AT_MOST:
                await sender.send_all(due)
                due = []


class Sender:
    """Posts with the right token, as often as it takes."""

    def __init__(self, client: httpx.AsyncClient, tokens: Mapping[str, str]) -> None:
        self._client = client
        self._tokens = tokens

    async def send_all(self, posts: Sequence[Post]) -> None:
        """Send messages in their order: those of one force that follow each other as a batch."""
        for source, content, media_type in _bodies(posts):
            response = await self._post(source, content, media_type)
            self._note(source, response)

    async def _post(self, source: str, content: bytes, media_type: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token(source)}", "Content-Type": media_type}
        return await until_taken(source, lambda: self._client.post(PATH, content=content, headers=headers))

    def _token(self, source: str) -> str:
        token = self._tokens.get(source)
        if token is None:
            raise FeedError(f"there is no token for {source}: add it to the tokens in demo.json")
        return token

    def _note(self, source: str, response: httpx.Response) -> None:
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            raise FeedError(f"the token for {source} is not known there: start `homeward up --demo` anew")
        if response.status_code in WRONG_ADDRESS:
            raise FeedError(f"there is no Homeward at {response.url}: correct --url")
        if response.status_code != HTTPStatus.ACCEPTED:
            log.info("refused", source=source, status=response.status_code)


def _bodies(posts: Sequence[Post]) -> Iterator[tuple[str, bytes, str]]:
    """Yield source, body and media type: what is broken always alone."""
    for (source, alone), group in groupby(posts, key=lambda p: (p.source, isinstance(p.message, Broken))):
        messages = [post.message for post in group]
        if alone or len(messages) == 1:
            yield from ((source, _content(message), SINGLE) for message in messages)
        else:
            yield source, json.dumps(messages, ensure_ascii=False).encode(), BATCH


def _content(message: object) -> bytes:
    if isinstance(message, Broken):
        return message.content
    return json.dumps(message, ensure_ascii=False).encode()
