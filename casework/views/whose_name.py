"""Names of those who acted, where they are people who sign in."""

from collections.abc import Iterable
from uuid import UUID

from store import people
from store.database import Transaction

PERSON = "person:"


async def names_of(tx: Transaction, actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those of these actors who are people, by actor."""
    found = await people.named(tx, [id_ for actor in actors if (id_ := _person(actor))])
    return {f"{PERSON}{id_}": person.name for id_, person in found.items()}


def _person(actor: str) -> UUID | None:
    try:
        return UUID(actor.removeprefix(PERSON)) if actor.startswith(PERSON) else None
    except ValueError:
        return None
