"""What waits for a screener, for other systems."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from store.views import questions
from store.views.questions import Question
from web.api.lists import Instant, Page, after_moment, page
from web.api.parameters import ListQuery, Text
from web.api.reading import REFUSALS, Reading

router = APIRouter(prefix="/api/v1/questions", tags=["questions"], responses=REFUSALS)


class MessageKey(BaseModel):
    """The identity of a notification."""

    source: str
    id: str


class QuestionOut(BaseModel):
    """One thing that a person has to look at; the clock does not wait for it."""

    id: UUID
    kind: str
    child_id: UUID
    episode_id: UUID | None
    notification: MessageKey | None
    evidence: dict[str, Any]
    opened_at: Instant


class QuestionQuery(ListQuery):
    """Which questions."""

    kind: Text | None = None


@router.get("", summary="List open questions, the oldest first")
async def listed(tx: Reading, query: Annotated[QuestionQuery, Query()]) -> Page[QuestionOut]:
    """Give what is asked of whom; a question that the facts have answered is gone."""
    after = after_moment(query.cursor)
    rows = await questions.listed(tx, kind=query.kind, after=after, limit=query.limit + 1)
    return page(rows, query.limit, _out, lambda row: [row.opened_at, row.id])


def _out(row: Question) -> QuestionOut:
    told = row.message_source is not None and row.message_id is not None
    return QuestionOut(
        id=row.id,
        kind=row.kind,
        child_id=row.child_id,
        episode_id=row.episode_id,
        notification=MessageKey(source=row.message_source or "", id=row.message_id or "") if told else None,
        evidence=row.evidence,
        opened_at=row.opened_at,
    )
