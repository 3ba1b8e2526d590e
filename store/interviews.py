"""Interviews as stored."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert

from domain.interview import Interview
from domain.telling import MessageKey
from schemas.words import Stage
from store import tables
from store.database import Transaction

COLUMNS = (
    "child_id",
    "episode_id",
    "status",
    "clock_started_at",
    "due_at",
    "provisional_due",
    "anchor_source",
    "anchor_id",
    "voided_reason",
    "voided_from",
)
"""What the rules decide of an interview; the other columns are what people did."""


async def of_children(tx: Transaction, child_ids: Iterable[UUID]) -> list[Interview]:
    """Return all interviews of these children, voided ones too."""
    rows = await tx.all(
        "SELECT * FROM interviews WHERE authority = :authority AND child_id = ANY(CAST(:ids AS uuid[]))",
        authority=tx.authority,
        ids=list(child_ids),
    )
    return [read(row) for row in rows]


async def save(tx: Transaction, interviews: Sequence[Interview], now: datetime) -> None:
    """Insert or update what the rules decide of interviews; what people did to them stays."""
    values = [columns_of(i) | {"id": i.id, "authority": tx.authority, "updated_at": now} for i in interviews]
    statement = insert(tables.interviews)
    changed: dict[str, Any] = {name: statement.excluded[name] for name in (*COLUMNS, "updated_at")}
    was = tables.interviews.c
    # a moved deadline is no reason to refuse what somebody wrote meanwhile; another stage is
    changed["version"] = was.version + case((was.status != statement.excluded.status, 1), else_=0)
    await tx.upsert(statement.on_conflict_do_update(index_elements=["id"], set_=changed), values)


def columns_of(interview: Interview) -> dict[str, Any]:
    """Return what the rules decide of an interview, by column."""
    return {
        "child_id": interview.child_id,
        "episode_id": interview.episode_id,
        "status": interview.stage.value,
        "clock_started_at": interview.clock_started_at,
        "due_at": interview.due_at,
        "provisional_due": interview.provisional_due,
        "anchor_source": interview.anchor.source,
        "anchor_id": interview.anchor.id,
        "voided_reason": interview.voided_reason,
        "voided_from": interview.voided_from.value if interview.voided_from else None,
    }


def read(row: Any) -> Interview:
    """Return the interview of a row."""
    return Interview(
        id=row.id,
        child_id=row.child_id,
        episode_id=row.episode_id,
        stage=Stage(row.status),
        clock_started_at=row.clock_started_at,
        due_at=row.due_at,
        provisional_due=row.provisional_due,
        anchor=MessageKey(row.anchor_source, row.anchor_id),
        voided_reason=row.voided_reason,
        voided_from=Stage(row.voided_from) if row.voided_from else None,
    )
