"""Deciding who a child is: one decision, one transaction, once.

A decision is written down for good, and all children whom it concerns are folded again in the same
transaction, under the authority's lock. A person decides only about children whom they may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from casework.apply import redecide
from casework.decision_checks import checked
from casework.policy_in_force import in_force
from casework.refusals import Conflict
from domain.continuity import NAMESPACE
from domain.decisions import Decision, DecisionKind
from schemas.decisions import AnyDecision
from schemas.events import Event
from schemas.policy import Policy
from schemas.reading import digest
from store import decided, decisions, ledger
from store.database import APPLY, Store, Transaction
from store.decisions import Recorded
from store.views import children as views
from store.views import episodes, interviews
from store.views.episodes import Episode


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did; `repeated`: it was made before, with the same key."""

    id: UUID
    children: tuple[UUID, ...]
    events: tuple[Event, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A child before or after a decision: notifications, episodes, and when interviews are due."""

    child_id: UUID
    facts: Mapping[str, Any]
    absorbed_by: UUID | None
    notifications: int
    episodes: Sequence[Episode]
    due_at: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Preview:
    """The children whom a decision concerns, as they are and as they would be."""

    before: Sequence[Picture]
    after: Sequence[Picture]


async def decide(
    store: Store,
    authority: str,
    decision: AnyDecision,
    *,
    key: str,
    person: str,
    by: str,
    policy: Policy,
    now: datetime,
) -> Decided:
    """Decide something about who a child is; the same again with the same key changes nothing.

    Raises:
        Unknown: there is no such child, message or decision, or the person may not see it.
        NotAllowed: it cannot be decided as things stand.
        Conflict: the key was used for another decision, or the question is answered or about another child.
        DatabaseUnavailable: nothing was decided; the same again does no harm.
    """
    async with store.transaction(authority, person, exclusive=True) as tx:
        sent = digest({"by": by, **decision.model_dump(mode="json")})
        if given := await decisions.given_with(tx, key):
            return _again(given, sent)
        id_ = uuid5(NAMESPACE, f"decision/{authority}/{person}/{key}")
        made, concerned = await checked(tx, decision, id_)
        recorded = Recorded(made, tuple(sorted(concerned)), key, sent, decision.reason, by, person, now)
        return await record(tx, recorded, await in_force(tx, policy), now)


async def preview(
    store: Store, authority: str, decision: AnyDecision, *, person: str, policy: Policy, now: datetime
) -> Preview:
    """Return what a decision would change, and change nothing.

    Raises:
        Unknown, NotAllowed, Conflict: as `decide` does.
    """
    async with store.transaction(authority, person, exclusive=True) as tx:
        made, concerned = await checked(tx, decision, uuid5(NAMESPACE, f"preview/{person}"))
        children = tuple(sorted(concerned))
        before = [await _picture(tx, child) for child in children]
        trial = await tx.connection.begin_nested()
        recorded = Recorded(made, children, "preview", b"", decision.reason, person, person, now)
        await record(tx, recorded, await in_force(tx, policy), now)
        after = [await _picture(tx, child) for child in children]
        await trial.rollback()
    return Preview(before, after)


async def _picture(tx: Transaction, child_id: UUID) -> Picture:
    found = await views.find(tx, child_id)
    return Picture(
        child_id,
        found.facts if found else {},
        found.absorbed_by if found else None,
        len(await views.told(tx, child_id)),
        await episodes.of_child(tx, child_id),
        await interviews.deadlines(tx, child_id),
    )


async def record(tx: Transaction, recorded: Recorded, policy: Policy, now: datetime) -> Decided:
    """Write a decision down and do what follows from it; `tx` holds the authority's lock."""
    await decisions.add(tx, recorded)
    await ledger.write(tx, [entry_of(recorded)], now)
    async with tx.as_system(APPLY) as system:
        await _make_room(system, recorded.decision, now)
        events = await redecide(system, recorded.children, policy, now)
    return Decided(recorded.decision.id, recorded.children, events)


def entry_of(recorded: Recorded) -> ledger.Entry:
    """Return the ledger's line: whom it concerns and a digest, none of what was written."""
    payload = {
        "decision": str(recorded.decision.id),
        "kind": recorded.decision.kind.value,
        "children": [str(child) for child in recorded.children],
        "undoes": str(recorded.decision.undoes) if recorded.decision.undoes else None,
        "digest": recorded.digest.hex(),
    }
    about = recorded.decision.child or next(iter(recorded.children), None)
    return ledger.Entry("decision.made", f"decision/{recorded.decision.id}", payload, about)


async def _make_room(tx: Transaction, decision: Decision, now: datetime) -> None:
    """Insert the child whom a split makes, if it names none that is there."""
    other = decision.other if decision.kind is DecisionKind.SPLIT else None
    if other is not None and other not in await decided.rows(tx, [other]):
        await decided.make(tx, other, decision.id, now)


def _again(given: Recorded, sent: bytes) -> Decided:
    if given.sent != sent:
        raise Conflict(f"the key {given.key} was used for another decision: send this one with a new key")
    return Decided(given.decision.id, given.children, repeated=True)
