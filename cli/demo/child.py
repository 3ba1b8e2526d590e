"""An invented child, as the authority knows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cli.demo.care import Care
from cli.demo.places import Place


@dataclass(frozen=True, slots=True)
class Child:
    """An invented child. `authority_child_id` is None for one whom the index does not have."""

    authority_child_id: str | None
    nhs_number: str | None
    upn: str | None
    family_name: str
    given_names: str
    also_known_as: tuple[str, ...]
    date_of_birth: date
    sex: str
    ethnicity: str
    home: Place
    family: int
    care: tuple[Care, ...] = ()

    @property
    def lives(self) -> Place:
        """Where the child lives now: the placement of one in care."""
        return self.care[-1].place if self.care else self.home

    @property
    def in_care(self) -> bool:
        return self.lives is not self.home


def in_turn(children: Iterable[Child]) -> list[Child]:
    """Return children of the index in the order in which they go missing after the month."""
    return sorted(children, key=lambda child: str(child.authority_child_id)[::-1])
