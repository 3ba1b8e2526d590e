"""Where a month is played: the children who go missing, the desk that writes, and when it ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from cli.demo.child import Child
from cli.demo.children import children, strangers
from cli.demo.desk import Absence, Desk
from cli.demo.families import INDEX_ON, THREE, TWINS

WHO_GO_MISSING = 54
"""How many children of the index go missing in a month, beside the two families that share a reference."""
YOUNGEST_DAYS = 11 * 365
IN_CARE = 0.72
STRANGERS = 7


class Stage:
    """Hands each scene the children it needs, none of them twice. `away` are those not back at the end.

    `forgotten` is who stays away, and whom the force left off its list of children still missing.
    """

    def __init__(self, seed: int, ends_at: datetime) -> None:
        cause = f"{seed}/{ends_at.isoformat()}"
        self.rng = Random(cause)  # noqa: S311 - invented data, not a secret
        self.desk = Desk(self.rng, cause)
        self.ends_at = ends_at
        self.runaways = _runaways(self.rng)
        self.twins = tuple(child for child in children() if child.family == TWINS)
        self.three = tuple(child for child in children() if child.family == THREE)
        self.away: list[Absence] = []
        self.forgotten: Absence | None = None
        self._waiting = list(self.runaways)
        self._strangers = list(strangers(STRANGERS))

    def child(self) -> Child:
        """Return the next child of the index."""
        return self._waiting.pop()

    def stranger(self) -> Child:
        """Return the next child whom the index does not have."""
        return self._strangers.pop()

    @property
    def waiting(self) -> Sequence[Child]:
        """Those who go missing, but in no scene so far."""
        return tuple(self._waiting)

    def ago(self, hours: float) -> datetime:
        """Return the instant so many hours before the end of the month."""
        return self.ends_at - timedelta(seconds=round(hours * 3600))

    def gone(self, hours: float, child: Child | None = None) -> Absence:
        """Return the absence of a child, the next one unless named, who was last seen so many hours ago."""
        return self.desk.absence(child or self.child(), self.ago(hours))

    def others(self) -> tuple[Child, ...]:
        """Return the children of the index who could have gone missing, but did not."""
        gone = {child.authority_child_id for child in (*self.runaways, *self.twins, *self.three)}
        return tuple(child for child in _eligible() if child.authority_child_id not in gone)


def _runaways(rng: Random) -> tuple[Child, ...]:
    """Return those who go missing, most of them in care."""
    eligible = [child for child in _eligible() if child.family not in (TWINS, THREE)]
    chosen = rng.sample([child for child in eligible if child.in_care], round(WHO_GO_MISSING * IN_CARE))
    chosen += rng.sample([child for child in eligible if not child.in_care], WHO_GO_MISSING - len(chosen))
    rng.shuffle(chosen)
    return tuple(chosen)


def _eligible() -> list[Child]:
    return [child for child in children() if (INDEX_ON - child.date_of_birth).days >= YOUNGEST_DAYS]
