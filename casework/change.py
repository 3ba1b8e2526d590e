"""What a set of messages makes of some children: folded, compared with what was stored. Pure.

The children are those whose messages changed, and all of them together: an interview or an episode may
go from one to another with its incident.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.continuity import keep_ids
from domain.diff import State, diff, state_of
from domain.episode import fold
from domain.interview import Interview, Placed, follow
from domain.telling import Telling
from schemas.events import Event
from schemas.policy import Policy
from store.episodes import EpisodeRow, is_new


@dataclass(frozen=True, slots=True)
class Change:
    """All episodes and interviews of the children concerned as they are now, and what is new of them."""

    placed: tuple[Placed, ...]
    superseded_by: Mapping[UUID, UUID | None]
    interviews: tuple[Interview, ...]
    events: tuple[Event, ...]
    new_episodes: tuple[Placed, ...]
    """Those that are not stored as they are now; what is stored already is not written again."""
    new_interviews: tuple[Interview, ...]


def change(
    messages: Mapping[UUID, Sequence[Telling]],
    episodes: Sequence[EpisodeRow],
    interviews: Sequence[Interview],
    policy: Policy,
    authority: str,
    *,
    elsewhere: Collection[UUID] = (),
) -> Change:
    """Fold each child's messages and say what became of the episodes and interviews stored before.

    `elsewhere` are ids of other children's episodes and interviews, that no new one may get: an interview
    that went to another child may have had the same cause.
    """
    folded = [
        (child_id, episode) for child_id in sorted(messages) for episode in fold(messages[child_id], policy)
    ]
    kept = keep_ids(folded, [(row.child_id, row.remembered) for row in episodes], elsewhere)
    placed = tuple(
        Placed(id_, child_id, episode) for id_, (child_id, episode) in zip(kept.ids, folded, strict=True)
    )
    followed = follow(interviews, placed, policy.interview.within, elsewhere)
    live = [row for row in episodes if not row.remembered.superseded]
    before = State(
        {row.remembered.id: (row.child_id, row.facts) for row in live}, {i.id: i for i in interviews}
    )
    after = state_of(placed, followed)
    rows = {row.remembered.id: row for row in episodes}
    return Change(
        placed,
        kept.superseded_by,
        followed,
        diff(before, after, kept.superseded_by, authority),
        new_episodes=tuple(one for one in placed if is_new(one, rows.get(one.id))),
        new_interviews=tuple(i for i in followed if before.interviews.get(i.id) != i),
    )


def by_child(messages: Iterable[tuple[UUID, Telling]]) -> dict[UUID, list[Telling]]:
    """Group messages by the child that they are about."""
    grouped: dict[UUID, list[Telling]] = defaultdict(list)
    for child_id, telling in messages:
        grouped[child_id].append(telling)
    return grouped
