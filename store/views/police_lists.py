"""Forces' lists and their differences as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from store.database import Transaction
from store.police_lists import ListRow
from store.police_tasks import TaskRow, task_of
from store.views.rows import read

ASKING = "ended_at IS NULL AND settled_at IS NULL"


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference with who the child is, as far as known here, and how old the list is that shows it."""

    task: TaskRow
    facts: dict[str, Any] | None
    started_at: datetime | None
    as_of: datetime


async def lists(tx: Transaction) -> list[ListRow]:
    """Return the latest list of each force that counts, and those that wait for a decision."""
    rows = await tx.all(
        """
        SELECT id, source, as_of, name, digest, via, received_at, rows, others, faults, state, why,
            decided_by, decided_at
        FROM (SELECT *, row_number() OVER (PARTITION BY source, state ORDER BY as_of DESC, received_at DESC)
                  AS place
              FROM police_lists WHERE authority = :authority
                  AND state IN ('compared', 'doubted', 'refused')) AS l
        WHERE (state = 'compared' AND place = 1) OR state = 'doubted'
            OR (state = 'refused' AND place = 1 AND received_at > (
                SELECT coalesce(max(received_at), '-infinity') FROM police_lists
                WHERE authority = :authority AND source = l.source AND state = 'compared'))
        ORDER BY source, as_of
        """,
        authority=tx.authority,
    )
    return read(ListRow, rows)


async def asking(tx: Transaction, limit: int) -> list[Shown]:
    """Return the differences that wait for somebody, the oldest first."""
    return await _shown(tx, f"{ASKING} ORDER BY t.opened_at, t.id LIMIT :limit", limit=limit)


async def lately(tx: Transaction, since: datetime, limit: int) -> list[Shown]:
    """Return those of which a person has said how it is, and those that ended since."""
    return await _shown(
        tx,
        "(t.settled_at IS NOT NULL AND t.ended_at IS NULL OR t.ended_at >= :since)"
        " ORDER BY coalesce(t.ended_at, t.settled_at) DESC, t.id LIMIT :limit",
        since=since,
        limit=limit,
    )


async def find(tx: Transaction, task_id: UUID) -> Shown | None:
    """Return one difference."""
    found = await _shown(tx, "t.id = :id", id=task_id)
    return found[0] if found else None


async def count(tx: Transaction) -> int:
    """Return how many differences and doubted lists wait for somebody, as far as the reader may see them."""
    return int(
        await tx.scalar(
            f"SELECT (SELECT count(*) FROM police_tasks WHERE authority = :authority AND {ASKING})"  # noqa: S608
            " + (SELECT count(*) FROM police_lists WHERE authority = :authority AND state = 'doubted')",
            authority=tx.authority,
        )
    )


async def count_tasks(tx: Transaction) -> int:
    """Return how many differences wait for somebody, as far as the reader may see them."""
    return int(
        await tx.scalar(
            f"SELECT count(*) FROM police_tasks WHERE authority = :authority AND {ASKING}",  # noqa: S608
            authority=tx.authority,
        )
    )


async def _shown(tx: Transaction, condition: str, **values: Any) -> list[Shown]:
    rows: Sequence[Any] = await tx.all(
        f"""
        SELECT t.*, c.facts AS child_facts, e.started_at AS episode_started_at, l.as_of AS list_as_of
        FROM police_tasks t JOIN police_lists l ON l.id = t.last_list_id
            LEFT JOIN children c ON c.id = t.child_id LEFT JOIN episodes e ON e.id = t.episode_id
        WHERE t.authority = :authority AND {condition}
        """,  # noqa: S608 - constants only
        authority=tx.authority,
        **values,
    )
    return [Shown(task_of(row), row.child_facts, row.episode_started_at, row.list_as_of) for row in rows]
