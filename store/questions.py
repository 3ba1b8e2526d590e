"""What a screener has to look at. A question is opened once and closed when nothing asks it any more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case
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
    """Open questions by id; one that is open stays as it is, one that was closed is open again.

    One that a person settled stays closed, until that is undone.
    """
    statement = insert(tables.questions)
    was = tables.questions.c
    changed = {
        "child_id": statement.excluded.child_id,
        "evidence": statement.excluded.evidence,
        "asked": True,
        "closed_at": case((was.settled_by.is_not(None), was.closed_at)),
    }
    await tx.upsert(
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
    if not child_ids:
        return
    await tx.run(
        """
        UPDATE questions SET closed_at = coalesce(closed_at, :now), asked = false
        WHERE asked AND child_id = ANY(CAST(:children AS uuid[]))
        AND kind = ANY(CAST(:kinds AS text[])) AND id <> ALL(CAST(:keep AS uuid[]))
        """,
        now=now,
        children=list(child_ids),
        kinds=list(kinds),
        keep=list(keep),
    )


@dataclass(frozen=True, slots=True)
class Settling:
    """A question about who a child is, and the decision that settled it, if any."""

    id: UUID
    kind: str
    child_id: UUID
    others: tuple[UUID, ...]
    settled_by: UUID | None
    is_open: bool


async def to_settle(
    tx: Transaction, child_ids: Collection[UUID], ids: Collection[UUID], decisions: Collection[UUID]
) -> list[Settling]:
    """Return the questions about these children, by these ids, or settled by these decisions."""
    rows = await tx.all(
        f"{_SETTLING} AND (child_id = ANY(CAST(:children AS uuid[])) OR id = ANY(CAST(:ids AS uuid[]))"
        " OR settled_by = ANY(CAST(:decisions AS uuid[])))",
        authority=tx.authority,
        children=list(child_ids),
        ids=list(ids),
        decisions=list(decisions),
    )
    return [_settling(row) for row in rows]


async def find(tx: Transaction, question_id: UUID) -> Settling | None:
    """Return one question; None for one that is not there or may not be seen."""
    row = await tx.first(f"{_SETTLING} AND id = :id", authority=tx.authority, id=question_id)
    return _settling(row) if row else None


_SETTLING = (
    "SELECT id, kind, child_id, evidence, settled_by, closed_at IS NULL AS is_open FROM questions"
    " WHERE authority = :authority"
)


def _settling(row: Any) -> Settling:
    others = tuple(map(UUID, row.evidence.get("others", ())))
    return Settling(row.id, row.kind, row.child_id, others, row.settled_by, row.is_open)


async def settle(tx: Transaction, settled: Mapping[UUID, UUID | None], now: datetime) -> None:
    """Close what a decision settles; what none settles any more is open again, if it is still asked."""
    await tx.write(
        "UPDATE questions SET settled_by = :by,"
        " closed_at = CASE WHEN CAST(:by AS uuid) IS NOT NULL OR NOT asked"
        " THEN coalesce(closed_at, CAST(:now AS timestamptz)) END WHERE id = :id",
        [{"id": id_, "by": by, "now": now} for id_, by in sorted(settled.items())],
    )


async def follow_messages(tx: Transaction, moved: Mapping[MessageKey, UUID], kinds: Collection[str]) -> None:
    """Let questions of these kinds about a message go with it to its child."""
    await tx.write(
        "UPDATE questions SET child_id = :child WHERE authority = :authority AND message_source = :source"
        " AND message_id = :id AND kind = ANY(CAST(:kinds AS text[]))",
        [
            {
                "authority": tx.authority,
                "source": key.source,
                "id": key.id,
                "child": child,
                "kinds": list(kinds),
            }
            for key, child in moved.items()
        ],
    )
