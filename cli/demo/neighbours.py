"""What is told by the forces that write: children of the index who were away, and two who still are."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from cli.demo import FENLAND_VALE, HARBOURSHIRE, MOORLAND, WESTMERE
from cli.demo.child import Child
from cli.demo.desk import Absence, Desk, Told

HOURS_AGO: Final[Mapping[str, tuple[tuple[float, float | None], ...]]] = {
    WESTMERE: ((88, 71), (46, 38), (31, 20), (9, None)),
    FENLAND_VALE: ((79, 66), (28, 15), (8, None)),
    HARBOURSHIRE: ((170, 158), (120, 112), (60, 51)),
    MOORLAND: ((56, 43), (21, 12)),
}
"""When a child was gone, and when back. Of who is still away nothing is understood with certainty."""


def neighbours(cause: str, ends_at: datetime, children: Sequence[Child]) -> dict[Child, tuple[Told, ...]]:
    """Return what is told of each child; the same cause and moment give the same."""
    rng = Random(f"{cause}/{ends_at.isoformat()}/written")  # noqa: S311 - invented data, not a secret
    desk = Desk(rng, f"{cause}/{ends_at.isoformat()}")
    away = [(source, gone, back) for source, times in HOURS_AGO.items() for gone, back in times]
    chosen = rng.sample([child for child in children if _can_be_listed(child)], len(away))
    minute = ends_at.replace(second=0, microsecond=0)
    return {
        child: _told(desk, _gone(desk, child, source, minute - timedelta(hours=gone)), minute, back)
        for child, (source, gone, back) in zip(chosen, away, strict=True)
    }


def _can_be_listed(child: Child) -> bool:
    """Tell whether a name has only letters of Windows-1252, in which Westmere writes."""
    name = f"{child.family_name} {child.given_names}"
    return name.encode("windows-1252", "ignore").decode("windows-1252") == name


def _gone(desk: Desk, child: Child, source: str, seen_at: datetime) -> Absence:
    return desk.absence(child, seen_at, source=source, reported_at=seen_at + timedelta(hours=2))


def _told(desk: Desk, of: Absence, ends_at: datetime, hours_ago: float | None) -> tuple[Told, ...]:
    reported = desk.reported(of)
    if hours_ago is None:
        return (reported,)
    back_at = ends_at - timedelta(hours=hours_ago)
    return reported, desk.located(of, back_at - timedelta(hours=1)), desk.returned(of, back_at)
