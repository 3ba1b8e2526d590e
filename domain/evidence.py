"""What two descriptions of a child have in common, field by field, for a person to weigh. No scoring."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain.identity import Identity


class Likeness(StrEnum):
    """How one field of two descriptions compares."""

    SAME = "same"
    PARTLY = "partly"
    """Some names are the same, such as one of several first names, or one that the child is known by."""
    DIFFERENT = "different"
    LACKING = "lacking"
    """At least one of the two does not say."""


FIELDS: Final = (
    "family_name",
    "given_names",
    "date_of_birth",
    "postcode",
    "authority_child_id",
    "nhs_number",
    "upn",
)
"""What is compared, in the order in which people look at it."""


def compare(one: Identity, other: Identity) -> Mapping[str, Likeness]:
    """Return how each field of two descriptions compares."""
    return {name: _compare(name, one, other) for name in FIELDS}


def alike(compared: Mapping[str, Likeness]) -> int:
    """Return in how many fields two descriptions are the same, less those in which they differ."""
    told = list(compared.values())
    return 2 * told.count(Likeness.SAME) + told.count(Likeness.PARTLY) - 2 * told.count(Likeness.DIFFERENT)


def _compare(name: str, one: Identity, other: Identity) -> Likeness:
    mine, theirs = getattr(one, name), getattr(other, name)
    if not mine or not theirs:
        return Likeness.LACKING
    if mine == theirs:
        return Likeness.SAME
    if name == "given_names" and _names(one) & _names(other):
        return Likeness.PARTLY
    return Likeness.DIFFERENT


def _names(identity: Identity) -> frozenset[str]:
    return frozenset(identity.given_names) | identity.also_known_as
