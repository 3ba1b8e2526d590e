"""Who holds interviews, who could, and the invitation to one that is arranged, for other systems."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from casework import allocating, invitation
from casework.allocating import Ranked, Wishes
from schemas.staff import Hours, Leave, Role
from store import staff
from web.api.lists import Instant, Page
from web.api.parameters import Text
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, id_of
from web.state import Here

router = APIRouter(prefix="/api/v1", tags=["interviews"], responses=REFUSALS)
CALENDAR = "text/calendar"


class InterviewerOut(BaseModel):
    """One person of the directory; `working` gives hours by weekday, `0` is Monday."""

    id: str
    name: str
    email: str | None
    phone: str | None
    roles: list[Role]
    teams: list[str]
    languages: list[str]
    gender: str | None
    training: list[str]
    employer: str | None
    working: dict[int, Hours]
    leave: list[Leave]
    capacity: int | None
    gone_on: date | None


class CandidateOut(BaseModel):
    """Somebody who may hold the interview, with the reasons of the score; or may not, and why."""

    interviewer: str
    name: str
    may: bool
    asked_for: bool
    score: float
    reasons: list[str]
    why_not: list[str]
    hours_free: float
    """Working hours before the deadline."""
    in_hand: int


class CandidatesOut(BaseModel):
    """Everybody in the directory, the best placed first, then who may not. `language` is the child's."""

    interview: UUID
    due_at: Instant
    language: str | None
    candidates: list[CandidateOut]


class PlacementOut(BaseModel):
    """An interview, who could hold it, and by when. `version` is the interview's that was looked at."""

    interview: UUID
    version: int
    due_at: Instant
    interviewer: str
    name: str
    by: Instant
    in_time: bool
    score: float
    reasons: list[str]


class UnplacedOut(BaseModel):
    """An interview for which nobody was found, and why."""

    interview: UUID
    due_at: Instant
    why: str


class AllocationOut(BaseModel):
    """Who could take which interview that nobody has yet. Nothing is changed by asking."""

    placements: list[PlacementOut]
    unplaced: list[UnplacedOut]


class NoQuery(BaseModel):
    """Nothing may be asked for in the address."""

    model_config = ConfigDict(extra="forbid")


class WishesQuery(NoQuery):
    """What the child asked for, as far as it is known."""

    asked_for: Annotated[
        Text | None, Field(description="Whom the child asked for, as the directory has them")
    ] = None
    language: Annotated[Text | None, Field(description="The child's language, such as polish")] = None
    gender: Annotated[Text | None, Field(description="Of which gender the child asked for somebody")] = None


@router.get("/interviewers", summary="The directory: interviewers, and the managers of the ladder")
async def listed(tx: Reading, query: Annotated[NoQuery, Query()]) -> Page[InterviewerOut]:
    """Give everybody in one page, also who has left. In whose care somebody is involved is not told."""
    people = await staff.all_of(tx)
    names = set(InterviewerOut.model_fields)
    return Page(
        items=[InterviewerOut.model_validate(each.model_dump(include=names)) for each in people], next=None
    )


@router.get(
    "/interviews/{id}/candidates",
    summary="Who could hold an interview: a ranking with its reasons, and who may not and why",
    responses=NOT_FOUND,
)
async def candidates(
    tx: Reading,
    here: Here,
    id: Key,  # noqa: A002 - its name in the address
    query: Annotated[WishesQuery, Query()],
) -> CandidatesOut:
    """Rank everybody by the policy; the child's own choice is above all."""
    wishes = Wishes(query.asked_for, query.language, query.gender)
    ranked = await allocating.candidates(
        tx, id_of(id, "interview"), await here.policy(tx), here.clock(), wishes=wishes
    )
    return _candidates(ranked)


@router.get("/allocation", summary="Who could take which of all interviews that nobody has yet")
async def allocation(tx: Reading, here: Here, query: Annotated[NoQuery, Query()]) -> AllocationOut:
    """Suggest as many as can be held in time; each is given to somebody by the command `allocate`."""
    found = await allocating.suggest_all(tx, await here.policy(tx), here.clock())
    placements = [
        PlacementOut(
            interview=each.need.interview_id,
            version=found.versions[each.need.interview_id],
            due_at=each.need.due_at,
            interviewer=each.candidate.member.id,
            name=each.candidate.member.name,
            by=each.by,
            in_time=each.in_time,
            score=each.candidate.score,
            reasons=list(each.candidate.reasons),
        )
        for each in found.placements
    ]
    unplaced = [
        UnplacedOut(interview=each.need.interview_id, due_at=each.need.due_at, why=each.why)
        for each in found.unplaced
    ]
    return AllocationOut(placements=placements, unplaced=unplaced)


@router.get(
    "/interviews/{id}/invitation.ics",
    summary="The calendar invitation of the arranged slot, without the child's identity",
    response_class=Response,
    responses=NOT_FOUND | {200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}},
)
async def invited(tx: Reading, here: Here, request: Request, id: Key) -> Response:  # noqa: A002 - as above
    """Give the slot agreed last; called off, it says so. A later one replaces it in the calendar."""
    slot = await invitation.slot_of(tx, id_of(id, "interview"))
    link = f"{request.base_url}interviews/{slot.interview_id}"
    return Response(
        invitation.calendar_of(slot, link, here.clock()),
        media_type=f"{CALENDAR}; charset=utf-8; method={slot.method}",
        headers={"Content-Disposition": 'attachment; filename="return-home-interview.ics"'},
    )


def _candidates(ranked: Ranked) -> CandidatesOut:
    return CandidatesOut(
        interview=ranked.interview_id,
        due_at=ranked.due_at,
        language=ranked.language,
        candidates=[
            CandidateOut(
                interviewer=each.member.id,
                name=each.member.name,
                may=each.may,
                asked_for=each.asked_for,
                score=each.score,
                reasons=list(each.reasons) if each.may else [],
                why_not=[refusal.why for refusal in each.refusals],
                hours_free=each.hours_free,
                in_hand=each.in_hand,
            )
            for each in ranked.candidates
        ],
    )
