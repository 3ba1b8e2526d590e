"""`homeward brief`: the morning brief of a manager, printed; or all of the day's, sent."""

from typing import Annotated

import typer

from casework.brief import brief_of, queue
from casework.policy_in_force import policy_of
from cli.acting import now_utc, one_of, person
from cli.channels import channels_of
from cli.database import with_store
from cli.errors import Stop, shown
from cli.settings import Settings, read_settings
from connectors import briefing
from flows.surroundings import Surroundings
from flows.way_to_people import deliver
from schemas.notices import DAILY_BRIEF
from schemas.staff import StaffMember
from store import staff
from store.database import Store


def command(
    for_: Annotated[
        str | None, typer.Option("--for", metavar="STAFF", help="Whose, as the directory has them.")
    ] = None,
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="The authority; needed where several are served.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it; send nothing.")] = False,
) -> None:
    """Send each manager the brief of the day, unless they had it; or print the brief of one of them.

    It says what is due today, overdue, returned overnight and still missing, and names nobody. Prefect does
    the same at half past seven. Before that nothing is sent.

    \b
    Examples:
      homeward brief --for M-1 --dry-run
      homeward brief
    """
    if dry_run and for_ is None:
        raise Stop("--dry-run prints the brief of one manager: add --for STAFF", 2)
    settings = read_settings()
    code = one_of(settings.authorities, authority)

    async def work(store: Store) -> str:
        manager = await _manager(store, code, for_) if for_ else None
        if dry_run and manager:
            return await _text(store, code, settings, manager)
        return await _send(store, code, settings, for_)

    typer.echo(shown(with_store(settings, work)))


async def _manager(store: Store, authority: str, id_: str) -> StaffMember:
    async with store.transaction(authority, person()) as tx:
        found = (await staff.found(tx, [id_])).get(id_)
    if found is None or not found.is_manager:
        raise Stop(f"{id_} is no manager of the directory: see homeward interviewers list")
    return found


async def _text(store: Store, authority: str, settings: Settings, manager: StaffMember) -> str:
    policy = await policy_of(store, authority, settings.read_policy())
    told = await brief_of(store, authority, policy, manager, now_utc())
    message = briefing.message(told, key="", to="", address=settings.address)
    return f"{message.subject}\n\n{message.text}"


async def _send(store: Store, authority: str, settings: Settings, only: str | None) -> str:
    now = now_utc()
    new = await queue(store, authority, now, only)
    here = Surroundings(
        store,
        [authority],
        None,
        settings.read_policy(),
        channels=channels_of(settings),
        address=settings.address,
    )
    done = await deliver(here, now, DAILY_BRIEF)
    sent = sum(count for (_, _, what), count in done.messages.items() if what == "sent")
    return f"briefs: {len(new)} queued now, {sent} sent"
