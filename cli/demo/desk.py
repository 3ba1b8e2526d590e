"""A control room's desk: what happened to a child, written down as police notifications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from cli.demo import (
    AUTHORITY,
    DERBYSHIRE,
    FENLAND_VALE,
    HARBOURSHIRE,
    LEICESTERSHIRE,
    LINCOLNSHIRE,
    MOORLAND,
    NOTTINGHAMSHIRE,
    WESTMERE,
)
from cli.demo.child import Child
from cli.demo.places import CHECKS, CIRCUMSTANCES, CONCERNS, FOUND, HARM, RISK_FACTORS, SEEN
from schemas.notification import TYPE_PREFIX, VERSION
from schemas.words import Category, Kind, MissingFrom, RiskLevel

Event = dict[str, object]
"""A notification as JSON."""

NAMESPACE = uuid5(NAMESPACE_URL, "urn:homeward:demo")
SUBJECTS = {
    NOTTINGHAMSHIRE: "NP-{year:02}-{day:03}{number:04}",
    DERBYSHIRE: "DC/{day:03}{number:04}/{year:02}",
    LEICESTERSHIRE: "LEI-{year:02}-{day:03}-{number:04}",
    LINCOLNSHIRE: "LINCS{day:03}{number:04}{year:02}",
    WESTMERE: "WM-{day:03}{number:04}",
    FENLAND_VALE: "FV/{year:02}/{day:03}{number:04}",
    HARBOURSHIRE: "HS20{year:02}-{day:03}{number:04}",
    MOORLAND: "ML/20{year:02}/{day:03}{number:04}",
}
REPORTERS = {
    MissingFrom.HOME: ("parent", "parent", "school", "relative"),
    MissingFrom.FOSTER_CARE: ("foster_carer", "foster_carer", "social_worker"),
    MissingFrom.CHILDRENS_HOME: ("care_staff",),
    MissingFrom.SUPPORTED_ACCOMMODATION: ("care_staff", "social_worker"),
}
RISKS = {RiskLevel.NO_APPARENT_RISK: 6, RiskLevel.LOW: 20, RiskLevel.MEDIUM: 58, RiskLevel.HIGH: 16}
CATEGORIES = {Category.MISSING: 92, Category.AWAY: 8}
KNOWS_NHS_NUMBER, KNOWS_ETHNICITY, HARMED = 0.55, 0.69, 0.04
KNOWN_LATER = ("family_name", "given_names", "date_of_birth", "nhs_number", "authority_child_id")
"""What a force still says of the child once the reference is known."""


class Told(NamedTuple):
    """A notification and the moment at which it was told."""

    at: datetime
    event: Event


@dataclass(frozen=True, slots=True)
class Absence:
    """One child gone, as one force has it under one reference. `described` is who they say it is."""

    child: Child
    source: str
    subject: str
    last_seen_at: datetime
    reported_at: datetime
    described: Mapping[str, object]


class Desk:
    """Writes notifications; ids derive from `cause` and from what is told, so that again gives the same."""

    def __init__(self, rng: Random, cause: str) -> None:
        self._rng = rng
        self._cause = cause

    def absence(
        self,
        child: Child,
        last_seen_at: datetime,
        *,
        source: str = NOTTINGHAMSHIRE,
        reported_at: datetime | None = None,
        subject: str | None = None,
    ) -> Absence:
        """Return a child's absence, reported one to five hours after it began unless said otherwise."""
        reported = reported_at or last_seen_at + self.minutes(60, 300)
        return Absence(
            child=child,
            source=source,
            subject=subject or self._subject(source, reported),
            last_seen_at=last_seen_at,
            reported_at=reported,
            described=self.describe(child),
        )

    def describe(self, child: Child) -> dict[str, object]:
        """Return what a force knows of a child: seldom all of it, never the authority's own id."""
        told: dict[str, object] = {
            "family_name": child.family_name,
            "given_names": child.given_names,
            "date_of_birth": child.date_of_birth.isoformat(),
            "sex": child.sex,
            "home_address": child.lives.wire,
        }
        if child.also_known_as:
            told["also_known_as"] = list(child.also_known_as)
        if self._rng.random() < KNOWS_ETHNICITY:
            told["ethnicity"] = child.ethnicity
        if child.nhs_number and self._rng.random() < KNOWS_NHS_NUMBER:
            told["nhs_number"] = child.nhs_number
        return told

    def reported(
        self,
        of: Absence,
        *,
        at: datetime | None = None,
        told_at: datetime | None = None,
        missing: Mapping[str, object] | None = None,
    ) -> Told:
        """Tell that the child is missing; `missing` replaces facts, None takes one away."""
        facts = {**self._missing(of), **(missing or {})}
        told = {name: value for name, value in facts.items() if value is not None}
        return self._tell(Kind.REPORTED, of, at or of.reported_at, told_at, {"missing": told})

    def updated(self, of: Absence, at: datetime, told_at: datetime | None = None) -> Told:
        """Tell that the risk is now thought to be high."""
        facts = {"risk_level": RiskLevel.HIGH.value, "risk_factors": self._some(RISK_FACTORS, 1, 3)}
        return self._tell(Kind.UPDATED, of, at, told_at, {"missing": facts})

    def located(self, of: Absence, at: datetime, told_at: datetime | None = None) -> Told:
        facts = {
            "place": self._rng.choice(FOUND[of.source]),
            "located_by": self._rng.choice(("police", "family")),
        }
        return self._tell(Kind.LOCATED, of, at, told_at, {"located": facts})

    def returned(self, of: Absence, at: datetime, told_at: datetime | None = None) -> Told:
        lives = of.child.lives
        harm = self._some(HARM, 1, 2) if self._rng.random() < HARMED else []
        facts = {"returned_to": lives.kind.value, "harm": harm, "address": lives.wire}
        return self._tell(Kind.RETURNED, of, at, told_at, {"returned": facts})

    def checked(self, of: Absence, at: datetime) -> Told:
        """Tell of the police's own prevention interview."""
        concerns = self._some(CONCERNS, 0, 2)
        facts = {"held": True, "summary": self._rng.choice(CHECKS), "concerns": concerns}
        return self._tell(Kind.PREVENTION_INTERVIEW, of, at, None, {"prevention_interview": facts})

    def cancelled(self, of: Absence, at: datetime, reason: str, told_at: datetime | None = None) -> Told:
        return self._tell(Kind.CANCELLED, of, at, told_at, {"reason": reason})

    def minutes(self, least: float, most: float) -> timedelta:
        return timedelta(seconds=round(self._rng.uniform(least, most) * 60))

    def _tell(
        self,
        kind: Kind,
        of: Absence,
        occurred_at: datetime,
        told_at: datetime | None,
        facts: Mapping[str, object],
    ) -> Told:
        at = told_at or occurred_at + self.minutes(3, 40)
        who = of.described
        if kind is not Kind.REPORTED:
            who = {name: who[name] for name in KNOWN_LATER if name in who}
        data = {"authority": AUTHORITY, "occurred_at": occurred_at.isoformat(), "child": who, **facts}
        event: Event = {
            "specversion": "1.0",
            "id": self._id(kind, of, occurred_at, at),
            "source": of.source,
            "type": f"{TYPE_PREFIX}{kind}.v{VERSION}",
            "subject": of.subject,
            "time": at.isoformat(),
            "datacontenttype": "application/json",
            "data": data,
        }
        return Told(at, event)

    def _id(self, kind: Kind, of: Absence, occurred_at: datetime, told_at: datetime) -> str:
        child = f"{of.child.family_name} {of.child.given_names}"
        parts = (self._cause, of.source, of.subject, child, kind, occurred_at, told_at)
        return str(uuid5(NAMESPACE, "/".join(map(str, parts))))

    def _missing(self, of: Absence) -> dict[str, object]:
        lives = of.child.lives
        return {
            "category": self._weighed(CATEGORIES),
            "risk_level": self._weighed(RISKS),
            "missing_from": lives.kind.value,
            "missing_from_address": lives.wire,
            "last_seen_at": of.last_seen_at.isoformat(),
            "last_seen_place": self._rng.choice(SEEN),
            "reported_by": self._rng.choice(REPORTERS[lives.kind]),
            "circumstances": self._rng.choice(CIRCUMSTANCES),
            "risk_factors": self._some(RISK_FACTORS, 0, 3),
        }

    def _subject(self, source: str, at: datetime) -> str:
        day, number = at.timetuple().tm_yday, self._rng.randrange(10_000)
        return SUBJECTS[source].format(year=at.year % 100, day=day, number=number)

    def _some(self, pool: Sequence[str], least: int, most: int) -> list[str]:
        return self._rng.sample(pool, self._rng.randint(least, most))

    def _weighed(self, weights: Mapping[Category, int] | Mapping[RiskLevel, int]) -> str:
        return self._rng.choices([one.value for one in weights], list(weights.values()))[0]
