"""Families with children, one after another, everything from one source of chance."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from faker import Faker
from stdnum.gb import nhs, upn

from cli.demo.care import Care, at_home, in_care
from cli.demo.child import Child
from cli.demo.names import Community, communities, form_of
from cli.demo.places import Place, home_of

INDEX_ON = date(2026, 9, 1)
"""The day of the index, from which ages are reckoned. Move it when too many here have come of age."""
TWINS, THREE = 2, 5
"""Which of the families have twins, and three children who are all in care."""
CARED_FOR = 0.5
"""Share of families whose children are in care."""
HAVE_NHS_NUMBER, HAVE_UPN = 0.92, 0.88
SECOND_NAME, ALIAS = 0.35, 0.15
ALIASES = ("Mari", "Jay", "Tee", "Ziggy", "Kez", "Lil J", "Bibs", "Smiley", "Mo", "Red", "Nonny", "Kev")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is settled of a child before it has a name."""

    community: Community
    family_name: str
    born_on: date
    home: Place
    number: int


class Families:
    """Makes families; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311 - invented data, not a secret
        self._fake = Faker("en_GB")
        self._fake.seed_instance(seed)
        self._communities = communities(self._fake)
        self._workers = [f"{self._fake.first_name()} {self._fake.last_name()}" for _ in range(12)]
        self._ids = count(100_201)

    def family(self, number: int) -> tuple[Child, ...]:
        """Return the children of the family of that number, the eldest first."""
        alone = number not in (TWINS, THREE) and self._rng.random() < 0.05  # noqa: PLR2004 - came by themselves
        community = self._community(alone=alone)
        family_name, home = self._rng.choice(community.families), home_of(self._fake, self._rng)
        cared_for = alone or number in (TWINS, THREE) or self._rng.random() < CARED_FOR
        found: list[Child] = []
        for born_on in self._births(number, alone=alone):
            care = (
                in_care(self._rng, self._fake, self._workers, INDEX_ON, born_on, alone=alone)
                if cared_for
                else at_home(self._rng, self._workers, INDEX_ON, home)
            )
            taken = {child.given_names.split()[0] for child in found}
            known = _Known(community, family_name, born_on, home, number)
            found.append(self._child(known, care, taken))
        return tuple(found)

    def stranger(self) -> Child:
        """Return a child whom the index does not have: on a visit, another authority's, just moved here."""
        community, home = self._community(alone=False), home_of(self._fake, self._rng)
        born_on = self._born(12, 16)
        known = _Known(community, self._rng.choice(community.families), born_on, home, -1)
        return replace(self._child(known, (), ()), authority_child_id=None, nhs_number=None, upn=None)

    def _child(self, known: _Known, care: tuple[Care, ...], taken: Collection[str]) -> Child:
        sex = self._rng.choice(("female", "male"))
        return Child(
            authority_child_id=f"C-{next(self._ids)}",
            nhs_number=self._nhs_number(),
            upn=self._upn(known.born_on),
            family_name=form_of(known.family_name, sex),
            given_names=self._given_names(known.community, sex, taken),
            also_known_as=(self._rng.choice(ALIASES),) if self._rng.random() < ALIAS else (),
            date_of_birth=known.born_on,
            sex=sex,
            ethnicity=known.community.ethnicity,
            home=known.home,
            family=known.number,
            care=care,
        )

    def _community(self, *, alone: bool) -> Community:
        weights = [one.alone if alone else one.share for one in self._communities]
        return self._rng.choices(self._communities, weights)[0]

    def _given_names(self, community: Community, sex: str, taken: Collection[str]) -> str:
        """Return one or two names, the first unlike those of brothers and sisters."""
        pool = community.girls if sex == "female" else community.boys
        first = self._rng.choice([name for name in pool if name.split()[0] not in taken])
        second = self._rng.choice(pool)
        return f"{first} {second}" if second != first and self._rng.random() < SECOND_NAME else first

    def _births(self, number: int, *, alone: bool) -> list[date]:
        if number == TWINS:
            return [self._born(13, 15)] * 2
        if alone:
            return [self._born(16, 16)]
        size = 3 if number == THREE else self._rng.choices((1, 2, 3, 4), (45, 32, 16, 7))[0]
        return sorted(self._born(*((11, 16) if number == THREE else (7, 16))) for _ in range(size))

    def _born(self, youngest: int, oldest: int) -> date:
        return INDEX_ON - timedelta(days=self._rng.randrange(youngest * 365 + 4, oldest * 365 + 300))

    def _nhs_number(self) -> str | None:
        """Return a number that is never given to a patient (999…), with its check digit (modulus 11)."""
        while True:
            first = f"999{self._rng.randrange(10**6):06}"
            found = next((first + digit for digit in "0123456789" if nhs.is_valid(first + digit)), None)
            if found is not None:
                return found if self._rng.random() < HAVE_NHS_NUMBER else None

    def _upn(self, born_on: date) -> str | None:
        """Return a pupil number of a Nottingham school (892), with its check letter (modulus 23)."""
        school, year = self._rng.randrange(2000, 4999), (born_on.year + 5) % 100
        digits = f"892{school}{year:02}{self._rng.randrange(1000):03}"
        return f"{upn.calc_check_digit(digits)}{digits}" if self._rng.random() < HAVE_UPN else None
