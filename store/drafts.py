"""Drafts of interview records: each as it was sent, and the whole record that it made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `sent` is what came, section by section; `record` the whole record after it.

    A draft with `problems` has no record: it is kept so that nothing typed is lost.
    """

    interview_id: UUID
    no: int
    key: str
    based_on: int
    by: str
    actor: str
    saved_at: datetime
    sent: Mapping[str, Any]
    problems: Sequence[Mapping[str, Any]]
    record: Mapping[str, Any] | None


async def add(tx: Transaction, draft: Draft) -> bool:
    """Keep a draft; false if its key is taken by one that the person may not see."""
    kept = await tx.run(
        """
        INSERT INTO drafts
            (interview_id, no, authority, key, based_on, by, actor, saved_at, sent, problems, record)
        VALUES (:interview_id, :no, :authority, :key, :based_on, :by, :actor, :saved_at, CAST(:sent AS json),
            CAST(:problems AS jsonb), CAST(:record AS jsonb))
        ON CONFLICT (authority, actor, key) DO NOTHING
        """,
        authority=tx.authority,
        interview_id=draft.interview_id,
        no=draft.no,
        key=draft.key,
        based_on=draft.based_on,
        by=draft.by,
        actor=draft.actor,
        saved_at=draft.saved_at,
        sent=json.dumps(draft.sent),
        problems=json.dumps(draft.problems),
        record=json.dumps(draft.record) if draft.record is not None else None,
    )
    return kept > 0


async def with_key(tx: Transaction, key: str) -> Draft | None:
    """Return the draft that the person of the transaction sent with a key."""
    return _one(
        await tx.first(
            f"{_SELECT} AND actor = :actor AND key = :key",
            authority=tx.authority,
            actor=tx.person,
            key=key,
        )
    )


async def find(tx: Transaction, interview_id: UUID, no: int) -> Draft | None:
    """Return one draft, also one that has problems."""
    return _one(
        await tx.first(
            f"{_SELECT} AND interview_id = :id AND no = :no", authority=tx.authority, id=interview_id, no=no
        )
    )


async def latest(tx: Transaction, interview_id: UUID) -> Draft | None:
    """Return the last draft that made a record: the record as it stands."""
    return _one(
        await tx.first(
            f"{_SELECT} AND interview_id = :id AND record IS NOT NULL ORDER BY no DESC LIMIT 1",
            authority=tx.authority,
            id=interview_id,
        )
    )


async def all_of(tx: Transaction, interview_id: UUID) -> list[Draft]:
    """Return every draft of an interview, in order."""
    rows = await tx.all(
        f"{_SELECT} AND interview_id = :id ORDER BY no", authority=tx.authority, id=interview_id
    )
    return [Draft(*row) for row in rows]


async def last_no(tx: Transaction, interview_id: UUID) -> int:
    """Return how many drafts an interview has."""
    return int(
        await tx.scalar("SELECT coalesce(max(no), 0) FROM drafts WHERE interview_id = :id", id=interview_id)
    )


_SELECT = """
SELECT interview_id, no, key, based_on, by, actor, saved_at, sent, problems, record
FROM drafts WHERE authority = :authority
"""


def _one(row: Any) -> Draft | None:
    return Draft(*row) if row else None
