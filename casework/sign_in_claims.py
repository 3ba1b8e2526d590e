"""What a sign-in service's claims mean here: which duties somebody has, and who they are in the directory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casework.signing_in import SIGNING_IN, Known
from domain.marks import LONDON
from schemas.access import Duty
from schemas.staff import StaffMember
from store import staff
from store.database import Store

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Claims:
    """Which claims are read. `duties`: what a value of the claim of roles means here.

    `staff`: the claim that holds somebody's id, or their e-mail address, in the directory of staff.
    """

    roles: str = "roles"
    duties: Mapping[str, Duty] = field(default_factory=lambda: {duty.value: duty for duty in Duty})
    staff: str = "email"


async def known_by(
    store: Store, authority: str, told: Mapping[str, Any], reading: Claims, *, issuer: str, now: datetime
) -> Known:
    """Return who signs in, as the claims tell of them. Somebody without a duty is refused by `begin`."""
    name = _text(told.get("name")) or _text(told.get("preferred_username")) or "Somebody without a name"
    return Known(
        issuer=issuer,
        subject=str(told["sub"]),
        name=name,
        duties=_duties(told.get(reading.roles), reading.duties),
        email=_text(told.get("email")),
        staff_id=await _staff_id(store, authority, told, reading, now),
    )


def _duties(told: Any, meaning: Mapping[str, Duty]) -> frozenset[Duty]:
    values: Iterable[Any] = told if isinstance(told, list) else str(told or "").replace(",", " ").split()
    return frozenset(meaning[value] for value in values if isinstance(value, str) and value in meaning)


async def _staff_id(
    store: Store, authority: str, told: Mapping[str, Any], reading: Claims, now: datetime
) -> str | None:
    """Return the one member of staff whom the claim names. An address that is not verified names nobody."""
    named = _text(told.get(reading.staff))
    if named is None or (reading.staff == "email" and told.get("email_verified") is False):
        return None
    async with store.transaction(authority, SIGNING_IN) as tx:
        everybody = await staff.all_of(tx)
    today = now.astimezone(LONDON).date()
    found = [one for one in everybody if _is(one, named) and one.works_here_on(today)]
    return found[0].id if len(found) == 1 else None


def _is(member: StaffMember, named: str) -> bool:
    return member.id == named or (member.email or "").casefold() == named.casefold()


def _text(value: Any) -> str | None:
    """Return text of a claim as it can be kept and shown; none for what is no text."""
    if not isinstance(value, str):
        return None
    plain = "".join(character for character in value if character.isprintable()).strip()
    return plain[:LONGEST_NAME] or None
