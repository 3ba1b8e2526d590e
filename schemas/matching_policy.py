"""How surely two descriptions are of one child: what each agreement weighs, and from where it is enough.

Each level of each field has two chances (Fellegi and Sunter, 1969): `m`, of seeing it where both descriptions
are of one child, and `u`, where they are of two. It weighs log2(m / u). Those that are here were learnt in an
invented city (docs/reference/matching.md); `homeward matching learn` finds your own.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import log2
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.section import Section

Chance = Annotated[float, Field(ge=1e-12, le=1 - 1e-12)]
Bits = Annotated[float, Field(ge=-100, le=100)]


class Level(Section):
    """The chance of one level of likeness, of one child (`m`) and of two (`u`)."""

    m: Chance
    u: Chance

    @property
    def ratio(self) -> float:
        return self.m / self.u


def level(m: float, u: float) -> Level:
    """Return the two chances of a level."""
    return Level(m=m, u=u)


class Levels(Section):
    """The levels of one field. What is the same never speaks against one child."""

    same: Level
    different: Level

    def bits(self) -> Iterator[tuple[str, float]]:
        """Yield what each level weighs."""
        for name in type(self).model_fields:
            yield name, log2(getattr(self, name).ratio)

    @model_validator(mode="after")
    def _same_is_evidence(self) -> Self:
        if self.same.m < self.same.u:
            raise ValueError("same: m is less than u, so that agreeing would count against one child")
        return self


class GivenNames(Levels):
    """First names, with what the child is known as; also names in the wrong order.

    `contained`: the first name is the same, and one says less of the others. `second_name`: the first name of
    one is a further name of the other. `partly`: the first name is the same, and the others contradict that.
    """

    same: Level = level(0.7, 0.00081)
    variant: Level = level(0.023, 0.0008)
    contained: Level = level(0.25, 0.0019)
    second_name: Level = level(0.002, 0.0025)
    swapped: Level = level(0.008, 0.0000017)
    swapped_nearly: Level = level(0.00032, 0.0000067)
    partly: Level = level(0.000026, 0.0031)
    initial: Level = level(0.0032, 0.00015)
    typing_error: Level = level(0.013, 0.0022)
    different: Level = level(0.0034, 0.99)


class FamilyName(Levels):
    """The family name. `contained`: one of two joined names, as Smith in Smith-Jones."""

    same: Level = level(0.95, 0.005)
    variant: Level = level(0.0048, 0.00018)
    contained: Level = level(0.016, 0.00072)
    typing_error: Level = level(0.017, 0.0012)
    different: Level = level(0.015, 0.99)


class BirthDate(Levels):
    """The date of birth. `exchanged`: day and month. `digit`: one digit wrong, or two exchanged.

    `year`: 1 January of one year, as is written where the day is not known. Not learnt: among those who fled
    it is frequent, and nobody's pairs show how frequent.
    """

    same: Level = level(0.98, 0.00015)
    year: Level = level(0.9, 0.06)
    exchanged: Level = level(0.0034, 0.000044)
    digit: Level = level(0.0097, 0.0041)
    partly: Level = level(0.000027, 0.005)
    different: Level = level(0.0021, 0.99)


class Home(Levels):
    """Postcode with the first line of the address.

    `same`: both; `postcode`: it alone; `address`: the line, where a postcode lacks or has a slip;
    `typing_error`: nearly the postcode, or nearly the line where a postcode lacks; `area`: the first half of
    the postcode.
    """

    same: Level = level(0.7, 0.000017)
    postcode: Level = level(0.15, 0.00031)
    address: Level = level(0.068, 0.000051)
    typing_error: Level = level(0.0032, 0.0006)
    area: Level = level(0.0024, 0.036)
    different: Level = level(0.078, 0.96)

    @model_validator(mode="after")
    def _both_say_most(self) -> Self:
        if self.same.ratio < max(self.postcode.ratio, self.address.ratio):
            raise ValueError("same: weighs less than postcode or address alone")
        return self


class Identifier(Levels):
    """The authority's own number, the NHS number and the UPN, each. Not learnt."""

    same: Level = level(0.99, 0.0000001)
    different: Level = level(0.001, 0.99)


class MatchingPolicy(Section):
    """Weights and thresholds. A weight is in bits: one more doubles the odds of one child."""

    prior: Chance = 0.00019
    """The chance that a child described is one given child of the index rather than one whom it has not.
    As it comes: 100,000 children in the index, and one description in twenty of a child whom it has not."""
    same_from: Bits = 9.0
    """From this weight two descriptions are of one child without asking."""
    perhaps_from: Bits = 9.0
    """From this weight a person is asked, where something stands against joining without one."""
    given_names: GivenNames = GivenNames()
    family_name: FamilyName = FamilyName()
    date_of_birth: BirthDate = BirthDate()
    home: Home = Home()
    identifier: Identifier = Identifier()

    @cached_property
    def bits(self) -> Mapping[str, Mapping[str, float]]:
        """What each level of each field weighs."""
        sections = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: dict(section.bits()) for name, section in sections if isinstance(section, Levels)}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.perhaps_from > self.same_from:
            raise ValueError("perhaps_from is above same_from, so that nobody would be asked")
        return self
