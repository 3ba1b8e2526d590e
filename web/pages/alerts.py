"""Alerts: what is late, who was told, and what a manager decides about it."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from casework.alerts import acknowledge, reaches
from casework.refusals import Refusal
from casework.views.deadlines import hours_left
from casework.views.ladder import ladder
from casework.views.managers_alerts import Part, State, listed
from schemas.acknowledge import Acknowledge
from schemas.reading import Unreadable, read_as
from store.views import managers_alerts
from web.guard.forms import Form
from web.guard.sessions import Signed
from web.pages.alert_words import role, step_names, step_words, told_by_person, told_words
from web.pages.manager_words import DONE
from web.pages.query_text import Text
from web.pages.reading import Visit, Visiting
from web.pages.refused import errors_of, status_of
from web.pages.rendering import page
from web.pages.seeing import see
from web.problems import not_found
from web.state import Here

router = APIRouter(include_in_schema=False)
PER_PAGE = 20
STATES: Mapping[State, str] = {
    State.WAITING: "Not decided",
    State.DECIDED: "Decided, not over",
    State.OVER: "Over",
    State.ALL: "All",
}


class Asked(BaseModel):
    """Which alerts; `decided` is one that was decided on just now, `updates` off: they stay as they are."""

    state: State = State.WAITING
    step: Text = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    decided: UUID | None = None
    updates: Literal["", "off"] = ""


@router.get("/alerts")
async def shown(visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show alerts, those first that nobody decided on."""
    return await _list(visit, asked, {}, {})


@router.get("/interviews/{interview_id}/ladder")
async def of_interview(visit: Visiting, interview_id: UUID, decided: UUID | None = None) -> HTMLResponse:
    """Show what came due of one interview, what came of it, and what comes next."""
    return await _ladder(visit, interview_id, decided, {}, {})


@router.post("/alerts/{alert_id}")
async def sent(request: Request, here: Here, who: Signed, alert_id: UUID, form: Form) -> Response:
    """Write down what is decided."""
    now, field = here.clock(), f"decision-{alert_id}"
    async with here.store.transaction(who.authority, person=who.id) as tx:
        alert = await managers_alerts.find(tx, alert_id)
    if alert is None:
        raise not_found("alert")
    on_ladder = alert.interview_id if form.get("from") == "ladder" else None
    try:
        told = read_as(Acknowledge, {"by": who.by, "decision": form.get(field, "")})
        await acknowledge(
            here.store, who.authority, alert_id, told,
            key=f"page/{alert_id}/{who.id}", person=who.id, now=now,
        )  # fmt: skip
    except (Refusal, Unreadable) as error:
        errors = errors_of(error, {"decision": field}, field)
        async with here.store.transaction(who.authority, person=who.id) as tx:
            visit = Visit(request, here, who, tx, now)
            if on_ladder:
                return await _ladder(visit, on_ladder, None, form, errors, status_of(error))
            return await _list(visit, _asked(form), form, errors, status_of(error))
    back = _back(on_ladder, _asked(form), alert_id)
    return RedirectResponse(back, HTTPStatus.SEE_OTHER)


def _back(on_ladder: UUID | None, asked: Asked, alert_id: UUID) -> str:
    if on_ladder:
        return f"/interviews/{on_ladder}/ladder?decided={alert_id}"
    return _address(asked, decided=str(alert_id))


def _asked(form: Mapping[str, str]) -> Asked:
    told = {"state": form.get("state", ""), "step": form.get("step", "")[:100]}
    return Asked(**told) if told["state"] in set(State) else Asked(step=told["step"])


async def _list(
    visit: Visit,
    asked: Asked,
    form: Mapping[str, str],
    errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    part = Part(asked.state, asked.step or None, (asked.page - 1) * PER_PAGE, PER_PAGE)
    found = await listed(visit.tx, part)
    decided = await managers_alerts.find(visit.tx, asked.decided) if asked.decided else None
    return page(
        visit.request,
        "manager/alerts.html",
        status=status,
        now=visit.now,
        found=found,
        asked=asked,
        states=[(state, name, found.counts[state]) for state, name in STATES.items()],
        address=partial(_address, asked.model_copy(update={"page": found.number, "decided": None})),
        decided=decided,
        from_ladder=False,
        **await _words(visit, form, errors),
    )


async def _ladder(  # noqa: PLR0917 - a form and what was wrong with it
    visit: Visit,
    interview_id: UUID,
    decided: UUID | None,
    form: Mapping[str, str],
    errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.OK,
) -> HTMLResponse:
    found = await ladder(visit.tx, interview_id, (await visit.here.policy(visit.tx)).ladder, visit.now)
    await see(visit, found.about.child_id, "ladder")
    return page(
        visit.request,
        "manager/ladder.html",
        status=status,
        now=visit.now,
        found=found,
        left=hours_left(found.interview.due_at, found.interview.status, visit.now),
        decided=next((each.alert for each in found.reached if each.alert.id == decided), None),
        step_words=step_words,
        DONE=DONE,
        from_ladder=True,
        **await _words(visit, form, errors),
    )


async def _words(visit: Visit, form: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    policy = await visit.here.policy(visit.tx)
    return {
        "steps": step_names(policy.ladder),
        "role": role,
        "told_words": told_words,
        "told_by_person": told_by_person,
        "reaches": reaches,
        "typed": lambda name: form.get(name, ""),
        "errors": errors,
    }


def _address(asked: Asked, **other: object) -> str:
    """Return the address of this page with some of what it shows changed; what is usual is left out."""
    usual = Asked().model_dump(mode="json")
    told = asked.model_dump(mode="json") | other
    changed = {name: value for name, value in told.items() if value != usual[name]}
    return f"/alerts?{urlencode(changed)}" if changed else "/alerts"
