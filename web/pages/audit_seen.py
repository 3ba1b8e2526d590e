"""Views of a child as an auditor reads them: one visit is one row, however often its page was opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from store.views.accesses import Access

TOGETHER: Final = timedelta(hours=1)


@dataclass(slots=True)
class Seen:
    """Views by one person of one child on one page, for one reason, within an hour; `row` is the latest."""

    row: Access
    first_at: datetime
    last_at: datetime
    times: int = 1

    def takes(self, other: Access) -> bool:
        """Whether an earlier view is of the same hour."""
        return self.last_at - other.at <= TOGETHER

    def add(self, other: Access) -> None:
        """Count one more."""
        self.times += 1
        self.first_at, self.last_at = min(self.first_at, other.at), max(self.last_at, other.at)


def grouped(rows: Iterable[Access], most: int) -> tuple[Sequence[Seen], int | None]:
    """Return the first groups of views that come latest first, and the number of the first view left out."""
    found: list[Seen] = []
    open_ones: dict[tuple[object, ...], Seen] = {}
    for row in rows:
        key = (row.person, row.child_id, row.page, row.purpose, row.reason)
        group = open_ones.get(key)
        if group and group.takes(row):
            group.add(row)
            continue
        if len(found) == most:
            return found, row.no
        open_ones[key] = Seen(row, row.at, row.at)
        found.append(open_ones[key])
    return found, None
