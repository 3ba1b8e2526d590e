"""What must be stored after a set of notifications, from the fold alone, in rows that compare."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from casework.whose import telling
from domain.episode import fold
from domain.telling import MessageKey
from schemas.policy import Policy
from store.inbox import Stored

STORED_EPISODES = """
    SELECT c.authority_child_id, e.status, e.started_at, e.located_at, e.returned_at, e.notifications,
           i.due_at, coalesce(i.provisional_due, false)
    FROM episodes e JOIN children c ON c.id = e.child_id
    LEFT JOIN interviews i ON i.episode_id = e.id AND i.status <> 'voided'
    WHERE NOT e.superseded
"""


def expected_episodes(
    messages: Sequence[dict[str, Any]], received_at: datetime, policy: Policy
) -> list[tuple[Any, ...]]:
    """Return the rows of `STORED_EPISODES` for children who all carry their authority's id."""
    by_child: dict[str, list[Any]] = {}
    for one in {(m["source"], m["id"]): m for m in messages}.values():
        stored = Stored(MessageKey(one["source"], one["id"]), one, received_at, None)
        by_child.setdefault(one["data"]["child"]["authority_child_id"], []).append(telling(stored))
    return in_order(
        (
            child,
            episode.status.value,
            episode.started_at,
            episode.located_at,
            episode.returned_at,
            [list(key) for key in episode.notifications],
            episode.clock and episode.clock.starts_at + policy.interview.within,
            episode.provisional_due,
        )
        for child, tellings in by_child.items()
        for episode in fold(tellings, policy)
    )


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows in one order, also where some of their values are null."""
    return sorted(rows, key=str)
