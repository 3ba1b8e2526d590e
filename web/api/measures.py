"""Honest measures: what came of the interviews due in a period, and which interviews each figure counts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from casework import measuring
from casework.measuring import BANDS, DELAY_MEANS, MEANS, PARTS, Counted, Figure, Measures
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import From, ListQuery, check_order
from web.api.reading import NOT_FOUND, REFUSALS, Reading
from web.problems import not_found
from web.state import Here

router = APIRouter(prefix="/api/v1/measures", tags=["measures"], responses=REFUSALS)
FIRST = Field(alias="from", description="The first moment of the period, or its first day, in London")
LAST = Field(alias="to", description="The moment, or the day in London, before which the period ends")


class FigureOut(BaseModel):
    """How many interviews are counted, and what it takes to be counted."""

    name: Figure
    count: int
    means: str


class QuestionOut(BaseModel):
    """One question about a whole: each interview of the whole is in exactly one of `figures`."""

    question: str
    whole: Figure
    figures: list[Figure]


class ShareOut(BaseModel):
    """`counts` of `of`; null where there are none."""

    name: str
    means: str
    counts: int
    of: int
    share: float | None


class BandOut(BaseModel):
    """How many took longer than the band before and up to `hours`; null is any longer."""

    hours: int | None
    count: int


class DelayOut(BaseModel):
    """How long one step took, in hours, where both its moments are known."""

    name: str
    means: str
    count: int
    median_hours: float | None
    longest_hours: float | None
    bands: list[BandOut]


class MeasuresOut(BaseModel):
    """The interviews whose deadline lies in the period, as known at `as_of`; only those that you may see."""

    model_config = ConfigDict(populate_by_name=True)

    authority: str
    from_at: Annotated[Instant, Field(serialization_alias="from")]
    to_at: Annotated[Instant, Field(serialization_alias="to")]
    as_of: Instant
    figures: list[FigureOut]
    questions: list[QuestionOut]
    shares: list[ShareOut]
    delays: list[DelayOut]


class CountedOut(BaseModel):
    """One interview that a figure counts: the moment for which it does, else its deadline, and the reason."""

    id: UUID
    at: Instant
    reason: str | None


class PeriodQuery(BaseModel):
    """Which period."""

    model_config = ConfigDict(extra="forbid")
    from_at: Annotated[From, FIRST]
    to_at: Annotated[From, LAST]


class CountedQuery(ListQuery):
    """Which period, and which part of the list."""

    from_at: Annotated[From, FIRST]
    to_at: Annotated[From, LAST]


@router.get("", summary="What came of the interviews due in a period")
async def measures(tx: Reading, here: Here, query: Annotated[PeriodQuery, Query()]) -> MeasuresOut:
    """Give every figure with its meaning. One conversation may cover several interviews: see `held`."""
    check_order(query.from_at, query.to_at)
    found = await measuring.measured(tx, query.from_at, query.to_at, here.clock())
    return MeasuresOut(
        authority=tx.authority,
        from_at=found.from_at,
        to_at=found.until,
        as_of=found.as_of,
        figures=[FigureOut(name=each, count=found.count(each), means=MEANS[each]) for each in Figure],
        questions=[
            QuestionOut(question=name, whole=whole, figures=list(parts))
            for (whole, name), parts in PARTS.items()
        ],
        shares=[
            ShareOut(
                name=each.name,
                means=each.means,
                counts=each.counts,
                of=each.of,
                share=None if each.share is None else round(each.share, 4),
            )
            for each in found.shares()
        ],
        delays=_delays(found),
    )


@router.get("/{figure}/interviews", summary="The interviews that a figure counts", responses=NOT_FOUND)
async def interviews(
    figure: str, tx: Reading, here: Here, query: Annotated[CountedQuery, Query()]
) -> Page[CountedOut]:
    """Give each once, by the moment for which it counts. `held` names each conversation by its interview."""
    check_order(query.from_at, query.to_at)
    if figure not in set(Figure):
        raise not_found("figure")
    after = after_moment(query.cursor)
    found = await measuring.measured(tx, query.from_at, query.to_at, here.clock())
    rows = [
        each
        for each in measuring.counted(found, Figure(figure))
        if after is None or (each.at, each.id) > after
    ]
    return page(rows[: query.limit + 1], query.limit, _counted, lambda each: [each.at, each.id])


def _counted(each: Counted) -> CountedOut:
    return CountedOut(id=each.id, at=each.at, reason=each.reason)


def _delays(found: Measures) -> list[DelayOut]:
    return [
        DelayOut(
            name=delay,
            means=DELAY_MEANS[delay],
            count=each.count,
            median_hours=each.median_hours,
            longest_hours=each.longest_hours,
            bands=[
                BandOut(hours=hours, count=count)
                for hours, count in zip((*BANDS, None), each.bands, strict=True)
            ],
        )
        for delay, each in found.delays.items()
    ]
