"""Drafts as they are read: what somebody sent, without the whole records that came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from schemas.record import SECTIONS
from store.database import Transaction

MOST_UNTAKEN: Final = 200
"""Savings of one person that did not become the record: the last of each section is among so many."""


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


async def untaken(tx: Transaction, interview_id: UUID) -> dict[str, Version]:
    """Return what the person of this transaction sent last of a section and did not become the record.

    By section; those of which something later did are left out.
    """
    rows = await tx.all(
        f"{_SELECT} AND actor = :actor AND record IS NULL ORDER BY no DESC LIMIT :most",
        **_of(tx, interview_id),
        actor=tx.person,
        most=MOST_UNTAKEN,
    )
    versions = [Version(*row) for row in reversed(rows)]
    last = {section: version for version in versions for section in version.sent if section in SECTIONS}
    return {
        section: version
        for section, version in last.items()
        if not await _is_done(tx, interview_id, section, version.no)
    }


async def _is_done(tx: Transaction, interview_id: UUID, section: str, no: int) -> bool:
    """Whether something that this person sent of a section after draft number `no` became the record."""
    done = await tx.scalar(
        "SELECT EXISTS (SELECT FROM drafts WHERE authority = :authority AND interview_id = :id"
        " AND actor = :actor AND no > :no"
        # what did not become the record may hold what no JSON function reads
        " AND CASE WHEN record IS NOT NULL THEN sent -> CAST(:section AS text) IS NOT NULL END)",
        **_of(tx, interview_id),
        actor=tx.person,
        no=no,
        section=section,
    )
    return bool(done)


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
