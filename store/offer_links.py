"""Links by which children answer the offer of an interview: one row each, known by the digest of a code.

A code has 60 random bits and lives for days, so that a plain SHA-256 is enough, as for tokens.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class OfferLink:
    """One link. `choices` are the people whom the child was shown, as they were when it was made."""

    id: UUID
    authority: str
    interview_id: UUID
    language: str
    choices: Sequence[Mapping[str, Any]]
    made_by: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    answer: Mapping[str, Any] | None = None
    withdrawn_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be answered at a moment, as far as the link itself goes."""
        return self.answered_at is None and self.withdrawn_at is None and now < self.expires_at


def digest_of(code: str) -> bytes:
    """Return what is stored of a code."""
    return hashlib.sha256(f"offer/{code}".encode()).digest()


async def add(tx: Transaction, link: OfferLink, code: str) -> None:
    """Store a link; its code is not."""
    await tx.run(
        """
        INSERT INTO offer_links
            (id, authority, interview_id, digest, language, choices, made_by, made_at, expires_at)
        VALUES (:id, :authority, :interview_id, :digest, :language, CAST(:choices AS jsonb), :made_by,
            :made_at, :expires_at)
        """,
        id=link.id,
        authority=tx.authority,
        interview_id=link.interview_id,
        digest=digest_of(code),
        language=link.language,
        choices=json.dumps(link.choices),
        made_by=link.made_by,
        made_at=link.made_at,
        expires_at=link.expires_at,
    )


async def find(tx: Transaction, code: str) -> OfferLink | None:
    """Return the link of a code, in a transaction opened with its digest."""
    row = await tx.first(f"{_SELECT} WHERE digest = :digest", digest=digest_of(code))
    return OfferLink(*row) if row else None


async def of_interview(tx: Transaction, interview_id: UUID) -> list[OfferLink]:
    """Return every link that was made for an interview, the latest first."""
    rows = await tx.all(
        f"{_SELECT} WHERE authority = :authority AND interview_id = :id ORDER BY made_at DESC, id",
        authority=tx.authority,
        id=interview_id,
    )
    return [OfferLink(*row) for row in rows]


async def withdraw(tx: Transaction, interview_id: UUID, now: datetime) -> list[UUID]:
    """Withdraw what can still be answered of an interview's links, and return which that were."""
    rows = await tx.all(
        "UPDATE offer_links SET withdrawn_at = :now WHERE authority = :authority AND interview_id = :id"
        " AND answered_at IS NULL AND withdrawn_at IS NULL RETURNING id",
        now=now,
        authority=tx.authority,
        id=interview_id,
    )
    return [row.id for row in rows]


async def opened(tx: Transaction, link_id: UUID, now: datetime) -> None:
    """Note when a link was opened for the first time."""
    await tx.run(
        "UPDATE offer_links SET opened_at = :now WHERE id = :id AND opened_at IS NULL", now=now, id=link_id
    )


async def keep_answer(tx: Transaction, link_id: UUID, answer: Mapping[str, Any], now: datetime) -> bool:
    """Keep the one answer of a link; false if it cannot be answered any more."""
    kept = await tx.run(
        "UPDATE offer_links SET answered_at = :now, answer = CAST(:answer AS jsonb) WHERE id = :id"
        " AND answered_at IS NULL AND withdrawn_at IS NULL AND expires_at > :now",
        now=now,
        id=link_id,
        answer=json.dumps(answer),
    )
    return kept > 0


_SELECT = """
SELECT id, authority, interview_id, language, choices, made_by, made_at, expires_at, opened_at, answered_at,
    answer, withdrawn_at
FROM offer_links
"""
