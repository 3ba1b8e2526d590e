"""What people are told by e-mail, text or Teams: moments and paths with ids, never who a child is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from schemas.ladder_policy import Watch

DAILY_BRIEF: Final = "daily_brief"
"""The step under which a day's briefs are sent; it is on nobody's ladder."""
SCHEDULER_SILENT: Final = "scheduler_silent"
"""The step under which it is told that nothing is chased any more."""
POLICE_LIST_LACKING: Final = "police_list_lacking"
"""The step under which it is told that a force has not sent its list of missing children."""
GLASS_BROKEN: Final = "glass_broken"
"""The step under which it is told that somebody opened a restricted record for which they are not named."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is late. `watch` says what it is, null where the policy has dropped the step.

    `since` is the moment from which its lateness is told: a deadline, the start of an episode, when a
    conversation was held. `path` is where to look, below Homeward's own address.
    """

    step: str
    watch: Watch | None
    since: datetime
    expected: str
    expected_by: datetime
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a brief. `at` is its deadline or start, null where nobody told one."""

    at: datetime | None
    standing: str
    path: str


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """How many children went missing and returned on one day, and how many interviews were held."""

    on: date
    missing: int
    returned: int
    held: int


@dataclass(frozen=True, slots=True)
class Brief:
    """One manager's morning; `as_of` is when it was looked up, `week` the seven days before."""

    as_of: datetime
    due_today: tuple[Item, ...]
    overdue: tuple[Item, ...]
    returned: tuple[Item, ...]
    missing: tuple[Item, ...]
    week: tuple[DayOfWeek, ...]
