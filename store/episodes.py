"""Episodes as stored: every column but the ids and `updated_at` is what the fold decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.range import TimestamptzRange
from sqlalchemy.dialects.postgresql import insert

from domain.continuity import Remembered
from domain.diff import EpisodeFacts
from domain.episode import Episode
from domain.interview import Placed
from domain.telling import MessageKey
from schemas.words import Category, EpisodeStatus, RiskLevel
from store import tables
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """A stored episode, as far as a change needs it."""

    remembered: Remembered
    child_id: UUID
    facts: EpisodeFacts
    columns: Mapping[str, Any] = field(default_factory=dict)
    """What is stored of what the fold decides; empty for one that was never stored."""


DECIDED = (
    "status",
    "category",
    "risk_level",
    "risk_factors",
    "started_at",
    "located_at",
    "returned_at",
    "conflict_reasons",
    "marks",
    "incidents",
    "notifications",
    "period",
)
"""The columns that `columns_of` gives."""


async def of_children(tx: Transaction, child_ids: Iterable[UUID]) -> list[EpisodeRow]:
    """Return all episodes of these children, superseded ones too, oldest first."""
    rows = await tx.all(
        "SELECT * FROM episodes"
        " WHERE authority = :authority AND child_id = ANY(CAST(:ids AS uuid[])) ORDER BY number",
        authority=tx.authority,
        ids=list(child_ids),
    )
    return [_row(row) for row in rows]


def columns_of(episode: Episode) -> dict[str, Any]:
    """Return what the fold decides of an episode, by column."""
    period = episode.period
    return {
        "status": episode.status.value,
        "category": episode.category.value if episode.category else None,
        "risk_level": episode.risk_level.value if episode.risk_level else None,
        "risk_factors": list(episode.risk_factors),
        "started_at": episode.started_at,
        "located_at": episode.located_at,
        "returned_at": episode.returned_at,
        "conflict_reasons": [conflict.value for conflict in episode.conflicts],
        "marks": [mark.value for mark in episode.marks],
        "incidents": [list(reference) for reference in episode.incidents],
        "notifications": [list(key) for key in episode.notifications],
        # an instant without end must not become [t,∞) by mistake: both bounds are given, and closed
        "period": TimestamptzRange(period.start, period.end, "[]" if period.end else "[)")
        if period
        else None,
    }


def is_new(one: Placed, row: EpisodeRow | None) -> bool:
    """Whether an episode has to be stored, since it is not there, or is not there like this."""
    if row is None or row.remembered.superseded or row.child_id != one.child_id:
        return True
    return columns_of(one.episode) != row.columns


async def save(
    tx: Transaction, placed: Sequence[Placed], child_numbers: Mapping[UUID, int], now: datetime
) -> None:
    """Insert or update episodes by id; each is live from now on."""
    values = [
        columns_of(one.episode)
        | {"id": one.id, "authority": tx.authority, "child_id": one.child_id}
        | {"child_number": child_numbers[one.child_id], "superseded": False, "superseded_by": None}
        | {"updated_at": now}
        for one in placed
    ]
    statement = insert(tables.episodes)
    kept = {"id", "number", "authority"}
    changed = {c.name: statement.excluded[c.name] for c in tables.episodes.columns if c.name not in kept}
    await tx.upsert(statement.on_conflict_do_update(index_elements=["id"], set_=changed), values)


async def supersede(tx: Transaction, superseded_by: Mapping[UUID, UUID | None], now: datetime) -> None:
    """Take episodes off the lists; each answers with the one that took its incidents over, if any."""
    await tx.write(
        "UPDATE episodes SET superseded = true, superseded_by = :by, updated_at = :now WHERE id = :id",
        [{"id": id_, "by": by, "now": now} for id_, by in superseded_by.items()],
    )


def _row(row: Any) -> EpisodeRow:
    return EpisodeRow(
        Remembered(row.id, row.number, row.superseded, _keys(row.notifications)),
        row.child_id,
        EpisodeFacts(
            status=EpisodeStatus(row.status),
            category=Category(row.category) if row.category else None,
            risk_level=RiskLevel(row.risk_level) if row.risk_level else None,
            started_at=row.started_at,
            located_at=row.located_at,
            returned_at=row.returned_at,
            conflict_reasons=tuple(row.conflict_reasons),
        ),
        {name: getattr(row, name) for name in DECIDED},
    )


def _keys(pairs: Collection[Sequence[str]]) -> frozenset[MessageKey]:
    return frozenset(MessageKey(*pair) for pair in pairs)
