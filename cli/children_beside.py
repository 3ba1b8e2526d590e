"""Processes that `homeward up` starts beside itself, and keeps running as long as it does."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import structlog

log = structlog.get_logger()
STOP_SECONDS: Final = 15.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True, slots=True)
class Child:
    """One process: its command line, what it finds in its environment beside ours, and where it writes."""

    name: str
    command: Sequence[str]
    said: Path
    environment: Mapping[str, str] = field(default_factory=dict)


async def keep(child: Child) -> None:
    """Run a child until cancelled; whenever it ends it is started again, after a pause."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        began = asyncio.get_running_loop().time()
        code = await _run(child)
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE_SECONDS:
            pause = FIRST_PAUSE_SECONDS
        log.error(
            "a process ended", name=child.name, code=code, said=str(child.said), retry_after_seconds=pause
        )
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


async def _run(child: Child) -> int:
    with child.said.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            *child.command,
            env={**os.environ, **child.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=False,
            preexec_fn=partial(_end_with, os.getpid()) if sys.platform == "linux" else None,
        )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    with suppress(TimeoutError):
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
            return
    process.kill()
    await process.wait()


def _end_with(parent: int) -> None:
    """Have the kernel end this process when its parent is killed, however that happens, or has happened."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
