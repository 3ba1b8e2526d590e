"""A directory as the other system: one JSON and one page that prints for each update, written whole.

A file's name is the key of its update: the same update again is the same file. JSON comes last: whoever waits
for it finds the page there. Whoever takes the files away has them; they are not written again.
"""

import asyncio
import os
import tempfile
from pathlib import Path

from connectors.case_management import Delivered, Kept, NotNow, ReadBack
from connectors.printed import printed
from schemas.plan_update import PlanUpdate

MODE = 0o640


class Files:
    """Writes updates into a directory that another program or a person takes them from."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def deliver(self, update: PlanUpdate) -> Delivered:
        """Write both files, durably.

        Raises:
            NotNow: the directory cannot be written to.
        """
        try:
            await asyncio.to_thread(self._write_both, update)
        except OSError as error:
            raise NotNow(f"the directory for updates cannot be written to ({error.strerror})") from error
        return Delivered(str(update.key), None)

    async def read_back(self, update: PlanUpdate) -> ReadBack:
        """Compare the JSON that is there; none any more: somebody took it.

        Raises:
            NotNow: the file cannot be read.
        """
        try:
            return await asyncio.to_thread(self._compare, update)
        except OSError as error:
            raise NotNow(f"the file of the update cannot be read ({error.strerror})") from error

    def _write_both(self, update: PlanUpdate) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        _write(self._directory / f"{update.key}.html", printed(update).encode())
        _write(self._directory / f"{update.key}.json", as_json(update))

    def _compare(self, update: PlanUpdate) -> ReadBack:
        try:
            found = (self._directory / f"{update.key}.json").read_bytes()
        except FileNotFoundError:
            return ReadBack(Kept.SAME)
        same = found == as_json(update)
        return ReadBack(Kept.SAME) if same else ReadBack(Kept.OTHERWISE, why="the file was changed")


def as_json(update: PlanUpdate) -> bytes:
    """Return the JSON file of an update, in UTF-8."""
    return update.model_dump_json(indent=2).encode() + b"\n"


def _write(path: Path, content: bytes) -> None:
    """Write a file so that there is the whole of it or nothing, also after the power failed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(handle, MODE)
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _keep_names(path.parent)


def _keep_names(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
