"""What forces' lists differ in from what is known here, as it is kept: opened, settled by a person, ended."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.police_list import Difference, Kind
from schemas.police_list import Listed
from store.database import Transaction
from store.police_lists import listed_row, told_row


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A difference as kept; `history` are objects with what, at, by, actor and why, oldest first."""

    id: UUID
    source: str
    kind: Kind
    key: str
    why: str
    child_id: UUID | None
    episode_id: UUID | None
    listed: Listed | None
    list_id: UUID
    last_list_id: UUID
    opened_at: datetime
    settled_at: datetime | None = None
    settled_as: str | None = None
    history: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    ended_at: datetime | None = None
    ended_why: str | None = None


async def standing(tx: Transaction, source: str) -> list[TaskRow]:
    """Return the force's differences that last, also those of which a person has said how it is."""
    found = await tx.all(
        f"{_TASKS} AND source = :source AND ended_at IS NULL ORDER BY opened_at, id",
        authority=tx.authority,
        source=source,
    )
    return [task_of(row) for row in found]


async def task(tx: Transaction, task_id: UUID) -> TaskRow | None:
    """Return one difference."""
    row = await tx.first(f"{_TASKS} AND id = :id", authority=tx.authority, id=task_id)
    return task_of(row) if row else None


async def open_(tx: Transaction, made: Iterable[TaskRow]) -> None:
    """Insert differences."""
    await tx.write(
        "INSERT INTO police_tasks (id, authority, source, kind, key, why, child_id, episode_id, listed,"
        " list_id, last_list_id, opened_at) VALUES (:id, :authority, :source, :kind, :key, :why, :child,"
        " :episode, CAST(CAST(:listed AS text) AS jsonb), :list_id, :list_id, :at)",
        [
            {
                "id": one.id, "authority": tx.authority, "source": one.source, "kind": one.kind,
                "key": one.key, "why": one.why, "child": one.child_id, "episode": one.episode_id,
                "listed": told_row(one.listed), "list_id": one.list_id, "at": one.opened_at,
            }
            for one in made
        ],
    )  # fmt: skip


async def keep(tx: Transaction, list_id: UUID, kept: Mapping[UUID, Difference]) -> None:
    """Write down how differences that last are now, by the latest list."""
    await tx.write(
        "UPDATE police_tasks SET why = :why, child_id = CAST(:child AS uuid), last_list_id = :list_id,"
        " episode_id = CAST(:episode AS uuid), listed = CAST(CAST(:listed AS text) AS jsonb) WHERE id = :id"
        " AND (why, child_id, last_list_id, episode_id)"
        " IS DISTINCT FROM (:why, CAST(:child AS uuid), CAST(:list_id AS uuid), CAST(:episode AS uuid))",
        [
            {
                "id": id_, "why": one.why, "child": one.child_id, "episode": one.episode_id,
                "listed": told_row(one.listed), "list_id": list_id,
            }
            for id_, one in kept.items()
        ],
    )  # fmt: skip


async def end(tx: Transaction, whys: Mapping[UUID, str], now: datetime) -> None:
    """Write down that differences are ones no more, and why."""
    await tx.write(
        "UPDATE police_tasks SET ended_at = :now, ended_why = :why WHERE id = :id AND ended_at IS NULL",
        [{"id": id_, "why": why, "now": now} for id_, why in whys.items()],
    )


async def note(tx: Transaction, task_id: UUID, done: Mapping[str, str]) -> None:
    """Add to a difference's history what somebody did about it."""
    await tx.run(
        "UPDATE police_tasks SET history = history || CAST(:done AS jsonb) WHERE id = :id",
        id=task_id,
        done=json.dumps([dict(done)]),
    )


async def settle(tx: Transaction, task_id: UUID, as_: str, now: datetime) -> None:
    """Write down how a person says that it is: it is asked no more while it lasts."""
    await tx.run(
        "UPDATE police_tasks SET settled_at = :now, settled_as = :as_ WHERE id = :id",
        id=task_id,
        as_=as_,
        now=now,
    )


def task_of(row: Any) -> TaskRow:
    """Return a difference of a row that has its columns."""
    values = {name: getattr(row, name) for name in _FIELDS}
    told = listed_row(row.listed) if row.listed is not None else None
    return TaskRow(**(values | {"kind": Kind(row.kind), "listed": told}))


_FIELDS = tuple(each.name for each in fields(TaskRow))
_TASKS = (
    "SELECT id, source, kind, key, why, child_id, episode_id, listed, list_id, last_list_id, opened_at,"
    " settled_at, settled_as, history, ended_at, ended_why FROM police_tasks WHERE authority = :authority"
)
