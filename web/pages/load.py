"""Who has how much in hand, by team."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casework.views.managers_load import LATELY, Worker, teams
from web.pages.reading import Visiting
from web.pages.rendering import page

router = APIRouter(include_in_schema=False)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LEAST_SCALE = 4
"""How many interviews a full bar stands for at least: one interview alone does not look like many."""


@router.get("/load")
async def shown(
    request: Request, visit: Visiting, team: Annotated[str, Query(max_length=200)] = ""
) -> HTMLResponse:
    """Show the load of every team, or of one."""
    found = await teams(visit.tx, await visit.here.policy(visit.tx), visit.now)
    workers = [each for one in found for each in one.workers]
    return page(
        request,
        "manager/load.html",
        now=visit.now,
        team=team,
        teams=[each for each in found if not team or each.name == team],
        choices=[(each.name, each.name) for each in found if each.name],
        most=max([LEAST_SCALE, *(_scale(each) for each in workers)]),
        days_of=_days,
        lately_days=LATELY.days,
    )


def _scale(worker: Worker) -> int:
    return max(worker.carried.in_hand, worker.member.capacity or 0)


def _days(numbers: Sequence[int]) -> str:
    """Return weekdays as people say them: `Mon to Fri`, `Mon, Wed`."""
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):  # noqa: PLR2004 - two are listed
        return f"{DAYS[numbers[0]]} to {DAYS[numbers[-1]]}"
    return ", ".join(DAYS[each] for each in numbers) or "No days"
