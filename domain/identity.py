"""Who a child is, written so that two descriptions can be compared.

Only certain evidence counts here: exact identifiers, and the exact normalised name with birth date and
postcode. Numbers with a wrong check digit are kept with the message and never compared.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce

from domain.marks import valid_nhs_number, valid_upn, written
from schemas.notification import Address, ChildFacts

LETTERS = str.maketrans(
    {"æ": "ae", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"}
)
"""What is often written for letters that are not a letter with an accent."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A description of a child, normalised. Names are without case, accents and punctuation."""

    authority_child_id: str | None = None
    nhs_number: str | None = None
    upn: str | None = None
    date_of_birth: date | None = None
    family_name: str | None = None
    given_names: tuple[str, ...] = ()
    also_known_as: frozenset[str] = frozenset()
    postcode: str | None = None
    address: str | None = None
    """The first line of the home address; only weighed, never certain evidence."""

    @property
    def identifiers(self) -> tuple[str | None, str | None, str | None]:
        return self.authority_child_id, self.nhs_number, self.upn

    @property
    def name_key(self) -> str | None:
        """Name, birth date and postcode as one key; None unless all of them are known."""
        if not (self.family_name and self.given_names and self.date_of_birth and self.postcode):
            return None
        return "|".join(
            (self.family_name, "".join(self.given_names), self.date_of_birth.isoformat(), self.postcode)
        )


def identity_of(child: ChildFacts) -> Identity:
    """Return what a message says about who the child is, as it can be compared."""
    return Identity(
        authority_child_id=written(child.authority_child_id),
        nhs_number=valid_nhs_number(child.nhs_number),
        upn=valid_upn(child.upn),
        date_of_birth=child.date_of_birth,
        family_name=normalise(child.family_name) or None,
        given_names=_names(child.given_names),
        also_known_as=frozenset(name for known in child.also_known_as or () for name in _names(known)),
        postcode=normalise(child.home_address.postcode if child.home_address else None) or None,
        address=_first_line(child.home_address),
    )


def normalise(text: str | None) -> str:
    """Return text without case, accents, spaces and punctuation: `O'Neill-Ďurič` becomes `oneillduric`."""
    decomposed = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(filter(_spells, unicodedata.normalize("NFKD", decomposed).translate(LETTERS)))


def agree(one: Identity, other: Identity) -> bool:
    """Whether two descriptions can be of one child.

    Different identifiers or birth dates contradict each other whatever else is the same. With a common
    identifier names may differ (people marry, misspell, abbreviate). Without one, a name that the child
    is called by must be among the other's, since siblings share a reference, an address, often a middle
    name and, as twins, a birth date.
    """
    pairs = [(a, b) for a, b in zip(one.identifiers, other.identifiers, strict=True) if a and b]
    if any(a != b for a, b in pairs) or _differ(one.date_of_birth, other.date_of_birth):
        return False
    return bool(pairs) or (_given_names_agree(one, other) and _family_names_agree(one, other))


def combine(identities: Iterable[Identity]) -> Identity:
    """Return one description with what each lacks taken from the next."""
    return reduce(_fill, identities, Identity())


def _fill(known: Identity, more: Identity) -> Identity:
    filled = {f.name: getattr(known, f.name) or getattr(more, f.name) for f in fields(Identity)}
    return Identity(**(filled | {"also_known_as": known.also_known_as | more.also_known_as}))


def _spells(character: str) -> bool:
    """Whether it is part of the spelling: a letter, a digit or, as in Hindi, a vowel's sign; no accent."""
    return character.isalnum() or (
        unicodedata.category(character).startswith("M") and not unicodedata.combining(character)
    )


def _first_line(address: Address | None) -> str | None:
    return next(filter(None, map(normalise, (address and address.lines) or ())), None)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for part in (text or "").split() if (name := normalise(part)))


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _given_names_agree(one: Identity, other: Identity) -> bool:
    if not one.given_names or not other.given_names:
        return True
    if "".join(one.given_names) == "".join(other.given_names):  # as `Mary-Ann` and `Mary Ann`
        return True
    return bool(_called(one) & _all_given(other) or _called(other) & _all_given(one))


def _called(identity: Identity) -> frozenset[str]:
    return identity.also_known_as | {identity.given_names[0]}


def _all_given(identity: Identity) -> frozenset[str]:
    return identity.also_known_as | frozenset(identity.given_names)


def _family_names_agree(one: Identity, other: Identity) -> bool:
    """A family name may change; then birth date and given names must both be told, and be the same."""
    if not _differ(one.family_name, other.family_name):
        return True
    return bool(one.date_of_birth and other.date_of_birth and one.given_names and other.given_names)
