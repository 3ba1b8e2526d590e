"""How what the forces write gets here: it is laid into a folder, as into a mailbox or a shared folder."""

import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.demo import TAKEN
from cli.demo.patience import FeedError
from cli.demo.writing import Sent
from cli.demo.written import written


async def lay_down(folder: Path, ends_at: datetime, minutes: float = 3.0) -> None:
    """Lay down what was written in the month that ended at `ends_at`, spread over `minutes` from then.

    Begun later, it lays down at once what was due before, but nothing that was taken in already.

    Raises:
        FeedError: the folder cannot be written.
    """
    all_of_it = await asyncio.to_thread(written, ends_at)
    for place, sent in enumerate(all_of_it, start=1):
        due_at = ends_at + timedelta(minutes=minutes) * (place / len(all_of_it))
        await asyncio.sleep(max(0.0, (due_at - datetime.now(UTC)).total_seconds()))
        try:
            await asyncio.to_thread(_lay, folder, sent)
        except OSError as error:
            raise FeedError(f"{folder} cannot be written ({error.strerror}): give it to this user") from error


def _lay(folder: Path, sent: Sent) -> None:
    """Write a file, whole or not at all: whoever looks into the folder finds no half of it."""
    if (folder / TAKEN / sent.name).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle, new = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(sent.content)
    Path(new).replace(folder / sent.name)
