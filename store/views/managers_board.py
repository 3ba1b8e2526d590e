"""What a manager sees of the interviews that are not finished: what is late, who has it, what was done.

Two questions make the board: how many there are of each group, and one page of them. Whatever a page needs
beside its interviews is asked for the few that it shows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from store.database import Transaction
from store.views.interviews import AWAITED
from store.views.rows import read

UNFINISHED: Final = (*AWAITED, "held", "submitted")


class Group(StrEnum):
    """Which of the unfinished interviews; one may stand in several."""

    OVERDUE = "overdue"
    SOON = "soon"
    DUE = "due"
    UNALLOCATED = "unallocated"
    WRITING = "writing"
    APPROVAL = "approval"
    ESCALATED = "escalated"
    ALL = "all"


class Order(StrEnum):
    """By what a list is sorted."""

    DEADLINE = "deadline"
    CHILD = "child"
    WORKER = "worker"
    RISK = "risk"
    ATTEMPTS = "attempts"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the groups and filters go by.

    `soon` is until when a deadline is near; `escalating` are the ladder's steps that are told above the team
    manager; `in_care` are the legal statuses that mean care.
    """

    now: datetime
    soon: datetime
    today: date
    escalating: Sequence[str]
    in_care: Sequence[str]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is left of the list; None leaves all."""

    team: str | None = None
    worker: str | None = None
    risk: str | None = None
    in_care: bool | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One page of one group, in an order."""

    group: Group
    order: Order
    descending: bool
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Row:
    """One unfinished interview; of its open alerts the steps, by their time, and how far the highest went."""

    id: UUID
    child_id: UUID
    child_facts: Mapping[str, Any]
    status: str
    due_at: datetime
    provisional_due: bool
    clock_started_at: datetime
    held_at: datetime | None
    submitted_at: datetime | None
    sent_back_at: datetime | None
    arranged_for: datetime | None
    interviewer: str | None
    interviewer_name: str | None
    chosen_by_child: bool
    attempts: int
    covered: bool
    risk_level: str | None
    conflict_reasons: Sequence[str]
    in_care: bool
    last_name: str | None
    last_by: str | None
    last_at: datetime | None
    alerts: Sequence[str]
    unacknowledged: int
    level: int
    escalated: bool


async def legal_statuses(tx: Transaction) -> list[str]:
    """Return every legal status that the authority's children have or had."""
    rows = await tx.all(
        "SELECT DISTINCT legal_status FROM care WHERE authority = :authority AND legal_status IS NOT NULL",
        authority=tx.authority,
    )
    return [row.legal_status for row in rows]


async def counts(tx: Transaction, facts: Facts, filters: Filters) -> dict[Group, int]:
    """Return how many interviews are in each group, with the filters."""
    wanted = ", ".join(f"count(*) FILTER (WHERE {_GROUPS[group]}) AS {group.value}" for group in Group)
    row = await tx.first(
        f"SELECT {wanted} FROM interviews i WHERE {_where(filters)}",  # noqa: S608 - constants only
        **_values(tx, facts, filters),
    )
    assert row is not None
    return {group: getattr(row, group.value) for group in Group}


async def page(tx: Transaction, facts: Facts, filters: Filters, part: Part) -> list[Row]:
    """Return one page of a group."""
    key = _ORDERS[part.order]
    turned = "DESC" if part.descending else "ASC"
    rows = await tx.all(
        f"""
        WITH wanted AS (
            SELECT i.* FROM interviews i
            JOIN children c ON c.id = i.child_id JOIN episodes e ON e.id = i.episode_id
            LEFT JOIN staff s ON s.authority = i.authority AND s.id = i.interviewer
            WHERE {_where(filters)} AND {_GROUPS[part.group]}
            ORDER BY {key} {turned} NULLS LAST, i.due_at, i.id OFFSET :offset LIMIT :limit)
        {_ROWS} ORDER BY {key} {turned} NULLS LAST, i.due_at, i.id
        """,  # noqa: S608 - constants only
        offset=part.offset,
        limit=part.limit,
        **_values(tx, facts, filters),
    )
    return read(Row, rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An interview that somebody is to be found for, with what a person has to see of it."""

    id: UUID
    child_id: UUID
    child_facts: Mapping[str, Any]
    due_at: datetime
    provisional_due: bool
    risk_level: str | None


async def waiting(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Waiting]:
    """Return these interviews, by id."""
    rows = await tx.all(
        """
        SELECT i.id, i.child_id, c.facts, i.due_at, i.provisional_due, e.risk_level
        FROM interviews i JOIN children c ON c.id = i.child_id JOIN episodes e ON e.id = i.episode_id
        WHERE i.authority = :authority AND i.id = ANY(CAST(:ids AS uuid[]))
        """,
        authority=tx.authority,
        ids=list(ids),
    )
    return {row.id: Waiting(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Gave:
    """An interview that somebody gave to an interviewer."""

    id: UUID
    child_id: UUID
    child_facts: Mapping[str, Any]
    interviewer: str
    interviewer_name: str | None
    due_at: datetime


async def given(tx: Transaction, at: datetime) -> list[Gave]:
    """Return what the person of the transaction gave out at one moment, by deadline."""
    rows = await tx.all(
        """
        SELECT i.id, i.child_id, c.facts, g.body->>'interviewer', s.name, i.due_at
        FROM interview_commands g JOIN interviews i ON i.id = g.interview_id
        JOIN children c ON c.id = i.child_id
        LEFT JOIN staff s ON s.authority = g.authority AND s.id = g.body->>'interviewer'
        WHERE g.authority = :authority AND g.actor = :actor AND g.name IN ('allocate', 'reallocate')
        AND g.at = :at ORDER BY i.due_at, i.id
        """,
        authority=tx.authority,
        actor=tx.person,
        at=at,
    )
    return read(Gave, rows)


_AWAITED = "i.status IN ('due', 'allocated', 'offered', 'arranged')"
_HIGH = "(a.level > 0 OR a.step = ANY(CAST(:escalating AS text[])))"
# uncorrelated, so that each is asked once and not for each interview
_ESCALATED = f"""i.id IN (SELECT a.interview_id FROM alerts a WHERE a.authority = :authority
    AND a.closed_at IS NULL AND a.interview_id IS NOT NULL AND {_HIGH})"""  # noqa: S608 - constants only
_GROUPS: Final[Mapping[Group, str]] = {
    Group.OVERDUE: f"{_AWAITED} AND i.due_at < :now",
    Group.SOON: f"{_AWAITED} AND i.due_at >= :now AND i.due_at < :soon",
    Group.DUE: f"{_AWAITED} AND i.due_at >= :soon",
    Group.UNALLOCATED: "i.status = 'due' AND i.covered_by IS NULL",
    Group.WRITING: "i.status = 'held'",
    Group.APPROVAL: "i.status = 'submitted'",
    Group.ESCALATED: _ESCALATED,
    Group.ALL: "true",
}
_IN_CARE = """i.child_id IN (SELECT k.child_id FROM care k WHERE k.authority = :authority
    AND k.from_on <= :today AND (k.to_on IS NULL OR k.to_on >= :today) AND k.legal_status = ANY(:in_care))"""
_RISK = "array_position(ARRAY['no_apparent_risk', 'low', 'medium', 'high'], e.risk_level)"
_ORDERS: Final[Mapping[Order, str]] = {
    Order.DEADLINE: "i.due_at",
    Order.CHILD: "lower(concat_ws(' ', c.facts->>'given_names', c.facts->>'family_name'))",
    Order.WORKER: "lower(s.name)",
    Order.RISK: _RISK,
    Order.ATTEMPTS: "i.attempts",
}
_ROWS = f"""
SELECT i.id, i.child_id, c.facts, i.status, i.due_at, i.provisional_due, i.clock_started_at, i.held_at,
    i.submitted_at, i.sent_back_at, i.arranged_for, i.interviewer, s.name, i.chosen_by_child, i.attempts,
    i.covered_by IS NOT NULL, e.risk_level, e.conflict_reasons, {_IN_CARE}, g.name, coalesce(b.name, g.by),
    g.at, coalesce(al.steps, '{{}}'), coalesce(al.unacknowledged, 0), coalesce(al.level, 0),
    coalesce(al.escalated, false)
FROM wanted i JOIN children c ON c.id = i.child_id JOIN episodes e ON e.id = i.episode_id
LEFT JOIN staff s ON s.authority = i.authority AND s.id = i.interviewer
LEFT JOIN LATERAL (SELECT o.name, o.by, o.at FROM interview_commands o
    WHERE o.interview_id = i.id ORDER BY o.no DESC LIMIT 1) g ON true
LEFT JOIN staff b ON b.authority = i.authority AND b.id = g.by
LEFT JOIN LATERAL (SELECT array_agg(a.step ORDER BY a.due_at) AS steps, max(a.level) AS level,
        count(*) FILTER (WHERE a.acknowledged_at IS NULL) AS unacknowledged, bool_or({_HIGH}) AS escalated
    FROM alerts a WHERE a.subject_id = i.id AND a.authority = :authority AND a.closed_at IS NULL) al ON true
"""  # noqa: S608 - constants only


def _where(filters: Filters) -> str:
    return " AND ".join(["i.authority = :authority AND i.status = ANY(:unfinished)", *_asked(filters)])


def _asked(filters: Filters) -> Iterator[str]:
    """Yield what is asked. `IS` keeps PostgreSQL from joining, which it does in the worst order of all."""
    if filters.team is not None:
        yield (
            "(i.interviewer IN (SELECT t.id FROM staff t WHERE t.authority = :authority"
            " AND :team = ANY(t.teams))) IS TRUE"
        )
    if filters.worker is not None:
        yield "i.interviewer = :worker"
    if filters.risk is not None:
        yield (
            "(i.episode_id IN (SELECT x.id FROM episodes x WHERE x.authority = :authority"
            " AND x.risk_level = :risk)) IS TRUE"
        )
    if filters.in_care is not None:
        yield f"({_IN_CARE}) IS {filters.in_care}"


def _values(tx: Transaction, facts: Facts, filters: Filters) -> dict[str, Any]:
    return {
        "authority": tx.authority,
        "unfinished": list(UNFINISHED),
        "now": facts.now,
        "soon": facts.soon,
        "today": facts.today,
        "escalating": list(facts.escalating),
        "in_care": list(facts.in_care),
        "team": filters.team,
        "worker": filters.worker,
        "risk": filters.risk,
    }
