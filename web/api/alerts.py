"""Alerts: who was told that something is late, by which way, and what was decided."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from casework import alerts as casework
from schemas.acknowledge import Acknowledge
from schemas.ladder_policy import DEADLINE, LadderPolicy
from schemas.reading import Unreadable, read_as
from store import alerts as stored
from store.alerts import Delivery
from store.views import alerts
from store.views.alerts import Alert, Wanted
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import ListQuery, Text
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, child_of, id_of
from web.api.working import CHANGED_MEANWHILE, Command, described, wrong
from web.problems import not_found
from web.state import Here

router = APIRouter(prefix="/api/v1/alerts", tags=["alerts"], responses=REFUSALS)


class ToldOut(BaseModel):
    """One person, one way. `why`: why it did not reach them; `not_before`: when it may be sent."""

    who: str
    role: str
    level: int
    channel: str
    state: Literal["queued", "sent", "failed", "undeliverable"]
    why: str | None
    queued: Instant
    not_before: Instant
    sent: Instant | None


class AlertOut(BaseModel):
    """One step of the ladder that came due for an interview or an episode, or work that failed.

    `told` says who is told by which way and when it was sent, `who` names those who get it; `reached` is
    false where nobody could be.
    `held_within_24h` says whether the interview was held within 24 hours of the alert; null where that was
    not the question, or is not known yet.
    """

    id: UUID
    authority: str
    step: str
    interview_id: UUID | None
    episode_id: UUID | None
    child_id: UUID | None
    due_at: Instant
    raised_at: Instant
    expected: str
    expected_by: Instant
    level: int
    who: list[str]
    told: list[ToldOut]
    reached: bool
    acknowledged: Instant | None
    acknowledged_by: str | None
    decision: str | None
    open: bool
    closed_at: Instant | None
    closed_why: str | None
    held_within_24h: bool | None


class OfStepOut(BaseModel):
    """What came of a step's alerts. The last two count those that ask for an interview to be held."""

    step: str
    raised: int
    open: int
    acknowledged: int
    climbed: int
    held_within_24h: int
    not_held_within_24h: int


class StepsOut(BaseModel):
    """Every step of which there ever was an alert."""

    items: list[OfStepOut]


class AlertQuery(ListQuery):
    """Which alerts."""

    interview: UUID | None = None
    episode: UUID | None = None
    child: Annotated[Text | None, Field(description="Our id, or the authority's own id of the child")] = None
    step: Annotated[Text | None, Field(description="The step's id in the policy")] = None
    open: Annotated[bool | None, Field(description="true: not over yet; false: over")] = None
    recipient: Annotated[Text | None, Field(description="Whom it was to reach: an id of the directory")] = (
        None
    )


@router.get("", summary="List alerts, the latest first")
async def listed(tx: Reading, here: Here, query: Annotated[AlertQuery, Query()]) -> Page[AlertOut]:
    """Give what is over too, unless `open` says which are wanted."""
    after = after_moment(query.cursor)
    child_id, nobody = await child_of(tx, query.child)
    wanted = Wanted(
        _holding((await here.policy(tx)).ladder),
        here.clock(),
        query.interview,
        query.episode,
        child_id,
        query.step,
        query.open,
        query.recipient,
    )
    rows = [] if nobody else await alerts.listed(tx, wanted, after, query.limit + 1)
    told = await stored.told(tx, [row.id for row in rows])
    return page(
        rows, query.limit, lambda row: _out(row, told.get(row.id, [])), lambda row: [row.raised_at, row.id]
    )


@router.get("/steps", summary="What came of each step's alerts")
async def steps(tx: Reading, here: Here) -> StepsOut:
    """Count, by step, what was raised and acknowledged, and what was held within 24 hours of it."""
    rows = await alerts.by_step(tx, _holding((await here.policy(tx)).ladder), here.clock())
    return StepsOut(
        items=[
            OfStepOut(
                step=row.step,
                raised=row.raised,
                open=row.open,
                acknowledged=row.acknowledged,
                climbed=row.climbed,
                held_within_24h=row.held,
                not_held_within_24h=row.not_held,
            )
            for row in rows
        ]
    )


@router.get("/{id}", summary="One alert", responses=NOT_FOUND)
async def one(tx: Reading, here: Here, id: Key) -> AlertOut:  # noqa: A002 - its name in the address
    """Give it with everybody who was told of it."""
    return await _found(tx, here, id_of(id, "alert"))


@router.post(
    "/{id}/acknowledge",
    summary="Say what is done about an alert",
    responses=NOT_FOUND | CHANGED_MEANWHILE,
    openapi_extra=described(Acknowledge.model_json_schema()),
)
async def acknowledge(id: Key, sent: Command, here: Here) -> AlertOut:  # noqa: A002 - its name in the address
    """Write down the decision: from then on the alert climbs no further. The same again changes nothing."""
    alert_id = id_of(id, "alert")
    await casework.acknowledge(
        here.store,
        sent.authority,
        alert_id,
        _read(sent.body),
        key=sent.key,
        person=sent.person,
        now=here.clock(),
    )
    async with here.store.transaction(sent.authority, sent.person) as tx:
        return await _found(tx, here, alert_id)


def _read(body: dict[str, Any]) -> Acknowledge:
    try:
        return read_as(Acknowledge, body)
    except Unreadable as error:
        raise wrong(*error.problems) from error


async def _found(tx: Reading, here: Here, alert_id: UUID) -> AlertOut:
    alert = await alerts.find(tx, alert_id, _holding((await here.policy(tx)).ladder), here.clock())
    if alert is None:
        raise not_found("alert")
    told = await stored.told(tx, [alert.id])
    return _out(alert, told.get(alert.id, []))


def _holding(ladder: LadderPolicy) -> Sequence[str]:
    return ladder.of(*DEADLINE)


def _out(row: Alert, told: Sequence[Delivery]) -> AlertOut:
    facts = {name: getattr(row, name) for name in Alert.__slots__ if name != "acknowledged_at"}
    return AlertOut(
        **facts,
        acknowledged=row.acknowledged_at,
        open=row.closed_at is None,
        who=list(dict.fromkeys(each.recipient for each in told if each.state in {"queued", "sent"})),
        told=[_told(each) for each in told],
        reached=casework.reaches(told),
    )


def _told(row: Delivery) -> ToldOut:
    return ToldOut.model_validate(
        {
            "who": row.recipient,
            "queued": row.queued_at,
            "sent": row.sent_at,
            **{
                name: getattr(row, name)
                for name in ("role", "level", "channel", "state", "why", "not_before")
            },
        }
    )
