"""The gate on the part of the corpus that was open to whoever wrote the rules."""

import pytest

from bench.quality import blocked, scores, table
from tests.corpus import Examined, examined

FLOOR = 0.9


@pytest.fixture(scope="module")
def development() -> list[Examined]:
    return list(examined("development"))


def test_no_good_record_is_blocked(development: list[Examined]) -> None:
    assert blocked(development) == []


def test_each_rule_is_precise_and_finds_what_it_should(development: list[Examined]) -> None:
    weak = {
        rule: each for rule, each in scores(development).items() if min(each.precision, each.recall) < FLOOR
    }
    assert weak == {}


def test_the_table_has_a_line_for_each_rule_and_the_sum(development: list[Examined]) -> None:
    rules = scores(development)
    assert len(list(table(rules))) == len(rules) + 2
