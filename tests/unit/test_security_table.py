"""The table of OWASP ASVS 5.0.0 in docs/security.md is whole, and the tests that it names exist."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "security.md"
SECTIONS: Final = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5
3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4
6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1
9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3 11.1:1-2 11.2:1-3
11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2
14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4
17.3:1-2
"""
"""The requirements of levels 1 and 2: in each section the first of them, since those of level 3 come last."""
ROW: Final = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def requirements() -> Iterator[str]:
    for section in SECTIONS.split():
        number, _, held = section.partition(":")
        first, _, last = held.partition("-")
        yield from (f"{number}.{each}" for each in range(int(first), int(last or first) + 1))


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_there_are_253_requirements_of_levels_1_and_2() -> None:
    assert len(list(requirements())) == 70 + 183


def test_each_requirement_stands_in_the_table_once_and_in_order() -> None:
    assert [number for number, _, _ in rows()] == list(requirements())


def test_each_row_names_a_test_or_says_where_it_is_held_or_why_not() -> None:
    assert [number for number, asked, held in rows() if not asked.strip() or len(held.strip()) < 7] == []


def test_each_test_that_is_named_exists() -> None:
    named = set(TEST.findall(PAGE.read_text(encoding="utf-8")))
    assert len(named) > 50
    assert [f"{path}::{name}" for path, name in sorted(named) if not _is(path, name)] == []


def _is(path: str, name: str) -> bool:
    return (ROOT / path).is_file() and name in functions_of(path)


def test_what_does_not_apply_says_why() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"Does not apply:? *\|", page) == []
    assert "**Not held**" in page


def test_each_page_that_is_named_exists() -> None:
    linked = re.findall(r"\]\(([\w/.-]+\.md)\)", PAGE.read_text(encoding="utf-8"))
    assert [page for page in linked if not (PAGE.parent / page).is_file()] == []
