"""Invented care histories: legal status, placement and social worker, dated, earliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from faker import Faker

from cli.demo.places import CHILDRENS_HOMES, SUPPORTED_HOMES, Place, foster_home
from schemas.words import MissingFrom

IN_CARE = (
    "V2 single period of accommodation under section 20",
    "C1 interim care order",
    "C2 full care order",
)
"""As care goes on, the status goes along this list; children who came alone stay under section 20."""
AT_HOME = ("Child in need (section 17)", "Child protection plan", "Early help")
LONGEST_DAYS = 1100
SUPPORTED_FROM_AGE, HOMES_FROM_AGE = 16, 11
SUPPORTED, HOMES_SHARE = 0.8, 0.4


@dataclass(frozen=True, slots=True)
class Care:
    """What held of a child from one day to another; `to_on` None means now."""

    legal_status: str
    place: Place
    social_worker: str
    from_on: date
    to_on: date | None

    @property
    def placement(self) -> str:
        """The kind of placement and, of a home that has one, its name."""
        named = self.place.kind is MissingFrom.CHILDRENS_HOME
        return f"{self.place.placement}, {self.place.lines[0]}" if named else self.place.placement


def in_care(
    rng: Random, fake: Faker, workers: Sequence[str], on: date, born_on: date, *, alone: bool
) -> tuple[Care, ...]:
    """Return one to four periods in care that lead up to `on` and go on."""
    days = _days(rng, on, rng.choice((1, 1, 2, 2, 3, 4)))
    first = rng.randrange(len(IN_CARE))
    statuses = [IN_CARE[0] if alone else IN_CARE[min(first + n, 2)] for n in range(len(days))]
    places = [_placement(rng, fake, (day - born_on).days // 365) for day in days]
    return _periods(rng, workers, days, statuses, places)


def at_home(rng: Random, workers: Sequence[str], on: date, home: Place) -> tuple[Care, ...]:
    """Return what a family's social worker did up to `on`: for about a third of families nothing."""
    days = _days(rng, on, rng.choice((0, 1, 2)))
    statuses = [rng.choice(AT_HOME) for _ in days]
    return _periods(rng, workers, days, statuses, [home] * len(days))


def _days(rng: Random, on: date, number: int) -> list[date]:
    return sorted(on - timedelta(days=ago) for ago in rng.sample(range(20, LONGEST_DAYS), number))


def _periods(
    rng: Random,
    workers: Sequence[str],
    days: Sequence[date],
    statuses: Sequence[str],
    places: Sequence[Place],
) -> tuple[Care, ...]:
    ends = [day - timedelta(days=1) for day in days[1:]]
    return tuple(
        Care(status, place, rng.choice(workers), from_on, to_on)
        for from_on, to_on, status, place in zip(days, [*ends, None], statuses, places, strict=False)
    )


def _placement(rng: Random, fake: Faker, age: int) -> Place:
    """Return a place for a child of that age: supported accommodation from 16, seldom a home before 11."""
    if age >= SUPPORTED_FROM_AGE and rng.random() < SUPPORTED:
        return rng.choice(SUPPORTED_HOMES)
    share = HOMES_SHARE if age >= HOMES_FROM_AGE else HOMES_SHARE / 4
    return rng.choice(CHILDRENS_HOMES) if rng.random() < share else foster_home(fake, rng)
