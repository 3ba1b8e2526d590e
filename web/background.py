"""Work that runs beside the requests as long as the site does. What crashes is logged and begun again."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog

from web.site import Background

log = structlog.get_logger()
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0


class Work:
    """One piece of background work, and how it is."""

    def __init__(self, name: str, start: Background) -> None:
        self.name = name
        self.crashes = 0
        self.running = False
        self._start = start

    async def keep_running(self) -> None:
        """Run it until cancelled; after a crash wait, longer each time, and run it again."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            self.running = True
            try:
                await self._start()
            except Exception as error:
                self.crashes += 1
                log.error("background work crashed", work=self.name, **about(error))  # noqa: TRY400 - no words
            else:
                log.error("background work ended", work=self.name)
            finally:
                self.running = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


class Workers:
    """All of a site's background work."""

    def __init__(self, background: Sequence[Background]) -> None:
        self.works = [Work(_name(start), start) for start in background]

    @property
    def well(self) -> bool:
        return all(work.running for work in self.works)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Keep everything running inside the block."""
        tasks = [asyncio.create_task(work.keep_running(), name=work.name) for work in self.works]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def about(error: BaseException) -> dict[str, object]:
    """Return what a log may hold of an error: kind and place, never its words, which may name a child."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }


def _name(start: Background) -> str:
    return getattr(start, "__qualname__", type(start).__name__)
