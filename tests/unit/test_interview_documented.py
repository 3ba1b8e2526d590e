"""The table of commands in docs/reference/the-interview.md is the table of moves."""

import re
from collections import defaultdict
from pathlib import Path

from domain.lifecycle import MOVES

PAGE = (Path(__file__).parents[2] / "docs/reference/the-interview.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| `(?P<name>[a-z-]+)` \| (?P<stages>[^|]+) \| (?P<to>[^|]+) \| (?P<fields>[^|]+) \|")


def test_every_command_stands_with_the_stages_that_it_may_follow() -> None:
    told = {row["name"]: set(re.findall(r"`(\w+)`", row["stages"])) for row in ROW.finditer(PAGE)}
    true: dict[str, set[str]] = defaultdict(set, reinstate={"voided"})
    for stage, command in MOVES:
        true[command.name].add(stage.value)
    assert told == true


def test_every_field_of_a_command_stands_in_its_row() -> None:
    rows = {row["name"]: set(re.findall(r"`(\w+)`", row["fields"])) for row in ROW.finditer(PAGE)}
    inherited = {"by", "chosen_by_child"}
    for _, command in MOVES:
        assert set(command.model_fields) - inherited <= rows[command.name]
