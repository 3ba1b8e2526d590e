"""The hand-written pieces of which the demonstration's people speak, from the tables in `words/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

Pieces = tuple[str, ...]
TABLES: Final = Path(__file__).parent / "words"


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of pieces."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def half(pool: str) -> Pieces:
    """Return the second halves of sentences, or whole short ones, by what they are about."""
    return tuple(table("halves")[pool])


def answer(pool: str) -> Pieces:
    """Return what people of the team say besides records, by the occasion."""
    return tuple(table("answers")[pool])


def decisions(step: str) -> Pieces:
    """Return what a manager decides about an alert of a step of the ladder."""
    return tuple(table("answers")["decisions"].get(step, table("answers")["any_decision"]))


def pieces(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
