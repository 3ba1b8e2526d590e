"""The authority's children: the same for the same seed, and how they stand in its index."""

import csv
from functools import cache
from pathlib import Path

from cli.demo import SEED
from cli.demo.care import Care
from cli.demo.child import Child
from cli.demo.families import Families

CHILDREN = 320
COLUMNS = (
    "authority_child_id", "nhs_number", "upn", "family_name", "given_names", "also_known_as",
    "date_of_birth", "sex", "ethnicity", "postcode", "address",
    "legal_status", "placement", "social_worker", "from_on", "to_on",
)  # fmt: skip


@cache
def children(seed: int = SEED) -> tuple[Child, ...]:
    """Return every child of the index, siblings together, the eldest first."""
    families = Families(seed)
    found: list[Child] = []
    number = 0
    while len(found) < CHILDREN:
        found.extend(families.family(number))
        number += 1
    return tuple(found[:CHILDREN])


@cache
def strangers(number: int, seed: int = SEED) -> tuple[Child, ...]:
    """Return children whom the index does not have."""
    families = Families(seed + 1)
    return tuple(families.stranger() for _ in range(number))


def write_csv(path: Path) -> None:
    """Write the index: a row for each period of a child's care, one with blanks where there is none.

    Several other names stand with a semicolon between them, the lines of an address with a comma.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for child in children():
            rows.writerows([*_identity(child), *_care(care)] for care in child.care or (None,))


def _identity(child: Child) -> list[str]:
    return [
        child.authority_child_id or "",
        child.nhs_number or "",
        child.upn or "",
        child.family_name,
        child.given_names,
        "; ".join(child.also_known_as),
        child.date_of_birth.isoformat(),
        child.sex,
        child.ethnicity,
        child.lives.postcode,
        ", ".join(child.lives.lines),
    ]


def _care(care: Care | None) -> list[str]:
    if care is None:
        return [""] * 5
    ended = care.to_on.isoformat() if care.to_on else ""
    return [care.legal_status, care.placement, care.social_worker, care.from_on.isoformat(), ended]
