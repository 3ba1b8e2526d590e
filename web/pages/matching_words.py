"""How two descriptions of a child compare, in words: field by field, together, and what forbids joining."""

from collections.abc import Mapping
from typing import Any, Final

from casework.views.evidence import Bar, Likelihood, Unsure

LIKELY: Final[Mapping[Likelihood, tuple[str, str]]] = {
    Likelihood.VERY_LIKELY: ("Very likely the same child", "green"),
    Likelihood.LIKELY: ("Likely the same child", "turquoise"),
    Likelihood.POSSIBLE: ("Possible: look closely", "yellow"),
    Likelihood.UNLIKELY: ("Unlikely", "grey"),
}
"""How likely, and in which colour."""
BARS: Final[Mapping[Bar, str]] = {
    Bar.GIVEN_NAMES: "Their first names differ: they may be twins, or brother and sister",
    Bar.SHARED_NAME: "Only a first name that brothers share is told",
    Bar.SHORT_FORM: "Only a short form is told, which other names have as well: it may be a twin's",
    Bar.BIRTH_DATE: "Their dates of birth differ",
    Bar.NAMES_ALONE: "Neither date of birth nor home tells that it is this child",
    Bar.IDENTIFIER: "They have different numbers",
}
"""Why two descriptions are never joined without a person."""
UNSURE: Final[Mapping[Unsure, str]] = {
    Unsure.HOME_FOR_MANY: "Children of many families live at this address, so it counts for nothing",
    Unsure.NAMESAKES: "Many children here are called so, and this one has another home",
    Unsure.ANOTHER: "Another child fits as well, or better",
}
"""What the other children here tell of one who is alike."""
USUAL: Final[Mapping[str, str]] = {
    "same": "The same",
    "variant": "A known spelling of it",
    "typing_error": "One or two letters differ",
    "different": "Different",
}
SWAPPED: Final[Mapping[str, str]] = {
    "swapped": "First name swapped with the family name",
    "swapped_nearly": "Nearly the same, swapped with the family name",
}
LEVELS: Final[Mapping[str, Mapping[str, str]]] = {
    "given_names": {
        **USUAL,
        **SWAPPED,
        "variant": "Short form, or a known spelling of it",
        "contained": "Same first name, fewer names told",
        "second_name": "First name of one, further name of the other",
        "partly": "Same first name, other further names",
        "initial": "Only an initial fits",
    },
    "family_name": {**USUAL, **SWAPPED, "contained": "Part of a double name"},
    "date_of_birth": {
        **USUAL,
        "year": "The same year, the day is not known",
        "exchanged": "Day and month exchanged",
        "digit": "One digit differs, or two are exchanged",
        "partly": "Two of day, month and year are the same",
    },
    "home": {
        **USUAL,
        "same": "The same home",
        "postcode": "The same postcode",
        "address": "The same first line",
        "typing_error": "One letter or digit differs",
        "area": "Only the first half of the postcode",
    },
    "authority_child_id": USUAL,
    "nhs_number": USUAL,
    "upn": USUAL,
}
"""How a field compares, by field and level."""
NAMES: Final[Mapping[str, str]] = {
    "given_names": "given names",
    "family_name": "family name",
    "date_of_birth": "date of birth",
    "home": "home",
    "authority_child_id": "number here",
    "nhs_number": "NHS number",
    "upn": "pupil number",
}
LITTLE: Final = 0.5
"""In bits: what weighs less says next to nothing."""
FOR, AGAINST, NEITHER = ("speaks for", "green"), ("speaks against", "red"), ("says little", "grey")


def level_of(field: str, level: str) -> str | None:
    """Return how a field compares; None where one of the two does not say."""
    return None if level == "lacking" else LEVELS.get(field, USUAL).get(level, level)


def speaks(field: str, level: str, weight: float) -> tuple[str, str]:
    """Return which way a field speaks, and in which colour. Swapped names are weighed once."""
    if field == "family_name" and level in SWAPPED:
        return "counted with the given names", "grey"
    if abs(weight) < LITTLE:
        return NEITHER
    return FOR if weight > 0 else AGAINST


def bits(weight: float) -> str:
    """Return a weight with its sign."""
    return f"{weight:+.1f}".replace("-", "\N{MINUS SIGN}")


def weighed_in_words(told: Any) -> str | None:
    """Return what the ledger has of a weighed link: how each field compared, and the sum."""
    if not isinstance(told, Mapping):
        return None
    levels = ((field, told[field]) for field in NAMES if isinstance(told.get(field), str))
    compared = [f"{NAMES[field]}: {(level_of(field, level) or level).lower()}" for field, level in levels]
    weight = told.get("weight")
    together = [f"together {bits(weight)} bits"] if isinstance(weight, int | float) else []
    return "; ".join([*compared, *together])
