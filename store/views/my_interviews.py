"""The interviews that one member of staff has, as their own page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Mine:
    """One interview that somebody has. `due_at` is the soonest of all that its conversation covers.

    `covers` counts further interviews held in the same conversation; `answered_at` and `said` are of the
    child's own answer by the offer link; `finished_at` is when nothing was left to do.
    """

    id: UUID
    child_id: UUID
    child_facts: Mapping[str, Any]
    status: str
    due_at: datetime
    provisional_due: bool
    risk_level: str | None
    attempts: int
    attempted_at: datetime | None
    accepted: bool | None
    chosen_by_child: bool
    arranged_for: datetime | None
    arranged_until: datetime | None
    place: str | None
    held_at: datetime | None
    submitted_at: datetime | None
    sent_back_at: datetime | None
    finished_at: datetime | None
    covers: int
    begun: bool
    """Whether something of the record is written."""
    answered_at: datetime | None
    said: str | None
    recorded: bool
    """Whether somebody recorded an attempt, or that the child declined, since that answer."""


async def of_interviewer(
    tx: Transaction, interviewer: str, finished_since: datetime, limit: int
) -> Sequence[Mine]:
    """Return what is still to be done, and what was finished since, by deadline; the earliest first.

    An interview that is held in another one's conversation stands with that one. At `limit` the latest
    deadlines are left out.
    """
    rows = await tx.all(
        _MINE,
        authority=tx.authority,
        interviewer=interviewer,
        since=finished_since,
        limit=limit,
    )
    return read(Mine, rows)


# what is finished is told by its own column; `not_possible` has none but when the row was written last
# what was imported from a former system was never approved here, and was finished when it was held
# whatever was finished since a moment was written since then: an index finds it among the years before
_MINE = """
WITH own AS (
    SELECT i.*, CASE i.status WHEN 'approved' THEN coalesce(i.approved_at, i.held_at)
        WHEN 'declined' THEN i.declined_at WHEN 'not_possible' THEN i.updated_at END AS finished_at
    FROM interviews i
    WHERE i.authority = :authority AND i.interviewer = :interviewer
    AND (i.status IN ('due', 'allocated', 'offered', 'arranged', 'held', 'submitted')
         OR i.status IN ('approved', 'declined', 'not_possible') AND i.updated_at >= :since)
)
SELECT i.id, i.child_id, c.facts, i.status, least(i.due_at, others.due_at) AS soonest, i.provisional_due,
    e.risk_level, i.attempts, i.attempted_at, i.accepted, i.chosen_by_child, i.arranged_for,
    i.arranged_until, i.place, i.held_at, i.submitted_at, i.sent_back_at, i.finished_at,
    coalesce(others.number, 0),
    i.status = 'held' AND EXISTS (SELECT FROM drafts d WHERE d.interview_id = i.id),
    link.answered_at, link.said,
    EXISTS (SELECT FROM interview_commands k WHERE k.interview_id = i.id AND k.name IN ('offer', 'decline')
        AND k.at >= link.answered_at)
FROM own i
JOIN children c ON c.id = i.child_id
JOIN episodes e ON e.id = i.episode_id
LEFT JOIN LATERAL (
    SELECT count(*) AS number, min(o.due_at) AS due_at FROM interviews o
    WHERE o.covered_by = i.id AND o.status <> 'voided'
) AS others ON true
LEFT JOIN LATERAL (
    SELECT l.answered_at, l.answer->>'said' AS said FROM offer_links l
    WHERE l.interview_id = i.id AND l.answered_at IS NOT NULL ORDER BY l.answered_at DESC LIMIT 1
) AS link ON i.finished_at IS NULL
WHERE (i.finished_at IS NULL OR i.finished_at >= :since)
AND NOT EXISTS (SELECT FROM interviews o WHERE o.id = i.covered_by AND o.status <> 'voided')
ORDER BY soonest, i.id LIMIT :limit
"""
