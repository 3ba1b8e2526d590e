"""Rows read into what they mean."""

from collections.abc import Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def read(kind: type[T], rows: Iterable[Any]) -> list[T]:
    """Return rows as objects of a class whose fields are their columns, in that order."""
    return [kind(*row) for row in rows]


def read_one(kind: type[T], row: Any) -> T | None:
    """Return one row as such an object; None for no row."""
    return kind(*row) if row else None
