"""What managers see as pictures, each with its numbers as a table and as a file."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from casework.views import figures
from web.pages import figures_interviews, figures_ladder
from web.pages.figures_period import DATES, USUAL, WEEKS, NotAPeriod, Period, read_period
from web.pages.figures_table import Shown
from web.pages.reading import Visit, Visiting
from web.pages.rendering import page
from web.problems import not_found, wrong_parameter

router = APIRouter(include_in_schema=False)


@router.get("/figures")
async def shown(visit: Visiting) -> Response:
    """Show every figure of a period."""
    teams, typed = await figures.teams(visit.tx), visit.request.query_params
    errors: dict[str, str] = {}
    period, found = None, []
    try:
        period = read_period(typed, teams, visit.now)
        found = [await figure(visit, period) for figure in FIGURES.values()]
    except NotAPeriod as error:
        errors = {error.field: error.message}
    return page(
        visit.request,
        "figures/figures.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        now=visit.now,
        period=period,
        figures=found,
        hidden=await figures.hidden(visit.tx),
        errors=errors,
        typed={**typed, "period": typed.get("period") or USUAL},
        choices=[*((str(each), f"Last {each} weeks") for each in WEEKS), (DATES, "Between two dates")],
        teams=[("", "All"), *((team, team) for team in teams)],
    )


@router.get("/figures/{name}.csv")
async def file(visit: Visiting, name: str) -> Response:
    """Give the numbers of one figure to a spreadsheet."""
    if name not in FIGURES:
        raise not_found("figure")
    try:
        teams = await figures.teams(visit.tx)
        period = read_period(visit.request.query_params, teams, visit.now)
    except NotAPeriod as error:
        raise wrong_parameter(error.field, error.message) from error
    told = await FIGURES[name](visit, period)
    file_name = f"homeward-{name}-{period.first}-to-{period.last}.csv"
    return Response(
        told.table.csv(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


async def _in_time(visit: Visit, period: Period) -> Shown:
    weeks = await figures.in_time(visit.tx, period.scope, period.first, period.last)
    return figures_interviews.in_time(period, weeks)


async def _hours(visit: Visit, period: Period) -> Shown:
    found = await figures.hours_to_interview(visit.tx, period.scope)
    return figures_interviews.hours_to_interview(period, found)


async def _time_lost(visit: Visit, period: Period) -> Shown:
    return figures_interviews.time_lost(period, await figures.time_lost(visit.tx, period.scope))


async def _repeats(visit: Visit, period: Period) -> Shown:
    ladder = (await visit.here.policy(visit.tx)).ladder
    found = await figures.repeat_missing(visit.tx, period.scope.until, ladder)
    return figures_ladder.repeat_missing(period, found)


async def _escalations(visit: Visit, period: Period) -> Shown:
    ladder = (await visit.here.policy(visit.tx)).ladder
    steps = await figures.after_escalation(visit.tx, period.scope, ladder, visit.now)
    return figures_ladder.after_escalation(period, steps)


FIGURES: Final[Mapping[str, Callable[[Visit, Period], Awaitable[Shown]]]] = {
    "in-time": _in_time,
    "hours-to-interview": _hours,
    "time-lost": _time_lost,
    "repeat-missing": _repeats,
    "after-escalation": _escalations,
}
"""The figures, in the order in which the page shows them."""
