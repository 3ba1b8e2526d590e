"""What an auditor asks of the ledger, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, Field

from store import people
from store.database import Transaction
from store.views.ledger_search import Sought
from web.pages.audit_days import read_days
from web.pages.audit_words import subjects_of

NO_CHILD: Final = (
    "This is no id of a child. It looks like 3b0c5d0e-0000-4000-8000-000000000001;"
    " by its number you find a child in “Who saw which child”"
)


class Asked(BaseModel):
    """Which lines, as they were typed."""

    child: str = ""
    subject: str = ""
    action: str = ""
    actor: str = ""
    from_on: str = ""
    to_on: str = ""
    before: Annotated[int | None, Field(ge=1, le=2**62)] = None

    @property
    def usual(self) -> dict[str, str]:
        """What is asked for, whichever part of it is shown."""
        told = self.model_dump(exclude={"before"})
        return {name: plain for name, value in told.items() if (plain := _plain(value))}


@dataclass(frozen=True, slots=True)
class Search:
    """What was understood, and what was not, by field."""

    sought: Sought
    errors: Mapping[str, str]


async def understood(tx: Transaction, asked: Asked) -> Search:
    """Return what is searched for."""
    told, days = asked.usual, read_days(asked.from_on, asked.to_on)
    errors = {}
    child_id, id_ = _id(told.get("child", "")), _id(told.get("subject", ""))
    if "child" in told and child_id is None:
        errors["child"] = NO_CHILD
    sought = Sought(
        child_id=child_id,
        subjects=subjects_of(str(id_ or told["subject"])) if "subject" in told else None,
        about=id_,
        action=told.get("action"),
        actors=await _actors(tx, told["actor"]) if "actor" in told else None,
        from_at=days.from_at,
        to_at=days.to_at,
    )
    return Search(sought, errors | days.errors)


async def _actors(tx: Transaction, typed: str) -> list[str]:
    """Return whom a name, a part of it or an id may mean, and whatever is called just so."""
    sought = typed.casefold()
    named = [one.id for one in await people.listed(tx) if sought in one.name.casefold()]
    return [typed, f"token:{typed}", *(f"person:{id_}" for id_ in (_id(typed), *named) if id_)]


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _plain(typed: str) -> str:
    return typed.replace("\0", "").strip()
