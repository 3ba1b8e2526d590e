"""`reconcile-police`: the lists of missing children that forces put into a folder are compared with ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import structlog
from prefect import flow
from prefect.artifacts import acreate_table_artifact

from casework.police_list import Taken, take
from casework.police_list_silence import tell_of_silence
from casework.police_list_tasks import COMPARING, Found, again
from casework.policy_in_force import policy_of
from connectors.police_list import File, read_list
from flows.failing import tell_of_failure
from flows.surroundings import Surroundings, surroundings
from store import beats, police_lists

log = structlog.get_logger()
NAME: Final = "reconcile-police"
EVERY_SECONDS: Final = 300
MOST_FILES: Final = 20
"""How many of a force's latest files are looked at: what is older changes nothing."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a run did: the lists that were new, what else changed by force, and whose list lacks."""

    as_of: datetime
    taken: Sequence[tuple[str, Taken]]
    again: Mapping[tuple[str, str], Found] = field(default_factory=dict)
    silent: Sequence[tuple[str, str]] = ()
    trouble: Exception | None = None


@flow(
    name=NAME,
    retries=2,
    retry_delay_seconds=20,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
async def reconcile_police(as_of: datetime | None = None) -> None:
    """Take in the lists that are new, compare the latest with what is known now, and tell whose list lacks.

    It may run twice, at once, or after days of silence: a list that was here before changes nothing.
    """
    async with surroundings() as here:
        done = await reconcile(here, as_of or datetime.now(UTC))
    await acreate_table_artifact(table=table(done), key=NAME, description=description(done))
    if done.trouble:
        raise done.trouble


async def reconcile(here: Surroundings, as_of: datetime) -> Reconciled:
    """Do what the flow does, without Prefect: one that cannot be read does not stop the others.

    Raises:
        DatabaseUnavailable: the database does not answer.
    """
    await beats.begin(here.store, NAME, as_of)
    taken: list[tuple[str, Taken]] = []
    found: dict[tuple[str, str], Found] = {}
    silent: list[tuple[str, str]] = []
    trouble: Exception | None = None
    for authority in here.authorities:
        try:
            folders = _folders(here, authority)
            taken += await _take(here, authority, folders, as_of)
            changed = await again(here.store, authority, here.policy, as_of)
            found |= {(authority, source): one for source, one in changed.items()}
            lacking = await tell_of_silence(here.store, authority, folders, here.policy, as_of)
            silent += [(authority, source) for source in lacking]
        except Exception as error:
            log.exception("lists cannot be compared", authority=authority, kind=type(error).__name__)
            trouble = error  # the other authorities' are compared all the same
    await beats.end(here.store, NAME, as_of, f"it broke off ({type(trouble).__name__})" if trouble else None)
    return Reconciled(as_of, taken, found, silent, trouble)


async def _take(
    here: Surroundings, authority: str, folders: Mapping[str, Path], as_of: datetime
) -> list[tuple[str, Taken]]:
    rules = (await policy_of(here.store, authority, here.policy)).police_lists
    done = []
    for source, folder in sorted(folders.items()):
        for file in await _new(here, authority, source, _files(folder)):
            sent = read_list(file, rules.format_of(source))
            one = await take(here.store, authority, sent, here.policy, person=COMPARING, now=as_of)
            done += [(authority, one)] if one.new else []
    return done


async def _new(here: Surroundings, authority: str, source: str, files: Sequence[File]) -> list[File]:
    """Return the files that were not taken before as they are; a mail is known once it is read."""
    async with here.store.transaction(authority, COMPARING) as tx:
        known = await police_lists.known_files(tx, source, [file.digest for file in files])
    return [file for file in files if (file.digest, file.otherwise_at) not in known]


def _folders(here: Surroundings, authority: str) -> dict[str, Path]:
    """Return the folder of each force: FORCE, or AUTHORITY/FORCE where several authorities are served."""
    if here.police_lists is None:
        return {}
    of_authority = here.police_lists / authority
    base = of_authority if of_authority.is_dir() or len(here.authorities) > 1 else here.police_lists
    if not base.is_dir():
        return {}
    return {f"urn:police:{one.name}": one for one in base.iterdir() if one.is_dir() and " " not in one.name}


def _files(folder: Path) -> list[File]:
    """Return what lies in a force's folder, the oldest first."""
    found = [
        (path.stat().st_mtime, path)
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith((".", "~"))
    ]
    return [
        File(path.read_bytes(), path.name, "file", None, datetime.fromtimestamp(at, UTC))
        for at, path in sorted(found)[-MOST_FILES:]
    ]


def table(done: Reconciled) -> list[dict[str, Any]]:
    """Return what happened as rows for people."""
    return [
        *(
            {
                "authority": authority,
                "force": one.list.source,
                "what": f"list of {one.list.as_of.isoformat()}: {one.list.state}",
                "new differences": one.found.opened,
                "over": one.found.ended,
            }
            for authority, one in done.taken
        ),
        *(
            {"authority": authority, "force": source, "what": "compared again", "new differences": one.opened,
             "over": one.ended}
            for (authority, source), one in done.again.items()
        ),
        *(
            {"authority": authority, "force": source, "what": "its list lacks", "new differences": "",
             "over": ""}
            for authority, source in done.silent
        ),
    ]  # fmt: skip


def description(done: Reconciled) -> str:
    """Return one sentence for whoever looks at night."""
    found = [*(one.found for _, one in done.taken), *done.again.values()]
    opened, ended = sum(one.opened for one in found), sum(one.ended for one in found)
    broke = f" Lists could not be compared: {type(done.trouble).__name__}." if done.trouble else ""
    return (
        f"{len(done.taken)} lists were new; {opened} differences are new and {ended} are over;"
        f" the lists of {len(done.silent)} forces lack.{broke}"
    )
