"""The versions of an authority's policy: kept as they were uploaded, the newest accepted one in force."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One version. `policy` is JSON; the last four are null until it is accepted."""

    no: int
    policy: str
    digest: bytes
    uploaded_by: str
    uploaded_at: datetime
    why: str
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    accepted_why: str | None = None
    effect: Any = None


async def in_force(tx: Transaction) -> str | None:
    """Return the policy, as JSON, that the authority accepted last; None before the first."""
    told: str | None = await tx.scalar(
        "SELECT CAST(policy AS text) FROM policies WHERE authority = :authority AND accepted_at IS NOT NULL"
        " ORDER BY no DESC LIMIT 1",
        authority=tx.authority,
    )
    return told


async def versions(tx: Transaction) -> Sequence[PolicyRow]:
    """Return every version, the newest first."""
    return [
        _row(row)
        for row in await tx.all(
            "SELECT * FROM policies WHERE authority = :authority ORDER BY no DESC", authority=tx.authority
        )
    ]


async def folded_children(tx: Transaction) -> list[UUID]:
    """Return every child of whom something was applied, in one order."""
    rows = await tx.all(
        "SELECT DISTINCT child_id FROM inbox WHERE authority = :authority AND child_id IS NOT NULL"
        " ORDER BY child_id",
        authority=tx.authority,
    )
    return [row.child_id for row in rows]


async def visible(tx: Transaction, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children whoever asks may see."""
    rows = await tx.all(
        "SELECT id FROM children WHERE authority = :authority AND id = ANY(CAST(:ids AS uuid[]))",
        authority=tx.authority,
        ids=list(child_ids),
    )
    return {row.id for row in rows}


async def add(tx: Transaction, row: PolicyRow) -> None:
    """Keep a new version; `tx` holds the authority's lock."""
    await tx.run(
        """
        INSERT INTO policies (authority, no, policy, digest, uploaded_by, uploaded_at, why)
        VALUES (:authority, :no, CAST(:policy AS jsonb), :digest, :uploaded_by, :uploaded_at, :why)
        """,
        authority=tx.authority,
        no=row.no,
        policy=row.policy,
        digest=row.digest,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        why=row.why,
    )


async def accept(tx: Transaction, no: int, *, by: str, why: str, effect: Any, now: datetime) -> None:
    """Put a version in force, once and for all; `effect` is what that changed."""
    await tx.run(
        """
        UPDATE policies SET accepted_at = :now, accepted_by = :by, accepted_why = :why,
            effect = CAST(:effect AS jsonb)
        WHERE authority = :authority AND no = :no
        """,
        authority=tx.authority,
        no=no,
        by=by,
        why=why,
        effect=json.dumps(effect),
        now=now,
    )


def _row(row: Any) -> PolicyRow:
    return PolicyRow(
        no=row.no,
        policy=json.dumps(row.policy),
        digest=bytes(row.digest),
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        why=row.why,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        accepted_why=row.accepted_why,
        effect=row.effect,
    )
