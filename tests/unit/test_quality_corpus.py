"""The gate on the parts of the corpus that were open to whoever wrote or mended the rules."""

from typing import Final

import pytest

from bench.quality import blocked, scores, table
from tests.corpus import Examined, Part, examined

FLOOR = 0.9
OPEN: Final[tuple[Part, ...]] = ("development", "opened")


@pytest.fixture(scope="module", params=OPEN)
def files(request: pytest.FixtureRequest) -> list[Examined]:
    return list(examined(request.param))


def test_no_good_record_is_blocked(files: list[Examined]) -> None:
    assert blocked(files) == []


def test_each_rule_is_precise_and_finds_what_it_should(files: list[Examined]) -> None:
    weak = {rule: each for rule, each in scores(files).items() if min(each.precision, each.recall) < FLOOR}
    assert weak == {}


def test_the_table_has_a_line_for_each_rule_and_the_sum(files: list[Examined]) -> None:
    rules = scores(files)
    assert len(list(table(rules))) == len(rules) + 2
