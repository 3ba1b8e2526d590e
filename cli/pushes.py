"""`homeward pushes`: approved outcomes on their way into other systems."""

from typing import Annotated
from uuid import UUID

import typer

from casework import pushes
from cli.acting import now_utc, person
from cli.database import with_store
from cli.errors import shown
from cli.group import group
from cli.settings import read_settings
from store.database import Store
from store.pushes import Push

command = group("Look at outcomes on their way into other systems, and let them be tried again.")


@command.command("list")
def list_(
    all_: Annotated[bool, typer.Option("--all", help="Those that arrived, too.")] = False,
) -> None:
    """List the approved interviews that have not arrived yet, and what hinders them.

    \b
    Example:
      homeward pushes list
    """
    settings = read_settings()

    async def work(store: Store) -> list[Push]:
        return [
            push
            for authority in settings.authorities
            for push in await pushes.listed(store, authority, person(), all_=all_)
        ]

    for push in with_store(settings, work):
        typer.echo(_line(push))


@command.command()
def retry(
    interview: Annotated[
        UUID | None, typer.Argument(metavar="INTERVIEW", help="The interview; without it, all of them.")
    ] = None,
) -> None:
    """Let what has not arrived be tried in the next minute, as after something was mended.

    \b
    Examples:
      homeward pushes retry
      homeward pushes retry 5d1b8a3e-0000-4000-8000-000000000001
    """
    settings = read_settings()

    async def work(store: Store) -> int:
        counts = [
            await pushes.retry(store, authority, person(), interview, now_utc())
            for authority in settings.authorities
        ]
        return sum(counts)

    count = with_store(settings, work)
    typer.echo(f"{count} are tried again in the next minute: see homeward pushes list.")


def _line(push: Push) -> str:
    since = f"{push.queued_at:%Y-%m-%d %H:%M} UTC"
    tries = f"{push.attempts} tries"
    facts = [str(push.interview_id), push.target, push.state, since, tries, shown(push.why or "")]
    return "  ".join(fact for fact in facts if fact)
