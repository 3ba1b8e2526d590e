"""The demonstration's lists of children still missing: compared as by `homeward reconcile`."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import structlog

from casework.police_list import take
from casework.police_list_tasks import COMPARING
from casework.policy_in_force import policy_of
from cli.acting import now_utc
from cli.demo import AUTHORITY
from connectors.police_list import File, read_list
from schemas.policy import Policy
from store.database import Store

log = structlog.get_logger()


class ListBox:
    """A folder with one for each force; each file is of the moment at which it was last changed."""

    def __init__(self, folder: Path, store: Store, configured: Policy) -> None:
        self._folder = folder
        self._store = store
        self._configured = configured

    def there(self) -> list[Path]:
        """Return the lists that wait, of whichever force."""
        folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        return [path for folder in folders for path in files_in(folder)]

    async def take(self, path: Path) -> None:
        """Keep a list and compare it; the same again changes nothing.

        Raises:
            DatabaseUnavailable: it was not kept.
        """
        source = f"urn:police:{path.parent.name}"
        rules = (await policy_of(self._store, AUTHORITY, self._configured)).police_lists
        sent = read_list(await asyncio.to_thread(_file, path), rules.format_of(source))
        done = await take(self._store, AUTHORITY, sent, self._configured, person=COMPARING, now=now_utc())
        log.info("a list is compared", force=source, state=done.list.state, differences=done.found.opened)


def files_in(folder: Path) -> list[Path]:
    """Return what lies in a folder whole."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _file(path: Path) -> File:
    changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return File(path.read_bytes(), path.name, "file", None, changed_at)
