"""Rows of the past that cannot stand beside each other: one child cannot be missing twice at a time. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from casework.history_rows import PastEpisode
from casework.index_rows import RowProblem


def overlaps(rows: Iterable[PastEpisode], gap: timedelta) -> list[RowProblem]:
    """Name every row that overlaps another of its child, or lies within `gap` of it: that is one absence."""
    of_child: dict[str, list[PastEpisode]] = defaultdict(list)
    for row in rows:
        of_child[row.child_key].append(row)
    found = {problem for each in of_child.values() for problem in _of_one(each, gap)}
    return sorted(found)


def _of_one(rows: Sequence[PastEpisode], gap: timedelta) -> Iterator[RowProblem]:
    ordered = sorted(rows, key=lambda row: (row.missing_at, row.line))
    reaches: PastEpisode | None = None
    for before, row in pairwise(ordered):
        reaches = max((one for one in (reaches, before) if one), key=_end)
        if reaches.returned_at is None:
            mend = f"is lacking, though the child is missing again in line {row.line}: fill it"
            yield _problem(reaches, f"returned_at: {mend}")
        elif row.missing_at - reaches.returned_at <= gap:
            why = (
                "overlap" if row.missing_at < reaches.returned_at else "are one absence, by the policy's gap"
            )
            yield _problem(row, f"missing_at: this row and line {reaches.line} {why}: make one row of them")
            yield _problem(reaches, f"returned_at: this row and line {row.line} {why}: make one row of them")


def _end(row: PastEpisode) -> datetime:
    return row.returned_at or datetime.max.replace(tzinfo=row.missing_at.tzinfo)


def _problem(row: PastEpisode, message: str) -> RowProblem:
    return RowProblem(row.line, row.told["authority_child_id"], message)
