"""Folding everything again under another policy: what that would change, and doing it.

Whose the messages are is not asked again: a policy says nothing of that.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework import screening
from casework.apply import entry_of
from casework.change import Change, by_child, change
from casework.screening import Messages
from casework.whose import telling
from domain.interview import Interview
from schemas.policy import Policy
from store import children, episodes, inbox, interviews, ledger, outbox, policies
from store.database import Transaction
from store.episodes import EpisodeRow
from store.inbox import Stored

PORTION: Final = 200
"""Children folded at a time: a year of an authority does not fit into memory at once."""


@dataclass(frozen=True, slots=True)
class Refolded:
    """Some children under another policy: what is stored of them, and what changes."""

    messages: Messages
    episodes: Sequence[EpisodeRow]
    interviews: Sequence[Interview]
    change: Change

    @property
    def is_other(self) -> bool:
        """Whether anything is not stored as it is now."""
        new = (self.change.new_episodes, self.change.new_interviews, self.change.superseded_by)
        return any(map(bool, new))


async def refold(tx: Transaction, policy: Policy) -> AsyncIterator[Refolded]:
    """Yield what changes of the children of the authority, some at a time; nothing is written.

    `tx` sees restricted children too.
    """
    everybody = await policies.folded_children(tx)
    for portion in _portions(everybody):
        applied = await inbox.of_children(tx, portion)
        rows = await episodes.of_children(tx, portion)
        own = await interviews.of_children(tx, portion)
        # beside the event loop: a portion takes a moment, and others are waiting for their pages
        found = await asyncio.to_thread(_folded, applied, rows, own, policy, tx.authority)
        if found.is_other:
            yield found


async def write(tx: Transaction, found: Refolded, now: datetime) -> None:
    """Store what changed, and tell of it; `tx` holds the authority's lock."""
    changed = found.change
    numbers = await children.numbers(tx, {one.child_id for one in changed.new_episodes})
    await episodes.save(tx, changed.new_episodes, numbers, now)
    await episodes.supersede(tx, changed.superseded_by, now)
    await interviews.save(tx, changed.new_interviews, now)
    whose = {child_id for child_id, _ in found.messages.values()}
    await screening.ask_of_fold(tx, whose, found.messages, changed, now)
    await ledger.write(tx, [entry_of(event) for event in changed.events], now)
    await outbox.add(tx, changed.events, now)


def _folded(
    applied: Sequence[Stored],
    rows: Sequence[EpisodeRow],
    own: Sequence[Interview],
    policy: Policy,
    authority: str,
) -> Refolded:
    messages = {one.key: (one.child_id, telling(one)) for one in applied if one.child_id}
    return Refolded(messages, rows, own, change(by_child(messages.values()), rows, own, policy, authority))


def _portions(everybody: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(everybody), PORTION):
        yield everybody[start : start + PORTION]
