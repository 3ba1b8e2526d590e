"""How much each interviewer has in hand, and how much of what they held lately was held in time."""

from dataclasses import dataclass
from datetime import datetime

from store.database import Transaction
from store.views.rows import read


@dataclass(frozen=True, slots=True)
class Span:
    """The moments by which it is counted: the week is from `week_from` on and before `week_until`."""

    now: datetime
    soon: datetime
    week_from: datetime
    week_until: datetime
    lately_from: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """What one person has in hand. `in_time` of `held` lately were held by their deadline."""

    interviewer: str
    in_hand: int
    overdue: int
    soon: int
    arranged_this_week: int
    to_write: int
    to_approve: int
    held: int
    in_time: int


async def carried(tx: Transaction, span: Span) -> dict[str, Carried]:
    """Return, by person, what they have; what is held in another one's conversation is no work more."""
    rows = await tx.all(
        f"""
        SELECT interviewer,
            count(*) FILTER (WHERE {_AWAITED} OR status = 'held'),
            count(*) FILTER (WHERE {_AWAITED} AND due_at < :now),
            count(*) FILTER (WHERE {_AWAITED} AND due_at >= :now AND due_at < :soon),
            count(*) FILTER (WHERE status = 'arranged' AND arranged_for >= :week_from
                AND arranged_for < :week_until),
            count(*) FILTER (WHERE status = 'held'),
            count(*) FILTER (WHERE status = 'submitted'),
            count(*) FILTER (WHERE held_at >= :lately_from),
            count(*) FILTER (WHERE held_at >= :lately_from AND held_at <= due_at)
        FROM interviews
        WHERE authority = :authority AND interviewer IS NOT NULL AND covered_by IS NULL AND status <> 'voided'
            AND (status = ANY(CAST(:open AS text[])) OR held_at >= :lately_from)
        GROUP BY interviewer
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        now=span.now,
        soon=span.soon,
        week_from=span.week_from,
        week_until=span.week_until,
        lately_from=span.lately_from,
        open=["allocated", "offered", "arranged", "held", "submitted"],
    )
    return {each.interviewer: each for each in read(Carried, rows)}


_AWAITED = "status IN ('allocated', 'offered', 'arranged')"
