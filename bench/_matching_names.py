"""Names for invented children of an English city: Faker's lists of four countries, and some of ours."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from faker.providers.person.en_GB import Provider as British
from faker.providers.person.en_IN import Provider as Indian
from faker.providers.person.pl_PL import Provider as Polish
from faker.providers.person.yo_NG import Provider as Yoruba

LISTS: Final[Mapping[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
TWINS: Final = (
    ("Amira", "Amina"),
    ("Jayden", "Jaydon"),
    ("Emilia", "Amelia"),
    ("Jay", "Jax"),
    ("Mia", "Mya"),
    ("Hassan", "Hussain"),
    ("Ella", "Ellie"),
    ("Zara", "Zahra"),
    ("Tia", "Mia"),
    ("Leo", "Theo"),
)
"""Names of twins a letter or two apart, as some twins have them."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one part of a city; the earlier in a list, the more frequent."""

    boys: tuple[str, ...]
    girls: tuple[str, ...]
    families: tuple[str, ...]

    def given(self, chance: Random, boy: bool) -> str:
        return _often(self.boys if boy else self.girls, chance)

    def family(self, chance: Random) -> str:
        return _often(self.families, chance)


def _often(names: tuple[str, ...], chance: Random) -> str:
    """Draw a name, the first ones more often than the last (roughly as one over the rank)."""
    rank = int(len(names) ** chance.random()) - 1
    return names[rank if chance.random() < 0.5 else chance.randrange(len(names))]


def _listed(name: str) -> tuple[str, ...]:
    return tuple(LISTS[name].split())


def _plain(names: object) -> tuple[str, ...]:
    assert isinstance(names, Mapping | tuple | list)
    return tuple(dict.fromkeys(str(name) for name in names))


BRITISH: Final = Names(
    (*_listed("young_boys"), *_plain(British.first_names_male)),
    (*_listed("young_girls"), *_plain(British.first_names_female)),
    tuple(sorted(_plain(British.last_names), key=lambda name: -British.last_names[name])),
)
MUSLIM: Final = Names(_listed("muslim_boys"), _listed("muslim_girls"), _listed("muslim_families"))
POLISH: Final = Names(
    _plain(Polish.first_names_male), _plain(Polish.first_names_female), _listed("polish_families")
)
INDIAN: Final = Names(
    _plain(Indian.first_names_male), _plain(Indian.first_names_female), _plain(Indian.last_names)
)
NIGERIAN: Final = Names(
    _plain(Yoruba.first_names_male), _plain(Yoruba.first_names_female), _plain(Yoruba.last_names)
)
PARTS: Final = ((BRITISH, 0.74), (MUSLIM, 0.12), (POLISH, 0.05), (INDIAN, 0.05), (NIGERIAN, 0.04))
"""The parts of the city, and how many families are of each."""
