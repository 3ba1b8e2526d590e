"""The gate on the parts of the corpus that were open to whoever wrote or mended the rules."""

from itertools import chain
from typing import Final

import pytest

from bench.quality import blocked, scores, table
from tests.corpus import Examined, Part, examined

FLOOR = 0.9
HELD = 0.85
"""Share of the poor records that a certain finding holds back; the others are only advised on."""
OPEN: Final[tuple[Part, ...]] = ("development", "opened", "opened_again")


@pytest.fixture(scope="module")
def files() -> dict[Part, list[Examined]]:
    return {part: list(examined(part)) for part in OPEN}


@pytest.mark.parametrize("part", OPEN)
def test_no_good_record_is_blocked(files: dict[Part, list[Examined]], part: Part) -> None:
    assert blocked(files[part]) == []


def test_each_rule_is_precise_and_finds_what_it_should(files: dict[Part, list[Examined]]) -> None:
    found = scores(chain.from_iterable(files.values()))
    weak = {rule: each for rule, each in found.items() if min(each.precision, each.recall) < FLOOR}
    assert weak == {}


@pytest.mark.parametrize("part", OPEN)
def test_most_records_that_would_be_sent_back_are_held(files: dict[Part, list[Examined]], part: Part) -> None:
    poor = [each for each in files[part] if each.example.kind != "good"]
    held = [each for each in poor if any(finding.blocks for finding in each.found)]
    assert len(held) >= HELD * len(poor)


@pytest.mark.parametrize("part", OPEN)
def test_the_table_has_a_line_for_each_rule_and_the_sum(
    files: dict[Part, list[Examined]], part: Part
) -> None:
    rules = scores(files[part])
    assert len(list(table(rules))) == len(rules) + 2
