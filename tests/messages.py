"""Notifications as a force would send them, and an authority's month of them, for tests and benches."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

NOTTINGHAM = "E06000018"
DERBY = "E06000015"
NOTTINGHAMSHIRE = "urn:police:nottinghamshire"
FORCES = (NOTTINGHAMSHIRE, "urn:police:derbyshire", "urn:police:leicestershire", "urn:police:lincolnshire")

AMARA = {
    "family_name": "Okafor",
    "given_names": "Amara Grace",
    "date_of_birth": "2011-07-02",
    "authority_child_id": "C-100482",
}


def message(
    kind: str,
    at: datetime,
    *,
    id: str,  # noqa: A002 - as on the wire
    child: Mapping[str, Any] = AMARA,
    subject: str = "NP-26-004211",
    source: str = NOTTINGHAMSHIRE,
    told_at: datetime | None = None,
    authority: str = NOTTINGHAM,
    **data: Any,
) -> dict[str, Any]:
    """Return one notification of something that happened `at`, told at `told_at` (else when it happened)."""
    return {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"uk.police.missing-child.{kind}.v1",
        "subject": subject,
        "time": (told_at or at).isoformat(),
        "data": {"authority": authority, "occurred_at": at.isoformat(), "child": dict(child), **data},
    }


def many(count: int, children: int, ends_at: datetime, seed: int = 0) -> list[dict[str, Any]]:
    """Return `count` notifications of `children` children, all of whom carry their authority's id.

    Absences of every sort: told by one or two forces, located or not, returned or not, told late.
    """
    dice = random.Random(seed)
    made: list[dict[str, Any]] = []
    while len(made) < count:
        number = dice.randrange(children)
        start = ends_at - timedelta(minutes=dice.randrange(60, 60 * 24 * 60))
        made += _absence(dice, number, start, ends_at, len(made))
    return made[:count]


def _absence(
    dice: random.Random, number: int, start: datetime, ends_at: datetime, first: int
) -> list[dict[str, Any]]:
    child = {"authority_child_id": f"C-{number}", "family_name": f"Child {number}", "given_names": "Sam"}
    kinds = ["reported", *dice.sample(["updated", "located", "returned", "returned", "cancelled"], 3)]
    source, reference = dice.choice(FORCES), f"R-{number}-{dice.randrange(8)}"
    told = []
    for place, kind in enumerate(kinds):
        at = min(start + timedelta(hours=place * dice.random() * 20), ends_at)
        told.append(
            message(
                kind,
                at,
                id=f"m{first + place}",
                child=child,
                subject=reference,
                source=source,
                told_at=min(at + timedelta(minutes=dice.randrange(600)), ends_at),
                **_details(dice, kind),
            )
        )
    return told


def _details(dice: random.Random, kind: str) -> dict[str, Any]:
    if kind not in {"reported", "updated"}:
        return {}
    return {"missing": {"risk_level": dice.choice(["low", "medium", "high"]), "category": "missing"}}
