"""The managers' board: what is late, who has it, what was done, and what waits for a decision."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from casework.views.deadlines import hours_left
from casework.views.managers_board import board
from schemas.words import RiskLevel
from store import conduct, glass, staff
from store.database import Transaction
from store.views.managers_board import Filters, Group, Order, Part
from web.pages.alert_words import step_names
from web.pages.manager_words import DID, DONE, GROUPS, ORDERS
from web.pages.query_text import Text
from web.pages.reading import Visiting
from web.pages.rendering import page
from web.pages.terms import RISKS

PER_PAGE = 25
OFTEN_TRIED = 3
"""From how many attempts on a child is hard to reach."""

router = APIRouter(include_in_schema=False)


class Asked(BaseModel):
    """Which part of the board; `updates` off: it stays as it is."""

    group: Group = Group.OVERDUE
    sort: Order = Order.DEADLINE
    turned: Literal["", "yes"] = ""
    team: Text = ""
    worker: Text = ""
    care: Literal["", "yes", "no"] = ""
    risk: RiskLevel | Literal[""] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    updates: Literal["", "off"] = ""
    did: Literal["", "allocated", "approved", "sent-back"] = ""
    interview: UUID | None = None


@router.get("/board")
async def shown(request: Request, visit: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """Show one group of the unfinished interviews as they are now."""
    tx, now, policy = visit.tx, visit.now, await visit.here.policy(visit.tx)
    part = Part(asked.group, asked.sort, bool(asked.turned), (asked.page - 1) * PER_PAGE, PER_PAGE)
    found = await board(tx, policy, now, _filters(asked), part)
    return page(
        request,
        "manager/board.html",
        now=now,
        board=found,
        asked=asked,
        groups=[(group, GROUPS[group], found.counts[group]) for group in Group],
        all=Group.ALL,
        named_group=GROUPS[asked.group],
        DONE=DONE,
        team_choices=[(team, team) for team in found.teams],
        worker_choices=[(each.id, each.name) for each in found.workers],
        risk_choices=[(level.value, RISKS[level.value]) for level in reversed(RiskLevel)],
        sorts=[(order.value, ORDERS[order]) for order in Order],
        filtered=any((asked.team, asked.worker, asked.care, asked.risk)),
        address=partial(
            _address, asked.model_copy(update={"page": found.number, "did": "", "interview": None})
        ),
        left_of=lambda row: hours_left(row.due_at, row.status, now),
        steps=step_names(policy.ladder),
        often_tried=OFTEN_TRIED,
        done=await _done(tx, asked),
        opened=await glass.not_reviewed(tx),
    )


def _filters(asked: Asked) -> Filters:
    return Filters(
        team=asked.team or None,
        worker=asked.worker or None,
        risk=asked.risk or None,
        in_care={"yes": True, "no": False}.get(asked.care),
    )


def _address(asked: Asked, **other: object) -> str:
    """Return the address of this page with some of what it shows changed; what is usual is left out."""
    usual = Asked().model_dump(mode="json")
    told: Mapping[str, object] = asked.model_dump(mode="json") | other
    changed = {name: value for name, value in told.items() if value != usual[name]}
    return f"/board?{urlencode(changed)}" if changed else "/board"


async def _done(tx: Transaction, asked: Asked) -> str | None:
    """Return what was done on the page before, in a sentence."""
    found = await conduct.find(tx, asked.interview) if asked.did and asked.interview else None
    if found is None:
        return None
    interviewer = found.progress.interviewer or ""
    people = await staff.found(tx, [interviewer])
    name = people[interviewer].name if interviewer in people else interviewer
    return DID[asked.did].format(name=name)
