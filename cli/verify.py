"""`homeward verify`: works everything out again and reports any difference."""

import typer

from casework.verify import Verification, verify
from cli.database import with_store
from cli.errors import Stop, shown
from cli.settings import read_settings
from store.database import Store


def command() -> None:
    """Fold every notification again, compare all that is stored, and walk the ledger's chain.

    Changes nothing, and may run while everything goes on. Prints each difference with its row and ends with
    1; prints what was compared when there is none.

    \b
    Example:
      homeward verify
    """
    settings = read_settings()
    policy = settings.read_policy()

    async def work(store: Store) -> dict[str, Verification]:
        return {
            authority: await verify(store, authority, policy, settings.heads_directory)
            for authority in settings.authorities
        }

    done = with_store(settings, work)
    for authority, found in done.items():
        for difference in found.differences:
            typer.echo(shown(f"{authority}: {difference}"))
    differences = sum(len(found.differences) for found in done.values())
    if differences:
        raise Stop(f"{differences} differences: what is stored is not what was told; restore a backup")
    for authority, found in done.items():
        counted = ", ".join(f"{number} {name}" for name, number in found.counts.items())
        typer.echo(f"{authority}: clean: {counted}")
