"""`homeward chase`: raises what has come due, once, without Prefect."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from casework.chase import SETTLED, Chased, chase, rehearse
from cli.acting import now_utc
from cli.database import with_store
from cli.errors import Stop
from cli.settings import read_settings
from schemas.scalars import read_instant
from store.database import Store


def command(
    as_of: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="Judge as of another moment; only to rehearse.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be raised; raise nothing.")
    ] = False,
) -> None:
    """Raise every step of the ladder that has come due, for each authority, and say how many.

    Prefect does the same every five minutes. Doing it twice, or at once, does no harm.

    \b
    Example:
      homeward chase
      homeward chase --dry-run --as-of 2026-03-31T22:10:00+01:00
    """
    if as_of is not None and not dry_run:
        raise Stop("--as-of is for rehearsals: add --dry-run, or leave it out", 2)
    moment = _moment(as_of)
    settings = read_settings()
    policy = settings.read_policy()
    do = rehearse if dry_run else chase

    async def work(store: Store) -> list[Chased]:
        return await asyncio.gather(*(do(store, code, policy, moment) for code in settings.authorities))

    for done in with_store(settings, work):
        for alert in done.raised:
            subject = alert.interview_id or alert.episode_id
            typer.echo(f"{done.authority}  {alert.step}  {subject}  due {alert.due_at:%Y-%m-%dT%H:%MZ}")
        typer.echo(
            f"{done.authority}: {len(done.raised)} raised, {len(done.climbed)} gone up,"
            f" {len(done.closed)} over"
        )


def _moment(as_of: str | None) -> datetime:
    if as_of is None:
        return now_utc() - SETTLED
    try:
        return read_instant(as_of)
    except ValueError as error:
        raise Stop(f"--as-of {error}", 2) from error
