"""Telling open pages that something changed: one listening connection for all of them, and no data at all."""

import asyncio
from collections.abc import AsyncIterator, Callable

import structlog

from store.database import DatabaseUnavailable

log = structlog.get_logger()
HEARTBEAT_SECONDS = 15.0
AT_MOST_EVERY_SECONDS = 1.0
MOST_WATCHERS = 500
PATIENCE_SECONDS = 2.0


class TooManyWatchers(Exception):
    """More pages are open than this process can tell; they ask again by themselves."""


class Changes:
    """Who watches, and how they are told. `listen` yields when something changed, until it loses touch."""

    def __init__(self, listen: Callable[[], AsyncIterator[None]]) -> None:
        self._listen = listen
        self._watchers: set[asyncio.Event] = set()
        self._closed = False

    async def run(self) -> None:
        """Listen until cancelled. After a loss everybody is told: anything may have changed meanwhile."""
        while True:
            try:
                async for _ in self._listen():
                    self._tell()
            except DatabaseUnavailable:
                log.warning("live updates lost the database", retry_after_seconds=PATIENCE_SECONDS)
            await asyncio.sleep(PATIENCE_SECONDS)

    def close(self) -> None:
        """End every stream, so that a server that stops need not wait for pages that stay open."""
        self._closed = True
        self._tell()

    def watch(self) -> AsyncIterator[str]:
        """Return server-sent events for one page.

        Raises:
            TooManyWatchers: no room for another.
        """
        if len(self._watchers) >= MOST_WATCHERS:
            raise TooManyWatchers
        return self._stream()

    async def _stream(self) -> AsyncIterator[str]:
        changed = asyncio.Event()
        self._watchers.add(changed)
        try:
            yield f"retry: {PATIENCE_SECONDS * 1000:.0f}\n\n"
            while not self._closed:
                yield await _next(changed)
                await asyncio.sleep(AT_MOST_EVERY_SECONDS)
        finally:
            self._watchers.discard(changed)

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher.set()


async def _next(changed: asyncio.Event) -> str:
    """Return the next event, or a comment that keeps the connection open."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await changed.wait()
    except TimeoutError:
        return ": still here\n\n"
    changed.clear()
    return "event: changed\ndata:\n\n"
