"""`homeward verify`: works everything out again and reports any difference."""

from collections.abc import Iterable
from typing import Final

import typer

from casework.verify import Verification, verify
from cli.database import with_store
from cli.errors import Stop, shown
from cli.settings import read_settings
from store.database import Store

ALTERED: Final = ("inbox", "ledger")
"""Kinds whose rows nothing can make again: all the others are worked out from them."""
PAGE: Final = "docs/how-to/when-something-is-wrong.md"


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
    if differences := [each for found in done.values() for each in found.differences]:
        raise Stop(_what_to_do(differences))
    for authority, found in done.items():
        counted = ", ".join(f"{number} {name}" for name, number in found.counts.items())
        typer.echo(f"{authority}: clean: {counted}")


def _what_to_do(differences: Iterable[str]) -> str:
    """Return what differs, by the table that each line begins with, and what helps against it."""
    said = list(differences)
    kinds = sorted({each.split(maxsplit=1)[0] for each in said})
    altered = [kind for kind in kinds if kind in ALTERED]
    mend = (
        f"Rows of {_listed(altered)} were altered: those a backup may bring back"
        if altered
        else "No backup mends that: it is for altered rows of inbox or ledger alone"
    )
    return (
        f"{len(said)} difference{'s' * (len(said) > 1)}, in {_listed(kinds)}: what is stored is not what"
        f" follows from what was told and done; report this with the lines above. {mend}, see {PAGE}"
    )


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
