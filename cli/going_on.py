"""Commands that go on until somebody ends them."""

import asyncio
import atexit
import os
import signal
from collections.abc import Coroutine
from typing import Annotated, Any, NoReturn

import structlog
import typer

from web.background import Work
from web.site import Background

ProbePort = Annotated[
    int | None,
    typer.Option(metavar="N", help="Serve /healthz, /readyz and /metrics on this port; 0: any free one."),
]
log = structlog.get_logger()
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def until_signalled(*works: Coroutine[Any, Any, None], end_seconds: float | None = None) -> bool:
    """Do all of this at once until a signal comes, then cancel it and wait until it has ended in good order.

    Return whether something goes on all the same: what has not ended after `end_seconds` is a library's that
    waits for something that is gone. The caller ends the process with `leave`, once all of ours is closed.

    Raises:
        Exception: what one of them raised; the others are ended first.
    """
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for each in ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:  # as under nohup
            loop.add_signal_handler(each, asked.set)
    tasks = [asyncio.create_task(asked.wait()), *map(asyncio.create_task, works)]
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    ended, stuck = await asyncio.wait(left, timeout=end_seconds) if left else (set(), set())
    await asyncio.gather(*ended, return_exceptions=True)
    for task in done:
        task.result()
    if stuck:
        log.warning("something did not end in time", seconds=end_seconds)
    return bool(stuck)


def kept_running(start: Background) -> Coroutine[Any, Any, None]:
    """Run work that goes on, and begin it again when it crashes: one that stops does not stop the others."""
    return Work(start.__qualname__, start).keep_running()


def leave() -> NoReturn:
    """End the process now and well: all of ours has ended, and what is left is a library's that cannot be."""
    atexit._run_exitfuncs()  # noqa: SLF001 - what waits to be sent and written, but no thread
    os._exit(0)
