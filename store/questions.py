"""What a screener has to look at. A question is opened once and closed when nothing asks it any more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from domain.telling import MessageKey
from store import tables
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One open question; `evidence` is what the page shows beside it."""

    id: UUID
    kind: str
    child_id: UUID
    message: MessageKey | None = None
    episode_id: UUID | None = None
    evidence: Any = None


async def open_(tx: Transaction, rows: Sequence[QuestionRow], now: datetime) -> None:
    """Open questions by id; one that is open stays as it is, one that was closed is open again."""
    statement = insert(tables.questions)
    changed = {
        "child_id": statement.excluded.child_id,
        "evidence": statement.excluded.evidence,
        "closed_at": None,
    }
    await tx.write(
        statement.on_conflict_do_update(index_elements=["id"], set_=changed),
        [
            {
                "id": row.id,
                "authority": tx.authority,
                "kind": row.kind,
                "child_id": row.child_id,
                "message_source": row.message.source if row.message else None,
                "message_id": row.message.id if row.message else None,
                "episode_id": row.episode_id,
                "evidence": row.evidence or {},
                "opened_at": now,
            }
            for row in sorted(rows, key=lambda row: row.id)
        ],
    )


async def naming(tx: Transaction, child_ids: Collection[UUID]) -> set[UUID]:
    """Return the children about whom an open question names one of these as another whom it may be."""
    rows = await tx.all(
        "SELECT DISTINCT child_id FROM questions WHERE authority = :authority AND closed_at IS NULL"
        " AND evidence->'others' ?| CAST(:ids AS text[])",
        authority=tx.authority,
        ids=[str(child_id) for child_id in child_ids],
    )
    return {row.child_id for row in rows}


async def close_others(
    tx: Transaction,
    child_ids: Collection[UUID],
    kinds: Collection[str],
    keep: Collection[UUID],
    now: datetime,
) -> None:
    """Close what is open of these kinds about these children, except those to keep."""
    await tx.run(
        """
        UPDATE questions SET closed_at = :now
        WHERE closed_at IS NULL AND child_id = ANY(CAST(:children AS uuid[]))
        AND kind = ANY(CAST(:kinds AS text[])) AND id <> ALL(CAST(:keep AS uuid[]))
        """,
        now=now,
        children=list(child_ids),
        kinds=list(kinds),
        keep=list(keep),
    )
