"""What `homeward up --demo` adds: an invented index of children, an invented team, and a process that plays.

The process has a token of each force that posts and one of the team, and the API, and a folder into which it
lays what the other forces write; nothing else. We take that in as from any folder or mailbox. HOME/demo.json
keeps the tokens and the moment at which the month ended, so that the next start goes on with the same one.
"""

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final

import structlog

from casework import policies
from casework.children_index import import_children
from casework.directory import import_staff
from casework.index_rows import read_index
from casework.staff_rows import read_staff
from casework.tokens import Scope, create, listed, revoke
from cli.acting import now_utc
from cli.database import Database, opened
from cli.demo import AUTHORITY, FOLDER, FORCES
from cli.demo.children import write_csv
from cli.demo.forces import with_formats
from cli.demo.office import TEAM
from cli.demo.staff import DIRECTORY
from cli.demonstration_post import LetterBox
from cli.errors import Stop
from cli.settings import Settings
from schemas.policy import Policy
from store import safety, tokens
from store.database import Store
from web.background import about

log = structlog.get_logger()
FILE: Final = "demo.json"
LOG: Final = "demo.log"
DIRECTOR: Final = "system:demo"
END_SECONDS: Final = 3.0
WHY: Final = "Four of the demonstration's forces write in formats of their own."


async def refuse_real_data(settings: Settings, ready: Database) -> None:
    """Keep invented children out of a database that serves real ones.

    Raises:
        Stop: the configured database has data, and no demonstration was begun in this home.
    """
    if settings.database_url is None or (settings.home / FILE).exists():
        return
    async with opened(ready) as store, store.transaction(AUTHORITY, DIRECTOR) as tx:
        if await safety.has_data(tx):
            raise Stop(
                "HOMEWARD_DATABASE_URL has data that no demonstration made: leave --demo out, or use another"
            )


def beside(settings: Settings, policy: Policy) -> Callable[[Store, str], Coroutine[Any, Any, None]]:
    """Return how to play while a site is served, given its store and its address."""
    return lambda store, address: Demonstration(store, settings, policy, address).play()


class Demonstration:
    """The index and the directory imported, the tokens made, the feed started; and ended with us."""

    def __init__(self, store: Store, settings: Settings, policy: Policy, address: str) -> None:
        self._store = store
        self._home = settings.home
        self._policy = policy
        self._served = settings.authorities
        self._address = address

    async def play(self) -> None:
        """Play until cancelled; what goes wrong is logged, for the site is there without it, too."""
        try:
            await self._prepare()
            await self._take_in()
        except Exception as error:
            log.error("the demonstration does not play", **about(error))  # noqa: TRY400  # no words

    async def _prepare(self) -> None:
        """Make what is lacking: on a first start everything, on a later one nothing."""
        path = self._home / FILE
        told = _read(path)
        known = told.get("tokens", {})
        secrets = {whose: await self._token(whose, known.get(whose)) for whose in (*FORCES, TEAM)}
        if secrets != known:
            await self._import()
            ends_at = told.get("ends_at") or now_utc().isoformat()
            _write(path, {"tokens": secrets, "ends_at": ends_at})
        await self._know_formats()

    async def _token(self, whose: str, known: str | None) -> str:
        """Return the secret of a force or of the team: the known one if it still opens, else a new one."""
        if known:
            digest = tokens.digest_of(known).hex()
            async with self._store.transaction("", DIRECTOR, token_digest=digest) as tx:
                if await tokens.find(tx, known):
                    return known
        name = f"demo {whose.rsplit(':', 1)[-1]}"
        scope, source = (Scope.WORK, None) if whose == TEAM else (Scope.NOTIFY, whose)
        live = [one for one in await listed(self._store, AUTHORITY, DIRECTOR) if one.revoked_at is None]
        if any(one.name == name for one in live):
            await revoke(self._store, AUTHORITY, name, DIRECTOR, now_utc())
        return await create(
            self._store, AUTHORITY, name, scope, source,
            served=self._served, person=DIRECTOR, now=now_utc(),
        )  # fmt: skip

    async def _import(self) -> None:
        with tempfile.TemporaryDirectory(prefix="homeward-") as directory:
            path = Path(directory) / "children.csv"
            write_csv(path)
            index = read_index(path.read_text(encoding="utf-8").splitlines(keepends=True))
        await import_children(
            self._store, AUTHORITY, index, self._policy, person=DIRECTOR, now=now_utc(), keep_going=True
        )
        people = read_staff(DIRECTORY.splitlines(keepends=True))
        await import_staff(self._store, AUTHORITY, people, person=DIRECTOR, now=now_utc())

    async def _know_formats(self) -> None:
        """Put the formats of the forces that write into the policy, unless somebody has decided on one."""
        async with self._store.transaction(AUTHORITY, DIRECTOR) as tx:
            newest = next(iter(await policies.versions(tx)), None)
        if newest and (newest.row.accepted_at or newest.row.uploaded_by != DIRECTOR):
            return
        ours: dict[str, Any] = {"why": WHY, "person": DIRECTOR, "now": now_utc()}
        if newest is None:
            text = with_formats(self._policy).model_dump_json()
            newest = await policies.upload(self._store, AUTHORITY, text, **ours)
        await policies.accept(self._store, AUTHORITY, newest.row.no, self._policy, **ours)

    async def _take_in(self) -> None:
        """Take in what the feed lays down, and play it; when one ends, so does the other."""
        box = LetterBox(self._home / FOLDER, self._store, self._served, self._policy)
        emptied = asyncio.ensure_future(box.empty())
        try:
            await self._feed()
        finally:
            emptied.cancel()

    async def _feed(self) -> None:
        """Run the feed as a process of its own until it ends or we do; it also notices when we are killed."""
        command = (sys.executable, "-P", "-m", "cli.main", "demo", "feed")
        with (self._home / LOG).open("wb") as said:
            process = await asyncio.create_subprocess_exec(
                *command, "--url", self._address, "--home", str(self._home), "--parent", str(os.getpid()),
                stdin=DEVNULL, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
        try:
            code = await process.wait()
        finally:
            await _end(process)
        log.warning("the demonstration ended", exit_code=code, see=str(self._home / LOG))


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(END_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _read(path: Path) -> dict[str, Any]:
    """Return what an earlier start left; nothing if that cannot be used."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("tokens"), dict) else {}


def _write(path: Path, told: Mapping[str, Any]) -> None:
    """Write a private file, whole or not at all."""
    handle, new = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    with open(handle, "w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(handle)
    Path(new).replace(path)
