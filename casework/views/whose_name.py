"""Names of those who acted, where they are people who sign in."""

from collections.abc import Iterable
from uuid import UUID

from store import people
from store.database import Transaction

PERSON = "person:"


async def names_of(tx: Transaction, actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those of these actors who are people, by actor."""
    ids = {UUID(actor.removeprefix(PERSON)) for actor in actors if actor.startswith(PERSON)}
    return {f"{PERSON}{id_}": person.name for id_, person in (await people.named(tx, list(ids))).items()}
