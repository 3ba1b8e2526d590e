"""The demonstration's letter-box: what its forces lay into a folder is taken in as from any other force.

A mail goes the way of `homeward mailbox`, a file that of `homeward ingest`; both are read by the formats of
the policy that is in force; a list of children still missing goes that of `homeward reconcile`. What is taken
in moves into a folder, as mail in a mailbox does.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog

from casework.intake import Sender
from casework.originals import Original
from cli.as_sent import formats_in_force, take, understand
from cli.demo import LISTS, TAKEN
from cli.demonstration_lists import ListBox, files_in
from cli.mail_intake import MailIntake
from cli.mailed_lists import ListIntake
from cli.sources import Source
from connectors.mailbox.taking import NotNow
from schemas.formats_policy import ForceFormat
from schemas.policy import Policy
from schemas.understood import Understood
from store.database import DatabaseUnavailable, Store
from web.background import about

log = structlog.get_logger()
LOOK_SECONDS: Final = 1.0
MAIL: Final = ".eml"


class LetterBox:
    """One folder, and the authorities whose children it tells of."""

    def __init__(self, folder: Path, store: Store, authorities: Sequence[str], configured: Policy) -> None:
        self._folder = folder
        self._store = store
        self._authorities = tuple(authorities)
        self._configured = configured
        lists = ListIntake(store, self._authorities, configured)
        self._lists = ListBox(folder / LISTS, store, configured)
        self._mail = MailIntake(store, self._authorities, self._formats, lists=lists, via="mailbox")

    async def empty(self) -> None:
        """Take in what is there and what comes, until cancelled."""
        while True:
            await self.take_all()
            await asyncio.sleep(LOOK_SECONDS)

    async def take_all(self) -> None:
        """Take in what is there; what cannot be kept now stays, and is taken later."""
        for take_it, there in ((self._take, self._there), (self._lists.take, self._lists.there)):
            for path in await asyncio.to_thread(there):
                try:
                    await take_it(path)
                    await asyncio.to_thread(_put_away, path)
                except (NotNow, DatabaseUnavailable, OSError) as error:
                    log.warning("not taken in yet", file=path.name, **about(error))
                    return

    async def _take(self, path: Path) -> None:
        if path.suffix == MAIL:
            await self._mail.take(await asyncio.to_thread(path.read_bytes))
        else:
            await self._take_file(path)

    async def _take_file(self, path: Path) -> None:
        formats = await self._formats()
        source = Source(path)
        if told := await asyncio.to_thread(_understood, source, path, formats):
            await take(self._store, Sender("file", source.name, self._authorities), *told)

    async def _formats(self) -> Sequence[ForceFormat]:
        return await formats_in_force(self._store, self._authorities, self._configured)

    def _there(self) -> list[Path]:
        return files_in(self._folder)


def _put_away(path: Path) -> None:
    taken = path.parent / TAKEN
    taken.mkdir(exist_ok=True)
    path.replace(taken / path.name)


def _understood(
    source: Source, path: Path, formats: Sequence[ForceFormat]
) -> tuple[Original, Understood] | None:
    with path.open("rb") as file:
        return understand(source, file, formats)
