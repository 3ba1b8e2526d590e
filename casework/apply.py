"""Applying notifications: who is this child, fold, what changed, all of it in one transaction.

Knows nothing of how the messages were carried. Delivered twice is applied once; what is not committed was
never applied.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import screening
from casework.change import Change, by_child, change
from casework.decided import held
from casework.policy_in_force import in_force
from casework.whose import Whose, as_decided, whose
from domain.identity import Identity, identity_of
from domain.telling import MessageKey, Telling, in_order_of_telling
from schemas.events import Event
from schemas.notification import ChildFacts
from schemas.policy import Policy
from store import children, decided, episodes, inbox, interviews, ledger, outbox, positions, restrictions
from store.database import Store, Transaction
from store.decided import Held
from store.inbox import Stored
from store.positions import Position
from store.restrictions import Restricted

CHANGED = "homeward_changed"
"""The channel on which pages hear that something changed."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What one batch did: the messages that it applied, without those that were applied before."""

    messages: tuple[Stored, ...]
    events: tuple[Event, ...] = ()


async def apply(
    keys: Sequence[MessageKey],
    authority: str,
    store: Store,
    policy: Policy,
    now: datetime,
    *,
    seen: Iterable[Position] = (),
) -> Applied:
    """Apply one authority's messages; those already applied change nothing.

    `keys` name rows of the inbox; `now` (UTC) is only written down, no rule reads it. `seen` are the
    messages' places in Kafka's log, which are marked as seen in the same transaction. `policy` is the
    configured one: it counts until the authority has accepted one of its own.

    Raises:
        DatabaseUnavailable: nothing was applied; applying the same again does no harm.
        PolicyError: what the authority accepted cannot be read; nothing was applied.
    """
    async with store.transaction(authority, exclusive=True) as tx:
        waiting = await inbox.take(tx, keys)
        rules = await in_force(tx, policy)
        events = await _settle(tx, waiting, frozenset(), rules, now) if waiting else ()
        await positions.saw(tx, seen)
    return Applied(tuple(waiting), events)


async def apply_within(
    tx: Transaction, keys: Sequence[MessageKey], policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Apply messages in a transaction that does more with what comes of them.

    `tx` holds the authority's lock; `policy` is the one in force.
    """
    waiting = await inbox.take(tx, keys)
    return await _settle(tx, waiting, frozenset(), policy, now) if waiting else ()


async def reapply(
    tx: Transaction, child_ids: Collection[UUID], policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Ask again whose the applied messages of these children are, since what is known of them changed.

    `tx` holds the authority's lock. A message stays with its child unless certain evidence says otherwise.
    """
    return await _settle(tx, (), frozenset(child_ids), policy, now)


async def redecide(
    tx: Transaction, child_ids: Collection[UUID], policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Say anew whose the applied messages of these children are, since somebody decided about them.

    `tx` holds the authority's lock and sees restricted children. What the rules find stays as it is.
    """
    return await _carry_out(tx, await as_decided(tx, child_ids), (), policy, now)


async def _settle(
    tx: Transaction, waiting: Sequence[Stored], again: frozenset[UUID], policy: Policy, now: datetime
) -> tuple[Event, ...]:
    return await _carry_out(tx, await whose(tx, waiting, policy.matching, again), waiting, policy, now)


async def _carry_out(
    tx: Transaction, found: Whose, waiting: Sequence[Stored], policy: Policy, now: datetime
) -> tuple[Event, ...]:
    changed = await _change(tx, found, policy)
    restricted = await _save(tx, found, changed, now)
    await screening.ask(tx, found, changed, [found.messages[s.key][1] for s in waiting], now)
    await _tell(tx, found, changed, restricted, now)
    return changed.events


async def _change(tx: Transaction, found: Whose, policy: Policy) -> Change:
    return change(
        by_child(found.messages.values()),
        await episodes.of_children(tx, found.concerned),
        await interviews.of_children(tx, found.concerned),
        policy,
        tx.authority,
    )


async def _save(tx: Transaction, found: Whose, changed: Change, now: datetime) -> list[Restricted]:
    """Write all of it, and return who has become restricted: episodes and interviews go where messages go."""
    numbers = {id_: row.number for id_, row in found.rows.items()}
    numbers |= await children.save(tx, list(_children(found)), now)
    await decided.describe(tx, dict(_described(found)), now)
    await children.absorb(tx, found.identified.absorbed, now)
    held = _held(found)
    await decided.hold(tx, held, now)
    joined = {(child, one.absorbed_by) for child, one in held.items() if one.absorbed_by}
    restricted = await restrictions.carry(tx, {*_absorbed(found), *joined}, now)
    restricted += await restrictions.carry(tx, found.left, now)
    await inbox.mark_applied(tx, found.links, now)
    numbers |= await children.numbers(tx, {one.child_id for one in changed.new_episodes} - numbers.keys())
    await episodes.save(tx, changed.new_episodes, numbers, now)
    await episodes.supersede(tx, changed.superseded_by, now)
    await interviews.save(tx, changed.new_interviews, now)
    return restricted


def _children(found: Whose) -> Iterable[tuple[Any, Mapping[str, Any], bool]]:
    """Yield the children of the rules that are not stored as they are now, with the facts shown."""
    messages = by_child(found.messages.values())
    left = found.rows.keys() & found.found - found.identified.absorbed.keys()
    for child_id in (messages.keys() | left | _new(found)) & found.identified.children.keys():
        row = found.rows.get(child_id)
        kept = row is not None and (row.indexed or child_id not in messages)
        facts = row.facts if row is not None and kept else describe(messages.get(child_id, ()))
        known = found.identified.children[child_id]
        if row is None or (row.known, row.facts) != (known, facts):
            yield known, facts, row is not None and row.indexed


def _new(found: Whose) -> set[UUID]:
    """Return whom the rules have just found: stored also where all that was told is another's by decision."""
    return {link.found for link in found.links} - found.rows.keys()


def _described(found: Whose) -> Iterable[tuple[UUID, tuple[dict[str, Any], Identity]]]:
    """Yield the facts of children with messages of whom the rules say nothing now, where they changed."""
    rows = found.decided.rows or {}
    for child_id, tellings in by_child(found.messages.values()).items():
        if child_id in found.identified.children or rows[child_id].row.indexed:
            continue
        if rows[child_id].row.facts != (facts := describe(tellings)):
            yield child_id, (facts, identity_of(ChildFacts.model_validate(facts)))


def _held(found: Whose) -> dict[UUID, Held]:
    if not found.decided.rows:
        return {}
    return held(found.decided.rows, found.assignment, found.decided.decisions, found.identified)


def _absorbed(found: Whose) -> Iterable[restrictions.Went]:
    """Yield who was taken over by whom, where nobody decided otherwise."""
    return ((child, found.assignment.who(child)) for child in found.identified.absorbed)


def describe(tellings: Iterable[Telling]) -> dict[str, Any]:
    """Return what is shown of a child: of each fact what was told last."""
    facts: dict[str, Any] = {}
    for telling in in_order_of_telling(tellings):
        facts |= telling.child.model_dump(mode="json", exclude_none=True)
    return facts


async def _tell(
    tx: Transaction, found: Whose, changed: Change, restricted: Iterable[Restricted], now: datetime
) -> None:
    """Write down what was done and what became true, and wake whoever watches."""
    done = (*_absorptions(found), *map(_restriction, restricted), *_links(found))
    entries = [*done, *(entry_of(event) for event in changed.events)]
    await ledger.write(tx, entries, now)
    await outbox.add(tx, changed.events, now)
    await tx.tell(CHANGED)


def entry_of(event: Event) -> ledger.Entry:
    """Return the ledger's line for a domain event: `homeward.episode.opened.v1` is `episode.opened`."""
    action = event.type.removeprefix("homeward.").removesuffix(".v1")
    subject = f"{action.split('.', maxsplit=1)[0]}/{event.subject_id}"
    return ledger.Entry(action, subject, event.model_dump(mode="json"), event.child_id)


def _links(found: Whose) -> Iterable[ledger.Entry]:
    for key, child_id in found.moved:
        payload: dict[str, Any] = {"source": key.source, "id": key.id, "child_id": str(child_id)}
        if (score := found.identified.weighed.get(key)) and found.identified.links.get(key) == child_id:
            payload["weighed"] = score.told
        yield ledger.Entry("notification.linked", f"notification/{key.source}/{key.id}", payload, child_id)


def _absorptions(found: Whose) -> Iterable[ledger.Entry]:
    absorbed: Mapping[UUID, UUID] = found.identified.absorbed
    for child_id, by in absorbed.items():
        yield ledger.Entry("child.absorbed", f"child/{child_id}", {"absorbed_by": str(by)}, child_id)


def _restriction(one: Restricted) -> ledger.Entry:
    payload = {
        "child_id": str(one.child_id),
        "because_of": [str(other) for other in one.because_of],
        "people": sorted(one.people),
    }
    return ledger.Entry("child.restricted", f"child/{one.child_id}", payload, one.child_id)
