"""Drafts as they are read: what somebody sent, without the whole records that came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction


@dataclass(frozen=True, slots=True)
class Version:
    """One draft. `taken`: it became the record; else `problems` say why not."""

    no: int
    key: str
    based_on: int
    by: str
    actor: str
    saved_at: datetime
    sent: Mapping[str, Any]
    problems: Sequence[Mapping[str, Any]]
    taken: bool


async def versions(tx: Transaction, interview_id: UUID, since: int = 0) -> list[Version]:
    """Return every draft of an interview after number `since`, in order."""
    rows = await tx.all(f"{_SELECT} AND no > :since ORDER BY no", **_of(tx, interview_id), since=since)
    return [Version(*row) for row in rows]


async def untaken(tx: Transaction, interview_id: UUID, section: str) -> Version | None:
    """Return what the person of this transaction sent last of a section, if it did not become the record."""
    of = {**_of(tx, interview_id), "actor": tx.person}
    rows = await tx.all(f"{_SELECT} AND actor = :actor AND record IS NULL ORDER BY no DESC LIMIT 50", **of)
    found = next((version for row in rows if section in (version := Version(*row)).sent), None)
    if found is None:
        return None
    later = await tx.all(f"{_SELECT} AND actor = :actor AND no > :no", **of, no=found.no)
    return None if any(section in Version(*row).sent for row in later) else found


async def taken_before(tx: Transaction, interview_id: UUID, no: int) -> int:
    """Return the number of the last draft before number `no` that became the record; 0 for none."""
    number = await tx.scalar(
        "SELECT coalesce(max(no), 0) FROM drafts WHERE authority = :authority AND interview_id = :id"
        " AND no < :no AND record IS NOT NULL",
        **_of(tx, interview_id),
        no=no,
    )
    return int(number)


_SELECT = """
SELECT no, key, based_on, by, actor, saved_at, sent, problems, record IS NOT NULL
FROM drafts WHERE authority = :authority AND interview_id = :id
"""


def _of(tx: Transaction, interview_id: UUID) -> dict[str, Any]:
    return {"authority": tx.authority, "id": interview_id}
