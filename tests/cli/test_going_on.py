"""Commands that go on: ended by a signal, also where a library's work will not end."""

import asyncio
import os
import signal

import pytest

from cli.going_on import until_signalled


async def stubborn() -> None:
    """Go on for a while though it is cancelled, as a client does that waits for a server that is gone."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        await asyncio.sleep(1)


async def obedient() -> None:
    await asyncio.Event().wait()


async def failing() -> None:
    raise LookupError("forgotten")


async def end_soon() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.Event().wait()


async def test_what_does_not_end_is_not_waited_for_beyond_its_limit() -> None:
    assert await until_signalled(stubborn(), end_soon(), end_seconds=0.05)


async def test_what_ends_is_waited_for() -> None:
    assert not await until_signalled(obedient(), end_soon(), end_seconds=30)
    assert not await until_signalled(stubborn(), end_soon())


async def test_what_failed_is_told_though_something_else_does_not_end() -> None:
    with pytest.raises(LookupError):
        await until_signalled(failing(), stubborn(), end_seconds=0.05)
