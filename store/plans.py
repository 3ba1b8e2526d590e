"""What plans are folded from. A plan's entries are those of the interviews that are its child's now."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.plan.parts import Entry
from schemas.plan import BY_KIND
from store.database import Transaction


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be kept. `key`: that of whoever sent it; outcomes have none."""

    id: UUID
    interview_id: UUID
    kind: str
    body: dict[str, Any]
    by: str
    actor: str
    at: datetime
    key: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that was sent with a key."""

    no: int
    kind: str
    body: dict[str, Any]
    by: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whose interview it was, and when it was held."""

    child_id: UUID
    held_at: datetime | None


async def of_child(tx: Transaction, child_id: UUID) -> list[Entry]:
    """Return the entries of a child's plan, in order."""
    rows = await tx.all(
        """
        SELECT e.no, e.interview_id, e.kind, e.body, e.by, e.at
        FROM plan_entries e JOIN interviews i ON i.id = e.interview_id
        WHERE e.authority = :authority AND i.child_id = :child_id ORDER BY e.no
        """,
        authority=tx.authority,
        child_id=child_id,
    )
    return [
        Entry(row.no, row.interview_id, BY_KIND[row.kind].model_validate(row.body), row.by, row.at)
        for row in rows
    ]


async def conversation(tx: Transaction, interview_id: UUID) -> Conversation | None:
    """Return whose an interview is now; None for one that is not there or may not be seen."""
    row = await tx.first(
        "SELECT child_id, held_at FROM interviews WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=interview_id,
    )
    return Conversation(*row) if row else None


async def interviewer_of(tx: Transaction, interview_id: UUID) -> str | None:
    """Return who holds or held an interview, as the directory has them."""
    found: str | None = await tx.scalar(
        "SELECT interviewer FROM interviews WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=interview_id,
    )
    return found


async def kept_with(tx: Transaction, key: str) -> Kept | None:
    """Return the entry that was sent with a key, if one was."""
    row = await tx.first(
        "SELECT no, kind, body, by FROM plan_entries WHERE authority = :authority AND key = :key",
        authority=tx.authority,
        key=key,
    )
    return Kept(*row) if row else None


async def add(tx: Transaction, entry: New) -> bool:
    """Keep one more entry; False if it was there. The caller holds the authority's lock, for the order."""
    return bool(
        await tx.run(
            """
            INSERT INTO plan_entries (id, authority, interview_id, kind, body, by, actor, at, key)
            VALUES (:id, :authority, :interview_id, :kind, CAST(:body AS jsonb), :by, :actor, :at, :key)
            ON CONFLICT DO NOTHING
            """,
            authority=tx.authority,
            id=entry.id,
            interview_id=entry.interview_id,
            kind=entry.kind,
            body=json.dumps(entry.body),
            by=entry.by,
            actor=entry.actor,
            at=entry.at,
            key=entry.key,
        )
    )
