"""Dead letters: what could not be read, with its bytes, its sender and the reasons; nothing is lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter. `outcome` is None while it waits for somebody.

    `reasons` are objects with `field` and `message`; `arrivals` counts how often the same bytes came
    from the same sender. One that came of a file or a mail names that by the digest of its bytes, and the
    place where it stands in it. A draft has holes: a person fills them before it is taken.
    """

    id: UUID
    authority: str | None
    via: str
    sender: str
    content: bytes
    reasons: Sequence[dict[str, str]]
    received_at: datetime
    arrivals: int = 1
    mended: bytes | None = None
    mended_by: str | None = None
    replayed_at: datetime | None = None
    outcome: str | None = None
    original: bytes | None = None
    place: str | None = None
    draft: bool = False


async def keep(tx: Transaction, letters: Sequence[Letter]) -> None:
    """Store letters; the same bytes from the same sender again are counted, not stored twice.

    A message that is set aside again waits again: putting it back has not helped.
    """
    await tx.write(
        """
        INSERT INTO letters (id, authority, via, sender, content, reasons, received_at, arrivals,
                             original, place, draft)
        VALUES (:id, CAST(:authority AS text), :via, :sender, :content, CAST(:reasons AS jsonb), :at, 1,
                CAST(:original AS bytea), CAST(:place AS text), :draft)
        ON CONFLICT (id) DO UPDATE SET arrivals = letters.arrivals + 1,
            outcome = CASE WHEN letters.via = 'inbox' THEN NULL ELSE letters.outcome END
        """,
        [
            {
                "id": letter.id,
                "authority": letter.authority,
                "via": letter.via,
                "sender": letter.sender,
                "content": letter.content,
                "reasons": json.dumps(letter.reasons),
                "at": letter.received_at,
                "original": letter.original,
                "place": letter.place,
                "draft": letter.draft,
            }
            for letter in sorted(letters, key=lambda letter: letter.id)
        ],
    )


async def listed(tx: Transaction, *, waiting_only: bool, after: UUID | None, limit: int) -> list[Letter]:
    """Return letters, the latest first; `after` is the last id of the page before."""
    rows = await tx.all(
        """
        SELECT * FROM letters WHERE (outcome IS NULL OR NOT :waiting_only)
        AND (CAST(:after AS uuid) IS NULL
             OR (received_at, id) < (SELECT received_at, id FROM letters WHERE id = CAST(:after AS uuid)))
        ORDER BY received_at DESC, id DESC LIMIT :limit
        """,
        waiting_only=waiting_only,
        after=after,
        limit=limit,
    )
    return [_letter(row) for row in rows]


async def find(tx: Transaction, letter_id: UUID) -> Letter | None:
    """Return one letter, if this authority may see it."""
    row = await tx.first("SELECT * FROM letters WHERE id = :id", id=letter_id)
    return _letter(row) if row else None


async def mend(tx: Transaction, letter_id: UUID, content: bytes) -> None:
    """Keep a mended text beside the original, by the person of the transaction."""
    await tx.run(
        "UPDATE letters SET mended = :content, mended_by = :by WHERE id = :id",
        content=content,
        by=tx.person,
        id=letter_id,
    )


async def settle(tx: Transaction, letter_id: UUID, outcome: str, now: datetime) -> None:
    """Record what became of a letter that was replayed."""
    await tx.run(
        "UPDATE letters SET replayed_at = :now, outcome = :outcome WHERE id = :id",
        now=now,
        outcome=outcome,
        id=letter_id,
    )


async def overtake(tx: Transaction, letter_ids: Sequence[UUID], outcome: str, now: datetime) -> list[UUID]:
    """Settle those of these letters that still wait: what they lacked came by itself. Return which."""
    rows = await tx.all(
        "UPDATE letters SET replayed_at = :now, outcome = :outcome"
        " WHERE id = ANY(CAST(:ids AS uuid[])) AND outcome IS NULL RETURNING id",
        now=now,
        outcome=outcome,
        ids=list(letter_ids),
    )
    return [row.id for row in rows]


async def count_waiting(tx: Transaction) -> int:
    """Return how many letters wait for somebody."""
    return int(await tx.scalar("SELECT count(*) FROM letters WHERE outcome IS NULL"))


def _letter(row: Any) -> Letter:
    return Letter(
        id=row.id,
        authority=row.authority,
        via=row.via,
        sender=row.sender,
        content=bytes(row.content),
        reasons=row.reasons,
        received_at=row.received_at,
        arrivals=row.arrivals,
        mended=bytes(row.mended) if row.mended is not None else None,
        mended_by=row.mended_by,
        replayed_at=row.replayed_at,
        outcome=row.outcome,
        original=bytes(row.original) if row.original is not None else None,
        place=row.place,
        draft=row.draft,
    )
