"""What two descriptions weigh, field by field, and what follows from it.

Fellegi and Sunter (1969): each level of each field weighs log2(m / u), and the weights are added to the
prior. Above one threshold two descriptions are of one child, above another a person is asked. Weights alone
never join two descriptions of which something says that they may be of two children of one family: `_bars`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log2
from typing import Final

from domain.identity import Identity
from domain.matching.given import ALIKE, given_level, shared_alone, short_for_another
from domain.matching.levels import LACKING, birth_level, family_level, home_level, identifier_level
from schemas.matching_policy import MatchingPolicy

IDENTIFIERS: Final = ("authority_child_id", "nhs_number", "upn")
BORN_ALIKE: Final = frozenset({"same", "exchanged", "digit"})
HOME_ALIKE: Final = frozenset({"same", "postcode", "address", "typing_error"})


class Verdict(StrEnum):
    """Whether two descriptions are of one child."""

    SAME = "same"
    PERHAPS = "perhaps"
    """A person decides."""
    OTHER = "other"


class Bar(StrEnum):
    """Why two descriptions are not joined without a person, whatever they weigh."""

    GIVEN_NAMES = "given_names"
    """Their first names are not known to be one child's: they may be of twins, or, swapped, of cousins."""
    SHARED_NAME = "shared_name"
    """Of one only a first name that brothers share is told; the other has more, or another birth date."""
    SHORT_FORM = "short_form"
    """They meet in a short form alone that other names have as well, such as Alex: it may be a twin's."""
    BIRTH_DATE = "birth_date"
    """Their birth dates differ by more than a slip."""
    NAMES_ALONE = "names_alone"
    """Neither birth date nor home tells the child: whoever is called the same is not thereby the same."""
    IDENTIFIER = "identifier"
    """They have different numbers of one kind."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: at which level it is alike, and what that weighs in bits."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """What two descriptions weigh together, prior included, and what stands against joining them."""

    fields: tuple[Compared, ...]
    weight: float
    probability: float
    bars: tuple[Bar, ...] = ()

    @property
    def prior(self) -> float:
        """What was supposed before anything was compared, in bits."""
        return self.weight - sum(each.weight for each in self.fields)

    @property
    def shares_a_number(self) -> bool:
        """Whether a number of one kind is the same."""
        return any(each.field in IDENTIFIERS and each.level == "same" for each in self.fields)

    @property
    def told(self) -> dict[str, str | float]:
        """Return the score as it is written down: the levels that say something, and the sum in bits."""
        levels = {each.field: each.level for each in self.fields if each.level != LACKING}
        return {**levels, "weight": round(self.weight, 2)}


def score(one: Identity, other: Identity, policy: MatchingPolicy) -> Score:
    """Return how two descriptions compare. Which is which does not matter."""
    levels = levels_of(one, other)
    fields = tuple(Compared(name, level, _weight(policy, name, level)) for name, level in levels.items())
    weight = log2(policy.prior / (1 - policy.prior)) + sum(each.weight for each in fields)
    return Score(fields, weight, _probability(weight), tuple(_bars(one, other, levels)))


def levels_of(one: Identity, other: Identity) -> dict[str, str]:
    """Return the level of each field, in the order in which people look at it."""
    given = given_level(one, other)
    told_by_given = given in ("swapped", "swapped_nearly")
    return {
        "given_names": given,
        "family_name": given if told_by_given else family_level(one, other),
        "date_of_birth": birth_level(one, other),
        "home": home_level(one, other),
    } | {name: identifier_level(getattr(one, name), getattr(other, name)) for name in IDENTIFIERS}


def verdict(scored: Score, policy: MatchingPolicy) -> Verdict:
    """Return whether two descriptions are of one child; never SAME against a bar."""
    if scored.weight < policy.perhaps_from:
        return Verdict.OTHER
    return Verdict.PERHAPS if scored.bars or scored.weight < policy.same_from else Verdict.SAME


def without_home(scored: Score) -> Score:
    """Return a score, by a home that is alike, as a home for many lets it be: the home weighs nothing."""
    levels = {each.field: each.level for each in scored.fields}
    home = next(each for each in scored.fields if each.field == "home")
    alone = () if number_same(levels) or levels["date_of_birth"] in BORN_ALIKE else (Bar.NAMES_ALONE,)
    fields = tuple(replace(home, weight=0.0) if each is home else each for each in scored.fields)
    weight = scored.weight - home.weight
    return Score(fields, weight, _probability(weight), (*scored.bars, *alone))


def _bars(one: Identity, other: Identity, levels: dict[str, str]) -> Iterator[Bar]:
    if "different" in {levels[name] for name in IDENTIFIERS}:
        yield Bar.IDENTIFIER
    if levels["date_of_birth"] in ("different", "partly"):
        yield Bar.BIRTH_DATE
    if number_same(levels):
        return
    if levels["date_of_birth"] not in BORN_ALIKE and levels["home"] not in HOME_ALIKE:
        yield Bar.NAMES_ALONE
    swapped = levels["given_names"] == "swapped" and levels["date_of_birth"] != "same"
    if swapped or levels["given_names"] not in ALIKE:
        yield Bar.GIVEN_NAMES
    elif shared_alone(one, other) and (levels["date_of_birth"] != "same" or _one_says_more(one, other)):
        yield Bar.SHARED_NAME
    elif short_for_another(one, other):
        yield Bar.SHORT_FORM


def _one_says_more(one: Identity, other: Identity) -> bool:
    """Whether one has more first names than the other, of whom nothing else is told that it goes by."""
    if one.also_known_as or other.also_known_as:
        return False
    return len(one.given_names) != len(other.given_names)


def number_same(levels: dict[str, str]) -> bool:
    """Whether a number is the same."""
    return any(levels[name] == "same" for name in IDENTIFIERS)


def _probability(weight: float) -> float:
    return 1 / (1 + 2**-weight)


def _weight(policy: MatchingPolicy, name: str, level: str) -> float:
    section = policy.bits["identifier" if name in IDENTIFIERS else name]
    return section.get(level, 0.0)  # what is lacking, or told with another field, weighs nothing
