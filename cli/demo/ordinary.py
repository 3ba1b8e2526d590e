"""The ordinary absences of a month, and how its last three days stand: deadlines of all kinds."""

from collections import Counter
from datetime import datetime, timedelta
from math import log
from random import Random

from cli.demo import FORCES
from cli.demo.child import Child
from cli.demo.desk import Absence, Told
from cli.demo.stage import Stage

DAYS = 28
QUIET_DAYS = 12
"""How long before the end the ordinary absences of children end who are in a scene."""
ORDINARY = 104
FORCE_WEIGHTS = (82, 7, 6, 5)
MEDIAN_HOURS, SPREAD = 6.0, 1.1
"""Of the absences that end within 48 hours, nearly all: their hours are log-normal."""
LONG, LONG_HOURS = 0.22, (48, 160)
"""How many of those with room for it (4 days and more) take longer; of all it is about 13%."""
LONG_NEEDS = timedelta(days=4)
OFTEN_AT_MOST = 9
UPDATED, LOCATED, TOLD_LATE, CHECKED = 0.25, 0.6, 0.1, 0.45
RETURNED_HOURS_AGO = (0.8, 3, 6, 11, 24, 36, 48, 60, 68, 70.5, 71.4, 71.9)
LOCATED_HOURS_AGO = (2, 9, 27)
GONE_HOURS_AGO = (1.5, 4, 11, 25, 49)
FORGOTTEN_HOURS_AGO = 130


def ordinary(stage: Stage) -> list[Told]:
    """Return what is told of some hundred absences, falling on few children as they do."""
    weights = [min(stage.rng.paretovariate(1.1), OFTEN_AT_MOST) for _ in stage.runaways]
    often = Counter(stage.waiting)
    often.update(stage.rng.choices(stage.runaways, weights, k=ORDINARY - len(stage.waiting)))
    return [told for child in stage.runaways if often[child] for told in _of(stage, child, often[child])]


def _of(stage: Stage, child: Child, number: int) -> list[Told]:
    """Return a child's absences, each in its own part of the month."""
    days = DAYS if child in stage.waiting else DAYS - QUIET_DAYS
    part = timedelta(days=days) / number
    begins = [stage.ago(DAYS * 24) + n * part for n in range(number)]
    return [told for begin in begins for told in _absence(stage, child, begin, part)]


def _absence(stage: Stage, child: Child, begin: datetime, part: timedelta) -> list[Told]:
    rng = stage.rng
    gone = max((begin + rng.random() * part * 0.35 for _ in range(2)), key=lambda at: at.hour)
    lasted = min(_duration(rng, part), part * 0.6)
    reported_at = gone + min(stage.desk.minutes(20, 300), lasted * 0.7)
    source = rng.choices(FORCES, FORCE_WEIGHTS)[0]
    of = stage.desk.absence(child, _whole(gone), source=source, reported_at=_whole(reported_at))
    return _told(stage, of, _whole(gone + lasted))


def _duration(rng: Random, part: timedelta) -> timedelta:
    if part >= LONG_NEEDS and rng.random() < LONG:
        return timedelta(hours=rng.uniform(*LONG_HOURS))
    return timedelta(hours=min(max(0.4, rng.lognormvariate(log(MEDIAN_HOURS), SPREAD)), 47))


def _told(stage: Stage, of: Absence, back: datetime) -> list[Told]:
    rng, desk = stage.rng, stage.desk
    between = back - of.reported_at
    told = [desk.reported(of)]
    if rng.random() < UPDATED:
        told.append(desk.updated(of, _whole(of.reported_at + between * 0.4)))
    if rng.random() < LOCATED:
        told.append(desk.located(of, _whole(of.reported_at + between * rng.uniform(0.5, 1))))
    late = back + desk.minutes(240, 2400) if rng.random() < TOLD_LATE else None
    told.append(desk.returned(of, back, late))
    if told[-1].at > stage.ends_at:
        stage.away.append(of)
    if rng.random() < CHECKED:
        told.append(desk.checked(of, back + desk.minutes(60, 1200)))
    return told


def last_days(stage: Stage) -> list[Told]:
    """Return what is told of children back for hours or days, located, or still missing at the end."""
    desk = stage.desk
    told = []
    for hours in RETURNED_HOURS_AGO:
        of = stage.gone(hours + 7)
        told += [desk.reported(of), desk.returned(of, stage.ago(hours), stage.ago(hours - 0.4))]
    for hours in LOCATED_HOURS_AGO:
        of = stage.gone(hours + 9)
        told += [desk.reported(of), desk.located(of, stage.ago(hours))]
        stage.away.append(of)
    for hours in (*GONE_HOURS_AGO, FORGOTTEN_HOURS_AGO):
        of = stage.gone(hours, stage.child())
        of = desk.absence(of.child, of.last_seen_at, reported_at=of.last_seen_at + timedelta(minutes=50))
        told.append(desk.reported(of))
        stage.away.append(of)
    stage.forgotten = stage.away.pop()
    return told


def _whole(at: datetime) -> datetime:
    """Return the instant in whole minutes, as people write it down."""
    return at.replace(second=0, microsecond=0)
