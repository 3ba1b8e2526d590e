"""What lies behind one interview: why the child went, where to, and who is around it. All invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from random import Random
from typing import Final, TypeVar

from cli.demo import SEED
from cli.demo.away import Away, places
from cli.demo.child import Child
from cli.demo.reasons import Reason, reasons
from cli.demo.words import half
from schemas.words import MissingFrom

One = TypeVar("One")
FOSTER_CARERS: Final = (
    "Denise Whitworth", "Maureen Tate", "Carl Osbourne", "Yvonne Bramley", "Trevor Hallam", "Pauline Sisson",
    "Gurpreet Sandhu", "Anthea Cole",
)  # fmt: skip
RESIDENTIAL: Final = (
    "Craig Bonser", "Lorraine Pickard", "Abdi Warsame", "Steph Holland", "Wayne Musgrove", "Tanisha Bright",
)  # fmt: skip
PARENTS: Final = ("Karen", "Tracey", "Samina", "Dorota", "Michelle", "Andrew", "Lorna", "Wesley")
FATHERS: Final = ("Andrew", "Wesley")
CARERS: Final = {
    MissingFrom.FOSTER_CARE: (FOSTER_CARERS, "foster carer"),
    MissingFrom.CHILDRENS_HOME: (RESIDENTIAL, "residential worker"),
    MissingFrom.SUPPORTED_ACCOMMODATION: (RESIDENTIAL, "support worker"),
}
DUTY_WORKER: Final = "Harriet Leach"
PRONOUNS: Final = {
    "female": {"he": "she", "He": "She", "him": "her", "his": "her"},
    "male": {"he": "he", "He": "He", "him": "him", "his": "his"},
}


@dataclass(frozen=True, slots=True)
class Case:
    """One interview as whoever writes about it knows it. `earlier` are the starts of earlier episodes.

    `today` is the day from which what has to be done is reckoned.
    """

    child: Child
    back_at: datetime
    offered_at: datetime
    held_at: datetime
    today: date
    worker: str
    earlier: tuple[datetime, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same child and return, whatever else is drawn."""
        return f"{SEED}/{self.child.family_name}/{self.child.given_names}/{self.back_at.isoformat()}"


class Draw:
    """Chances that one key decides."""

    def __init__(self, *key: object) -> None:
        self.rng = Random("/".join(map(str, key)))  # noqa: S311 - invented data, not a secret

    def one(self, pool: Sequence[One]) -> One:
        return self.rng.choice(pool)

    def happens(self, share: float) -> bool:
        return self.rng.random() < share


@dataclass(frozen=True)
class Story:
    """Why and where; the same for the same case."""

    case: Case
    draw: Draw = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "draw", Draw(self.case.key))

    @cached_property
    def reason(self) -> Reason:
        at = "care" if self.case.child.in_care else "home"
        return Draw(self.case.key, "reason").one([one for one in reasons() if one.where in {"any", at}])

    @cached_property
    def away(self) -> Away:
        return Draw(self.case.key, "away").one(places())

    @cached_property
    def carer(self) -> tuple[str, str]:
        """Name and part of whoever looks after the child, the same each time."""
        child = self.case.child
        draw = Draw(SEED, "carer", *child.lives.lines)
        if child.lives.kind not in CARERS:
            first = draw.one(PARENTS)
            return f"{first} {child.family_name}", "father" if first in FATHERS else "mother"
        names, part = CARERS[child.lives.kind]
        return draw.one(names), part

    @cached_property
    def friend(self) -> str:
        own = {self.first, *(each.split()[0] for each in (self.carer[0], self.case.worker))}
        return Draw(self.case.key, "friend").one([name for name in half("names") if name not in own])

    @cached_property
    def first(self) -> str:
        return self.case.child.given_names.split()[0]

    @cached_property
    def social_worker(self) -> str:
        care = self.case.child.care
        return care[-1].social_worker if care else DUTY_WORKER

    @cached_property
    def fill(self) -> dict[str, str]:
        """What stands for the names in curly brackets."""
        return {
            "child": self.first,
            "carer": self.carer[0].split()[0],
            "worker": self.case.worker.split()[0],
            "friend": self.friend,
            **PRONOUNS[self.case.child.sex],
        }

    def said(self, piece: str) -> str:
        """Return a piece with its names filled in, and a capital letter."""
        text = piece.format_map(self.fill)
        return text[:1].upper() + text[1:]
