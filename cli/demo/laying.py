"""How what the forces write gets here: it is laid into a folder, as into a mailbox or a shared folder."""

import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cli.demo import LISTS, NOTTINGHAMSHIRE, TAKEN
from cli.demo.patience import FeedError
from cli.demo.still_missing import still_missing
from cli.demo.writing import Sent
from cli.demo.written import written

LIST_AFTER: Final = 1 / 3
"""How long after all else the list is laid down, as a share of the minutes: what was told is applied then."""
LIST_BEFORE: Final = timedelta(seconds=10)
"""How long before the end of the telling the list was made: what is told after that is no difference."""


async def lay_down(folder: Path, ends_at: datetime, minutes: float = 3.0) -> None:
    """Lay down what was written in the month that ended at `ends_at`, spread over `minutes` from then.

    Begun later, it lays down at once what was due before, but nothing that was taken in already.

    Raises:
        FeedError: the folder cannot be written.
    """
    all_of_it = await asyncio.to_thread(written, ends_at)
    for place, sent in enumerate(all_of_it, start=1):
        await _wait_until(ends_at + timedelta(minutes=minutes) * (place / len(all_of_it)))
        await _lay_into(folder, sent)
    lists = folder / LISTS / NOTTINGHAMSHIRE.rpartition(":")[2]
    told_at = ends_at + timedelta(minutes=minutes)
    made = await asyncio.to_thread(still_missing, ends_at)
    await _wait_until(told_at + timedelta(minutes=minutes) * LIST_AFTER)
    await _lay_into(lists, made, told_at - LIST_BEFORE)


async def _wait_until(due_at: datetime) -> None:
    await asyncio.sleep(max(0.0, (due_at - datetime.now(UTC)).total_seconds()))


async def _lay_into(folder: Path, sent: Sent, made_at: datetime | None = None) -> None:
    try:
        await asyncio.to_thread(_lay, folder, sent, made_at)
    except OSError as error:
        raise FeedError(f"{folder} cannot be written ({error.strerror}): give it to this user") from error


def _lay(folder: Path, sent: Sent, made_at: datetime | None) -> None:
    """Write a file, whole or not at all: whoever looks into the folder finds no half of it."""
    if (folder / TAKEN / sent.name).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(sent.content)
    if made_at:
        os.utime(new, (made_at.timestamp(), made_at.timestamp()))
    Path(new).replace(folder / sent.name)
