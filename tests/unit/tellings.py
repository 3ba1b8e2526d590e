"""Short ways to write down what was told of one child; times are what a clock in Nottingham shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.episode import Episode, fold
from domain.telling import MessageKey, Reference, Telling
from schemas.notification import MissingFacts
from schemas.policy import EpisodePolicy, Policy
from schemas.words import Category, Kind, Mark, RiskLevel

LONDON = ZoneInfo("Europe/London")
NOTTINGHAMSHIRE = "urn:police:nottinghamshire"
DERBYSHIRE = "urn:police:derbyshire"
NP = Reference(NOTTINGHAMSHIRE, "NP-26-004211")
"""The reference that is meant where a message names none."""
NP_NEXT = Reference(NOTTINGHAMSHIRE, "NP-26-004307")
DC = Reference(DERBYSHIRE, "DC/1182/26")
DC_NEXT = Reference(DERBYSHIRE, "DC/1240/26")
CARER = Reference("urn:authority:E06000018", "call-17")


def at(local: str) -> datetime:
    """Return the instant at which clocks in Nottingham show `2026-03-28 22:10`."""
    shown = datetime.fromisoformat(local).replace(tzinfo=LONDON)
    instant = shown.astimezone(UTC)
    assert instant.astimezone(LONDON) == shown, f"no clock shows {local}"
    return instant


def facts(
    *,
    last_seen: str | None = None,
    risk: RiskLevel | None = None,
    factors: tuple[str, ...] | None = None,
    category: Category | None = None,
) -> MissingFacts:
    return MissingFacts(
        last_seen_at=at(last_seen) if last_seen else None,
        risk_level=risk,
        risk_factors=factors,
        category=category,
    )


def told(
    kind: Kind,
    occurred: str,
    told: str | None = None,
    ref: Reference = NP,
    *,
    id: str | None = None,  # noqa: A002  # as on the wire
    missing: MissingFacts | None = None,
    marks: Iterable[Mark] = (),
) -> Telling:
    """Return a message told, unless said otherwise, at the moment it happened."""
    told_at = told or occurred
    key = MessageKey(ref.source, id or f"{ref.subject} {kind} {occurred} {told_at}")
    return Telling(key, ref, kind, at(told_at), at(occurred), missing=missing, marks=frozenset(marks))


def reported(
    occurred: str,
    told_at: str | None = None,
    ref: Reference = NP,
    *,
    last_seen: str | None = None,
    risk: RiskLevel | None = None,
    factors: tuple[str, ...] | None = None,
    category: Category | None = None,
    id: str | None = None,  # noqa: A002
) -> Telling:
    missing = facts(last_seen=last_seen, risk=risk, factors=factors, category=category)
    return told(Kind.REPORTED, occurred, told_at, ref, id=id, missing=missing)


def updated(
    occurred: str,
    told_at: str | None = None,
    ref: Reference = NP,
    *,
    last_seen: str | None = None,
    risk: RiskLevel | None = None,
    factors: tuple[str, ...] | None = None,
    category: Category | None = None,
) -> Telling:
    missing = facts(last_seen=last_seen, risk=risk, factors=factors, category=category)
    return told(Kind.UPDATED, occurred, told_at, ref, missing=missing)


def located(occurred: str, told_at: str | None = None, ref: Reference = NP) -> Telling:
    return told(Kind.LOCATED, occurred, told_at, ref)


def returned(
    occurred: str,
    told_at: str | None = None,
    ref: Reference = NP,
    id: str | None = None,  # noqa: A002
) -> Telling:
    return told(Kind.RETURNED, occurred, told_at, ref, id=id)


def prevention_interview(occurred: str, told_at: str | None = None, ref: Reference = NP) -> Telling:
    return told(Kind.PREVENTION_INTERVIEW, occurred, told_at, ref)


def cancelled(
    occurred: str,
    told_at: str | None = None,
    ref: Reference = NP,
    id: str | None = None,  # noqa: A002
) -> Telling:
    return told(Kind.CANCELLED, occurred, told_at, ref, id=id)


def received_again(telling: Telling, told_at: str) -> Telling:
    """Return the same message as a receipt at another moment would have it counted."""
    return replace(telling, told_at=at(told_at))


def policy(*, grace_hours: float = 6, gap_hours: float = 0) -> Policy:
    return Policy(
        episode=EpisodePolicy(
            located_grace=timedelta(hours=grace_hours), merge_gap=timedelta(hours=gap_hours)
        )
    )


def folded(*tellings: Telling, under: Policy | None = None) -> tuple[Episode, ...]:
    return fold(tellings, under or Policy())


def episode(*tellings: Telling, under: Policy | None = None) -> Episode:
    """Return the one episode that the messages make."""
    (only,) = folded(*tellings, under=under)
    return only
