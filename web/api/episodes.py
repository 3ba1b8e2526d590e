"""Missing episodes, for other systems."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from schemas.words import Category, EpisodeStatus, Mark, RiskLevel
from store.views import episodes
from store.views.episodes import Wanted
from web.api.lists import Instant, Page, after_number, page
from web.api.parameters import From, ListQuery, Text, To, check_order
from web.api.reading import NOT_FOUND, REFUSALS, Key, Reading, child_of, id_of
from web.problems import not_found

router = APIRouter(prefix="/api/v1/episodes", tags=["episodes"], responses=REFUSALS)


class Incident(BaseModel):
    """What a force calls it: all of its notifications under one reference."""

    source: str
    subject: str


class EpisodeOut(BaseModel):
    """One period in which one child was missing, whatever number of incidents and forces told of it."""

    id: UUID
    authority: str
    child_id: UUID
    status: EpisodeStatus
    category: Category | None
    risk_level: RiskLevel | None
    risk_factors: list[str]
    started_at: Instant | None
    located_at: Instant | None
    returned_at: Instant | None
    conflict: bool
    conflict_reasons: list[str]
    marks: list[str]
    incidents: list[Incident]
    notifications: list[str]
    interview_id: UUID | None
    superseded: bool
    superseded_by: UUID | None


class EpisodeQuery(ListQuery):
    """Which episodes. Those whose time touches `from` to `to` are wanted."""

    child: Annotated[Text | None, Field(description="Our id, or the authority's own id of the child")] = None
    status: tuple[EpisodeStatus, ...] = ()
    from_at: Annotated[From | None, Field(alias="from")] = None
    to_at: Annotated[To | None, Field(alias="to")] = None


@router.get("", summary="List missing episodes, in the order in which they were first told of")
async def listed(tx: Reading, query: Annotated[EpisodeQuery, Query()]) -> Page[EpisodeOut]:
    """Give the live ones; an episode that another has superseded is found by its id alone."""
    check_order(query.from_at, query.to_at)
    after = after_number(query.cursor)
    child_id, nobody = await child_of(tx, query.child)
    wanted = Wanted(child_id, [s.value for s in query.status] or None, query.from_at, query.to_at)
    rows = [] if nobody else await episodes.listed(tx, wanted, after, query.limit + 1)
    return page(rows, query.limit, _out, lambda row: [row.number])


@router.get("/{id}", summary="One missing episode, also one that another has superseded", responses=NOT_FOUND)
async def one(tx: Reading, id: Key) -> EpisodeOut:  # noqa: A002 - its name in the address
    """Give it as it stands; `superseded_by` is the episode that answers for it now."""
    episode = await episodes.find(tx, id_of(id, "episode"))
    if episode is None:
        raise not_found("episode")
    return _out(episode)


def marks_of(episode: episodes.Episode) -> Sequence[str]:
    """Return why an episode is shown to a screener."""
    return [*episode.marks, *([Mark.PROVISIONAL_CHILD.value] if episode.provisional_child else [])]


def _out(row: episodes.Episode) -> EpisodeOut:
    return EpisodeOut(
        id=row.id,
        authority=row.authority,
        child_id=row.child_id,
        status=EpisodeStatus(row.status),
        category=Category(row.category) if row.category else None,
        risk_level=RiskLevel(row.risk_level) if row.risk_level else None,
        risk_factors=list(row.risk_factors),
        started_at=row.started_at,
        located_at=row.located_at,
        returned_at=row.returned_at,
        conflict=bool(row.conflict_reasons),
        conflict_reasons=list(row.conflict_reasons),
        marks=list(marks_of(row)),
        incidents=[Incident(source=source, subject=subject) for source, subject in row.incidents],
        notifications=[id_ for _, id_ in row.notifications],
        interview_id=row.interview_id,
        superseded=row.superseded,
        superseded_by=row.superseded_by,
    )
