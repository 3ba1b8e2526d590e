"""A month of tellings: ordinary absences, and everything that makes them hard to read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from cli.demo.child import Child
from cli.demo.desk import Absence, Event, Told
from cli.demo.neighbours import neighbours
from cli.demo.ordinary import last_days, ordinary
from cli.demo.scenes import SCENES
from cli.demo.stage import Stage

LATE, DOUBLED = 0.1, 0.03
"""Shares of messages that come hours after they were told, and that come twice."""


class Month(NamedTuple):
    """What was told, in the order of delivery; who was still away at the end, and who never was.

    `written` is what the forces told that post nothing, in the order of telling. `forgotten` stays away, and
    is not on the force's list of children still missing.
    """

    events: list[Event]
    away: tuple[Absence, ...]
    others: tuple[Child, ...]
    written: tuple[Told, ...]
    forgotten: Absence


def month(seed: int, ends_at: datetime) -> list[Event]:
    """Return the notifications of the 28 days before `ends_at`, in the order of delivery, some twice.

    The same seed and moment give the same messages. Nothing in them lies after `ends_at`, but for one
    force's fast clock.
    """
    return play(seed, ends_at).events


def play(seed: int, ends_at: datetime) -> Month:
    """Return the month as it was told and as it ended."""
    stage = Stage(seed, ends_at)
    told = [one for scene in (*SCENES, last_days, ordinary) for one in scene(stage)]
    heard = [one for one in told if one.at <= ends_at]
    elsewhere = neighbours(str(seed), ends_at, stage.others())
    others = tuple(child for child in stage.others() if child not in elsewhere)
    written = sorted((one for told in elsewhere.values() for one in told), key=_when)
    assert stage.forgotten
    return Month(_delivered(stage.rng, heard), tuple(stage.away), others, tuple(written), stage.forgotten)


def _delivered(rng: Random, told: Iterable[Told]) -> list[Event]:
    """Return the messages roughly in the order of telling."""
    arrivals: list[Told] = []
    for one in sorted(told, key=_when):
        late = timedelta(hours=rng.uniform(0, 8)) if rng.random() < LATE else timedelta(0)
        arrivals.append(one._replace(at=one.at + late))
        if rng.random() < DOUBLED:
            arrivals.append(one._replace(at=one.at + late + timedelta(hours=rng.uniform(0, 20))))
    return [one.event for one in sorted(arrivals, key=_when)]


def _when(told: Told) -> datetime:
    return told.at
