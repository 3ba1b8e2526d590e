"""Where a month is played: the children who go missing, the desk that writes, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from cli.demo import SEED
from cli.demo.child import Child
from cli.demo.children import children, strangers
from cli.demo.desk import Desk
from cli.demo.families import THREE, TWINS

WHO_GO_MISSING = 54
"""How many children of the index go missing in a month, beside those who share a reference."""
FROM_AGE = 11
IN_CARE = 0.72
STRANGERS = 6


class Stage:
    """Hands each scene the children it needs, none of them twice."""

    def __init__(self, seed: int, ends_at: datetime) -> None:
        self.rng = Random(f"{seed}/{ends_at.isoformat()}")  # noqa: S311 - invented data, not a secret
        self.desk = Desk(self.rng, f"{seed}/{ends_at.isoformat()}")
        self.ends_at = ends_at
        self.runaways = _runaways(self.rng)
        self._waiting = list(self.runaways)
        self._strangers = list(strangers(STRANGERS, seed))

    def child(self) -> Child:
        """Return the next child of the index."""
        return self._waiting.pop()

    def stranger(self) -> Child:
        """Return the next child whom the index does not have."""
        return self._strangers.pop()

    def brothers_and_sisters(self, family: int = THREE) -> tuple[Child, ...]:
        return tuple(child for child in children() if child.family == family)

    def twins(self) -> tuple[Child, ...]:
        return self.brothers_and_sisters(TWINS)

    def ago(self, hours: float) -> datetime:
        """Return the instant so many hours before the end of the month."""
        return self.ends_at - timedelta(seconds=round(hours * 3600))

    @property
    def unused(self) -> Sequence[Child]:
        """Children whom no scene took."""
        return tuple(self._waiting)


def grown_up(child: Child, on: date) -> Child:
    """Return somebody like the child, but nineteen years old."""
    return replace(child, date_of_birth=on.replace(year=on.year - 19, day=1))


def _runaways(rng: Random) -> tuple[Child, ...]:
    """Return those who go missing: old enough, most of them in care."""
    old_enough = [c for c in children(SEED) if c.family not in (TWINS, THREE) and _is_old_enough(c)]
    in_care = [child for child in old_enough if child.in_care]
    at_home = [child for child in old_enough if not child.in_care]
    chosen = rng.sample(in_care, round(WHO_GO_MISSING * IN_CARE))
    chosen += rng.sample(at_home, WHO_GO_MISSING - len(chosen))
    rng.shuffle(chosen)
    return tuple(chosen)
