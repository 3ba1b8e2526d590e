"""`homeward reconcile`: a force's list of missing children, compared with what is known here."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.police_list import State, Taken, take
from casework.policy_in_force import policy_of
from cli.acting import now_utc, one_of, person
from cli.database import with_store
from cli.errors import Stop, shown
from cli.settings import read_settings
from connectors.police_list import File, read_list
from schemas.scalars import read_instant
from store.database import Store


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The list: a table, or an e-mail that holds one.")
    ],
    force: Annotated[
        str, typer.Option(metavar="URN", help="Whose list it is, such as urn:police:nottinghamshire.")
    ],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Of which moment it is, such as 2026-03-31T06:00Z.")
    ] = None,
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="For whom; needed where several are served.")
    ] = None,
) -> None:
    """Compare a force's list of children who are still missing with the episodes that are open here.

    Columns, in any order: reference, family_name, given_names, date_of_birth, missing_since, authority; or
    as the policy names them (police_lists.formats). Without --at it is of when the mail was sent, or of when
    the file was last changed. What differs stands on the page of the screeners; no episode is closed. The
    same list again changes nothing.

    \b
    Example:
      homeward reconcile missing-today.csv --force urn:police:nottinghamshire --at 2026-03-31T06:00Z
    """
    settings = read_settings()
    code = one_of(settings.authorities, authority)
    if not force.startswith("urn:police:"):
        raise Stop(f"--force is {shown(force)}: name the force as urn:police:NAME", 2)
    came = _file(file, _moment(at))

    async def work(store: Store) -> Taken:
        policy = settings.read_policy()
        rules = await policy_of(store, code, policy)
        sent = read_list(came, rules.police_lists.format_of(force))
        return await take(store, code, sent, policy, person=person(), now=now_utc())

    done = with_store(settings, work)
    for fault in done.list.faults:
        where = f"{file}: {fault['place']}" if fault["place"] else str(file)
        typer.echo(shown(f"{where}: {fault['message']}"), err=True)
    typer.echo(shown(told(done)))
    if done.list.state == State.REFUSED:
        raise Stop(f"the list was not compared: {done.list.why}")


def told(done: Taken) -> str:
    """Return one line of what became of a list."""
    rows = f"{done.list.rows} children listed, {len(done.list.faults)} faults"
    if done.list.others:
        rows += f", {done.list.others} rows for other authorities"
    if not done.new:
        return f"{rows}; it was here before: nothing is new"
    why = f" ({done.list.why})" if done.list.why else ""
    return f"{rows}; {done.list.state}{why}: {done.found.opened} new differences, {done.found.ended} over"


def _file(path: Path, at: datetime | None) -> File:
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return File(path.read_bytes(), path.name, "file", at, changed_at)
    except OSError as error:
        raise Stop(f"{shown(path)} cannot be read ({error.strerror}): correct the path", 2) from error


def _moment(at: str | None) -> datetime | None:
    try:
        return read_instant(at) if at else None
    except ValueError as error:
        raise Stop(f"--at {error}", 2) from error
