"""Handing an interview over to the authority in whose area the child lives."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from casework import handovers
from casework.handovers import Shown, Wanted
from schemas.handover import HANDOVER_STEPS, HandoverAnswer, HandoverStep, OfferHandover
from schemas.reading import Unreadable, read_as
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import ListQuery
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reader, id_of
from web.api.working import CHANGED_MEANWHILE, Command, Sent, described, wrong
from web.state import Here

router = APIRouter(prefix="/api/v1", tags=["handovers"], responses=REFUSALS)
OPEN: Final = "open"
Body = TypeVar("Body", bound=BaseModel)


class HandoverOut(BaseModel):
    """One offer, as owner and host see it.

    `responsible` is the one authority that answers for the interview now; `due_at` its deadline, which the
    hand-over does not move.
    """

    id: UUID
    interview_id: UUID
    owner: str
    host: str
    reason: str
    offered_at: Instant
    offered_by: str
    accept_by: Instant
    state: HandoverAnswer | Literal["open"]
    answered_at: Instant | None
    answered_by: str | None
    answer_why: str | None
    responsible: str
    due_at: Instant | None


class HandoverDoneOut(HandoverOut):
    """The offer after a step; `repeated`: the step was taken before."""

    repeated: bool


class HandoverQuery(ListQuery):
    """Which offers."""

    interview: UUID | None = None
    open: bool = False


@router.get("/handovers", summary="List hand-overs offered by this authority and to it, the latest first")
async def listed(bearer: Reader, here: Here, query: Annotated[HandoverQuery, Query()]) -> Page[HandoverOut]:
    """Give those that are answered, too, unless `open` asks for what can still be answered."""
    now = here.clock()
    rows = await handovers.listed(
        here.store,
        bearer.authority,
        Wanted(query.interview, now if query.open else None),
        after_moment(query.cursor),
        query.limit + 1,
        person=bearer.person,
        now=now,
    )
    return page(rows, query.limit, lambda row: HandoverOut(**_facts(row)), _place)


@router.get("/handovers/{id}", summary="One hand-over", responses=NOT_FOUND)
async def one(id: Key, bearer: Reader, here: Here) -> HandoverOut:  # noqa: A002 - its name in the address
    """Give it to its owner or its host."""
    found = await handovers.shown(
        here.store, bearer.authority, id_of(id, "hand-over"), person=bearer.person, now=here.clock()
    )
    return HandoverOut(**_facts(found))


@router.post(
    "/interviews/{id}/hand-over",
    summary="Offer an interview to the authority where the child lives",
    responses=NOT_FOUND | CHANGED_MEANWHILE,
    openapi_extra=described(OfferHandover.model_json_schema()),
)
async def hand_over(id: Key, sent: Command, here: Here) -> HandoverDoneOut:  # noqa: A002 - its name in the address
    """Offer it until `accept_by`. Until the host accepts, and if it does not, the owner is responsible."""
    interview_id = id_of(id, "interview")
    asked = _read(OfferHandover, sent)
    told = await handovers.offer(
        here.store,
        sent.authority,
        interview_id,
        asked,
        key=sent.key,
        person=sent.person,
        now=here.clock(),
    )
    return await _done(sent, here, told)


def _route(step: type[HandoverStep]) -> Callable[..., Awaitable[HandoverDoneOut]]:
    async def take(id: Key, sent: Command, here: Here) -> HandoverDoneOut:  # noqa: A002 - its name in the address
        told = await handovers.answer(
            here.store,
            sent.authority,
            id_of(id, "hand-over"),
            _read(step, sent),
            person=sent.person,
            served=here.site.authorities,
            now=here.clock(),
        )
        return await _done(sent, here, told)

    return take


for _step in HANDOVER_STEPS:
    _lines = (_step.__doc__ or "").strip().splitlines()
    router.add_api_route(
        f"/handovers/{{id}}/{_step.name}",
        _route(_step),
        methods=["POST"],
        name=_step.name,
        operation_id=f"handover_{_step.name}",
        summary=_lines[0].rstrip("."),
        description="The same again changes nothing. What is answered or lapsed is refused with 409.",
        responses=NOT_FOUND | CHANGED_MEANWHILE,
        openapi_extra=described(_step.model_json_schema()),
    )


def _read(kind: type[Body], sent: Sent) -> Body:
    try:
        return read_as(kind, sent.body)
    except Unreadable as error:
        raise wrong(*error.problems) from error


async def _done(sent: Sent, here: Here, told: handovers.Told) -> HandoverDoneOut:
    found = await handovers.shown(
        here.store, sent.authority, told.handover_id, person=sent.person, now=here.clock()
    )
    return HandoverDoneOut(**_facts(found), repeated=told.repeated)


def _place(row: Shown) -> list[object]:
    return [row.offered.handover.offered_at, row.offered.handover.id]


def _facts(row: Shown) -> Mapping[str, Any]:
    handover = row.offered.handover
    same = ("id", "interview_id", "owner", "host", "offered_at", "accept_by", "answered_at")
    words = ("reason", "offered_by", "answered_by", "answer_why")
    return {
        **{name: getattr(handover, name) for name in same},
        **{name: getattr(row.offered, name) for name in words},
        "state": row.answer or OPEN,
        "responsible": row.responsible,
        "due_at": row.due_at,
    }
