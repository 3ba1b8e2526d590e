"""An invented city of families: brothers and sisters, twins, namesakes, homes with several children.

Nothing in it is learnt from the rules that it tries. What it supposes stands in the constants below.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from bench._matching_names import PARTS, TWINS, Names
from domain.identity import normalise

LAST_BORN: Final = date(2026, 3, 1)
AGES: Final = 18 * 365
CHILDREN_OF: Final = (0.42, 0.38, 0.14, 0.06)
"""Of the families, how many have one child, two, three, four."""
TWIN: Final = 0.016
"""Of the births, how many are of twins."""
TWINS_ALIKE: Final = 0.05
"""Of the twins, how many have names from the list of names a letter or two apart."""
OTHER_FAMILY_NAME: Final = 0.07
"""Of the children, how many have another family name than the rest of the home."""
DOUBLE: Final = 0.04
"""Of the families, how many have a joined name."""
SECOND_NAME: Final = 0.65
NEW_YEAR: Final = 0.004
"""Of the children, how many are written down as born on 1 January because nobody knows."""
CHILDRENS_HOME: Final = 0.01
"""Of the families, how many children live in a children's home (of six) instead of with theirs."""
STREETS: Final = (
    "High Street",
    "Church Lane",
    "Mill Road",
    "Station Road",
    "Victoria Street",
    "Park Avenue",
    "Queens Drive",
    "Albert Road",
    "Manor Close",
    "Green Lane",
    "London Road",
    "Springfield Way",
    "The Crescent",
    "Windsor Court",
    "Chapel Hill",
    "Meadow View",
    "Elm Grove",
    "King Street",
)
LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Child:
    """An invented child as it is."""

    id: str
    given: tuple[str, ...]
    family: str
    born: date
    postcode: str
    line: str


def city(children: int, seed: int) -> list[Child]:
    """Return so many invented children, family by family."""
    chance = Random(seed)
    postcodes = [_postcode(chance) for _ in range(max(20, children // 10))]
    homes = [_home(postcodes, chance) for _ in range(max(1, children // 600))]
    found: list[Child] = []
    while len(found) < children:
        found += _family(len(found), postcodes, homes, chance)
    return found[:children]


def _postcode(chance: Random) -> str:
    inward = f"{chance.randrange(1, 10)}{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
    return f"NG{chance.randrange(1, 26)} {inward}"


def _home(postcodes: list[str], chance: Random) -> tuple[str, str]:
    postcode = chance.choice(postcodes)
    street = STREETS[sum(map(ord, postcode)) % len(STREETS)]  # one street in a postcode
    return postcode, f"{chance.randrange(1, 120)} {street}"


def _family(number: int, postcodes: list[str], homes: list[tuple[str, str]], chance: Random) -> list[Child]:
    names = chance.choices([part for part, _ in PARTS], [share for _, share in PARTS])[0]
    family = names.family(chance)
    if chance.random() < DOUBLE:
        family = f"{family}-{names.family(chance)}"
    home = _home(postcodes, chance)
    born = LAST_BORN - timedelta(days=chance.randrange(AGES))
    found: list[Child] = []
    for _ in range(chance.choices(range(1, 5), CHILDREN_OF)[0]):
        unnamed = Child(f"{number}.{len(found)}", (), family, born, *home)
        found += _births(unnamed, names, found, chance)
        born += timedelta(days=chance.randrange(330, 1800))
    grown = [child for child in found if child.born <= LAST_BORN]
    return [_elsewhere(child, names, homes, chance) for child in grown]


def _births(child: Child, names: Names, elder: list[Child], chance: Random) -> list[Child]:
    """Return a child with a name, and now and then its twin."""
    taken = {each.given[0] for each in elder}
    first = replace(child, given=_named(names, taken, chance))
    if chance.random() >= TWIN:
        return [first]
    second = replace(child, id=f"{child.id}t", given=_named(names, {*taken, first.given[0]}, chance))
    if chance.random() < TWINS_ALIKE:
        pair = chance.choice(TWINS)
        return [replace(c, given=(name,)) for c, name in zip((first, second), pair, strict=True)]
    return [first, second]


def _named(names: Names, taken: set[str], chance: Random) -> tuple[str, ...]:
    """Name a child; no two of one family are called the same, however that is written."""
    boy = chance.random() < 0.51
    while normalise(first := names.given(chance, boy)) in map(normalise, taken):
        pass
    return (first, names.given(chance, boy)) if chance.random() < SECOND_NAME else (first,)


def _elsewhere(child: Child, names: Names, homes: list[tuple[str, str]], chance: Random) -> Child:
    if chance.random() < OTHER_FAMILY_NAME:
        child = replace(child, family=names.family(chance))
    if chance.random() < NEW_YEAR:
        child = replace(child, born=child.born.replace(month=1, day=1))
    if chance.random() < CHILDRENS_HOME:
        postcode, line = chance.choice(homes)
        child = replace(child, postcode=postcode, line=line)
    return child
