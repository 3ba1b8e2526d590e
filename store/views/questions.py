"""What waits for a screener, as it is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with the child that it is about."""

    id: UUID
    kind: str
    child_id: UUID
    child_facts: dict[str, Any]
    message_source: str | None
    message_id: str | None
    episode_id: UUID | None
    evidence: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None = None
    settled_by: UUID | None = None


_EVIDENCE = """
CASE WHEN q.evidence ? 'others' THEN jsonb_set(q.evidence, '{others}', (
    SELECT coalesce(jsonb_agg(other ORDER BY place), '[]')
    FROM jsonb_array_elements_text(q.evidence->'others') WITH ORDINALITY AS told(other, place)
    WHERE (SELECT true FROM children WHERE children.id = CAST(other AS uuid))))
ELSE q.evidence END
"""
"""Row-level security leaves out the children whom the reader may not see; so do we. As a value and not with
EXISTS, which the planner makes a join with all children, once for each question."""


async def listed(
    tx: Transaction, *, kind: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[Question]:
    """Return open questions, the oldest first; another child whom it may be is named to who may see them."""
    opened_at, last = after or (None, None)
    rows = await tx.all(
        f"""
        SELECT q.id, q.kind, q.child_id, c.facts, q.message_source, q.message_id, q.episode_id, {_EVIDENCE},
            q.opened_at
        FROM questions q JOIN children c ON c.id = q.child_id
        WHERE q.authority = :authority AND q.closed_at IS NULL
        AND (CAST(:kind AS text) IS NULL OR q.kind = :kind)
        AND (CAST(:last AS uuid) IS NULL OR (q.opened_at, q.id) > (CAST(:opened_at AS timestamptz), :last))
        ORDER BY q.opened_at, q.id LIMIT :limit
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        kind=kind,
        last=last,
        opened_at=opened_at,
        limit=limit,
    )
    return read(Question, rows)


async def find(tx: Transaction, question_id: UUID) -> Question | None:
    """Return one question, also one that was answered; None where it may not be seen."""
    row = await tx.first(
        f"""
        SELECT q.id, q.kind, q.child_id, c.facts, q.message_source, q.message_id, q.episode_id, {_EVIDENCE},
            q.opened_at, q.closed_at, q.settled_by
        FROM questions q JOIN children c ON c.id = q.child_id WHERE q.authority = :authority AND q.id = :id
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        id=question_id,
    )
    return read_one(Question, row)


async def child_told(tx: Transaction, source: str, message_id: str) -> dict[str, Any]:
    """Return what one message says of the child, as it came."""
    found = await tx.scalar(
        "SELECT payload->'data'->'child' FROM inbox"
        " WHERE authority = :authority AND source = :source AND id = :id",
        authority=tx.authority,
        source=source,
        id=message_id,
    )
    return {name: value for name, value in (found or {}).items() if value not in (None, "")}


async def counts(tx: Transaction) -> dict[str, int]:
    """Return how many questions of each kind are open."""
    rows = await tx.all(
        "SELECT kind, count(*) AS number FROM questions WHERE authority = :authority AND closed_at IS NULL"
        " GROUP BY kind ORDER BY kind",
        authority=tx.authority,
    )
    return {row.kind: row.number for row in rows}
