"""Verifying episodes and interviews: every column that the fold decides, against the fold and the ledger."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from casework.change import by_child
from domain.episode import Episode, fold
from domain.interview import Placed, follow
from domain.telling import MessageKey, Telling
from schemas.policy import Policy
from store import episodes, interviews
from store.verifying import Everything

EPISODE_FACTS = (
    "status",
    "category",
    "risk_level",
    "started_at",
    "located_at",
    "returned_at",
    "conflict_reasons",
)


def verify_episodes(
    all_: Everything, tellings: Mapping[MessageKey, Telling], policy: Policy
) -> Iterator[str]:
    """Yield every difference between the stored episodes and the fold of the stored messages."""
    for row, child_id, episode in _paired(all_, tellings, policy):
        if episode is None:
            yield f"episodes {row.id}: the fold of its child's messages gives no such episode"
        elif row is None:
            first = ", ".join(episode.notifications[0])
            yield f"episodes of child {child_id}: the one that begins with message ({first}) is not stored"
        else:
            expected = episodes.columns_of(episode) | {
                "child_id": child_id,
                "child_number": all_.child_number(child_id),
                "superseded": False,
                "superseded_by": None,
            }
            yield from _compare(f"episodes {row.id}", row, expected)
    yield from _episodes_against_ledger(all_)


def verify_interviews(
    all_: Everything, tellings: Mapping[MessageKey, Telling], policy: Policy
) -> Iterator[str]:
    """Yield every difference between the stored interviews and what their episodes ask for."""
    placed = [
        Placed(row.id, child_id, episode)
        for row, child_id, episode in _paired(all_, tellings, policy)
        if row is not None and episode is not None
    ]
    stored = {row.id: row for row in all_.interviews}
    before = [interviews.read(row) for row in all_.interviews]
    for interview in follow(before, placed, policy.interview.within):
        if interview.id in stored:
            name = f"interviews {interview.id}"
            yield from _compare(name, stored[interview.id], interviews.columns_of(interview))
        else:
            yield f"interviews of episode {interview.episode_id}: the one due {interview.due_at} is lacking"
    yield from _interviews_against_ledger(all_)


def _paired(
    all_: Everything, tellings: Mapping[MessageKey, Telling], policy: Policy
) -> Iterator[tuple[Any, UUID, Episode | None]]:
    """Yield each live stored episode beside the folded one with which it has most messages in common."""
    owners = {stored.key: stored.child_id for stored in all_.inbox}
    messages = by_child((child, t) for key, t in tellings.items() if (child := owners[key]))
    live = [row for row in all_.episodes if not row.superseded]
    holders = {tuple(pair): row for row in live for pair in row.notifications}
    paired: set[UUID] = set()
    for child_id, told in messages.items():
        for episode in fold(told, policy):
            row = _likeliest(episode.notifications, holders, paired)
            if row is not None:
                paired.add(row.id)
            yield row, child_id, episode
    for row in live:
        if row.id not in paired:
            yield row, row.child_id, None


def _likeliest(keys: Sequence[MessageKey], holders: Mapping[tuple[str, ...], Any], paired: set[UUID]) -> Any:
    rows = [row for key in keys if (row := holders.get(tuple(key))) is not None and row.id not in paired]
    counted = Counter(row.id for row in rows).most_common(1)
    return next((row for row in rows if counted and row.id == counted[0][0]), None)


def _compare(name: str, row: Any, expected: Mapping[str, Any]) -> Iterator[str]:
    for column, value in expected.items():
        stored = getattr(row, column)
        if stored != value:
            yield f"{name}: {column} is {stored!s}, but the rules give {value!s}"


def _episodes_against_ledger(all_: Everything) -> Iterator[str]:
    told = _last_told(all_, "episode/")
    for row in all_.episodes:
        was = told.get(f"episode/{row.id}")
        if was is None:
            yield f"episodes {row.id}: the ledger does not know it"
        elif row.superseded != ("superseded_by" in was):
            yield f"episodes {row.id}: superseded is {row.superseded}, but the ledger says otherwise"
        elif row.superseded:
            yield from _compare_told(f"episodes {row.id}", row, was, ("superseded_by",))
        else:
            yield from _compare_told(f"episodes {row.id}", row, was, EPISODE_FACTS)


def _interviews_against_ledger(all_: Everything) -> Iterator[str]:
    told = _last_told(all_, "interview/")
    for row in all_.interviews:
        was = told.get(f"interview/{row.id}")
        name = f"interviews {row.id}"
        if was is None:
            yield f"{name}: the ledger does not know it"
            continue
        facts = (
            "child_id",
            "episode_id",
            "status",
            "clock_started_at",
            "due_at",
            "provisional_due",
            "voided_from",
        )
        yield from _compare_told(name, row, was, facts)
        if (row.voided_reason, [row.anchor_source, row.anchor_id]) != (was["reason"], was["clock_message"]):
            yield f"{name}: voided_reason or anchor is not what the ledger says"


def _last_told(all_: Everything, kind: str) -> dict[str, Mapping[str, Any]]:
    """Return what was told last of each, by subject; what is noted beside its course says no facts of it."""
    return {
        row.subject: row.payload
        for row in all_.ledger
        if row.subject.startswith(kind) and row.payload and row.payload.keys() & {"status", "superseded_by"}
    }


def _compare_told(name: str, row: Any, was: Mapping[str, Any], facts: Sequence[str]) -> Iterator[str]:
    for fact in facts:
        stored = _spell(getattr(row, fact))
        if stored != was[fact]:
            yield f"{name}: {fact} is {stored}, but the ledger says {was[fact]}"


def _spell(value: Any) -> Any:
    """Return a column's value as an event spells it."""
    if hasattr(value, "isoformat"):
        return value.isoformat().replace("+00:00", "Z")
    return str(value) if isinstance(value, UUID) else value
