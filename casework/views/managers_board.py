"""What a manager has before them: the unfinished interviews by what has to happen with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.allocation.facts import is_in_care
from domain.ladder.tell import highest_role
from domain.working_time import LONDON
from schemas.ladder_policy import Audience
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import staff
from store.database import Transaction
from store.views import managers_board
from store.views.managers_board import Facts, Filters, Group, Part, Row

SOON: Final = timedelta(hours=24)
_WITHIN_THE_TEAM: Final = frozenset({Audience.WORKER, Audience.DUTY_DESK, Audience.TEAM_MANAGER})


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a group, how many there are of each, and whom the filters can name."""

    counts: Mapping[Group, int]
    rows: Sequence[Row]
    number: int
    pages: int
    teams: Sequence[str]
    workers: Sequence[StaffMember]


async def board(tx: Transaction, policy: Policy, now: datetime, filters: Filters, part: Part) -> Board:
    """Return the board; past the last page it shows that."""
    statuses = await managers_board.legal_statuses(tx)
    facts = facts_of(policy, now, statuses)
    counts = await managers_board.counts(tx, facts, filters)
    pages = max(1, -(-counts[part.group] // part.limit))
    number = min(part.offset // part.limit + 1, pages)
    shown = Part(part.group, part.order, part.descending, (number - 1) * part.limit, part.limit)
    people = await staff.all_of(tx)
    return Board(
        counts=counts,
        rows=await managers_board.page(tx, facts, filters, shown),
        number=number,
        pages=pages,
        teams=sorted({team for each in people for team in each.teams}),
        workers=sorted((each for each in people if Role.INTERVIEWER in each.roles), key=lambda one: one.name),
    )


def facts_of(policy: Policy, now: datetime, statuses: Sequence[str]) -> Facts:
    """Return what the groups go by at a moment; `statuses` are the legal statuses that there are."""
    return Facts(
        now=now,
        soon=now + SOON,
        today=now.astimezone(LONDON).date(),
        escalating=escalating(policy),
        in_care=[each for each in statuses if is_in_care(each, policy.allocation.in_care)],
    )


def escalating(policy: Policy) -> list[str]:
    """Return the steps of which somebody above the team manager is told."""
    return [step.id for step in policy.ladder.steps if highest_role(step.tells) not in _WITHIN_THE_TEAM]
