"""The audit trail as an auditor searches it: the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Found:
    """One line. `position` and `hash` are None until the sealer has been; `payload` unless it was wanted."""

    no: int
    at: datetime
    actor: str
    action: str
    subject: str
    child_id: UUID | None
    position: int | None
    hash: str | None
    payload: Any


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are searched for; None asks nothing. `to_at` itself is not wanted any more.

    `subjects` are any of which one is meant; `about` also lets in what concerns that child.
    """

    child_id: UUID | None = None
    subjects: Sequence[str] | None = None
    about: UUID | None = None
    action: str | None = None
    actors: Sequence[str] | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None


async def latest(
    tx: Transaction, sought: Sought, before: int | None, limit: int, *, payloads: bool = True
) -> list[Found]:
    """Return lines, the latest first, from the one before number `before`."""
    rows = await tx.all(
        """
        SELECT l.no, l.at, l.actor, l.action, l.subject, l.child_id, l.position, encode(l.hash, 'hex'),
            CASE WHEN CAST(:payloads AS boolean) THEN l.payload END
        FROM ledger l
        WHERE l.authority = :authority
        AND (CAST(:before AS bigint) IS NULL OR l.no < :before)
        AND (CAST(:child_id AS uuid) IS NULL OR l.child_id = :child_id)
        AND (CAST(:subjects AS text[]) IS NULL OR l.subject = ANY(CAST(:subjects AS text[]))
            OR l.child_id = CAST(:about AS uuid))
        AND (CAST(:action AS text) IS NULL OR l.action = :action)
        AND (CAST(:actors AS text[]) IS NULL OR l.actor = ANY(CAST(:actors AS text[])))
        AND (CAST(:from_at AS timestamptz) IS NULL OR l.at >= :from_at)
        AND (CAST(:to_at AS timestamptz) IS NULL OR l.at < :to_at)
        ORDER BY l.no DESC LIMIT :limit
        """,
        authority=tx.authority,
        before=before,
        child_id=sought.child_id,
        subjects=sought.subjects,
        about=sought.about,
        action=sought.action,
        actors=sought.actors,
        from_at=sought.from_at,
        to_at=sought.to_at,
        payloads=payloads,
        limit=limit,
    )
    return read(Found, rows)
