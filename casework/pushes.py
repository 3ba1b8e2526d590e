"""Approved outcomes on their way into other systems: queued at approval, then delivered, then confirmed.

A push is known by a key that follows from its interview and its target, so that it is the same push however
often it is queued, sent or read back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from casework import plans
from casework.pushing import stuck
from domain.continuity import NAMESPACE
from domain.plan.parts import action_id
from schemas.plan import Outcomes
from schemas.plan_policy import PlanPolicy
from schemas.plan_update import PlanUpdate, PushedOutcome
from schemas.record import InterviewRecord
from store import conduct, drafts, ledger, pushes
from store.database import Store, Transaction
from store.pushes import Count, Facts, Push, Wanted

PERSON: Final = "system:push-outcomes"
HELD_FOR: Final = timedelta(minutes=15)
"""How long a run keeps a push to itself. Of a run that was killed the next one takes over after that."""
REPAIRED_AT_ONCE: Final = 1000
LISTED_AT_MOST: Final = 10_000
OPEN: Final = ("waiting", "delivered", "stuck")
UNREADABLE: Final = "its outcomes in the plan cannot be read: tell whoever keeps Homeward"


@dataclass(frozen=True, slots=True)
class Due:
    """A push to be tried now, and what it tells."""

    push: Push
    update: PlanUpdate


def key_of(interview_id: UUID, target: str) -> UUID:
    """Return the key of a push."""
    return uuid5(NAMESPACE, f"push/{target}/{interview_id}")


async def queue(tx: Transaction, interview_id: UUID, targets: Sequence[str], now: datetime) -> None:
    """Queue an approved interview for each target, once; one without outcomes has nothing to tell."""
    if targets and await pushes.has_outcomes(tx, interview_id):
        rows = [(interview_id, str(target), key_of(interview_id, target)) for target in targets]
        await pushes.add(tx, rows, now)


async def repair(
    store: Store, authority: str, targets: Sequence[str], policy: PlanPolicy, now: datetime
) -> int:
    """Put right what approval should have done: outcomes enter the plan, and are queued for each target.

    So it is also with a target that is new in the policy: it is told everything that was approved before.
    """
    await _into_plans(store, authority, policy, now)
    queued = 0
    for target in targets:
        while found := await _queue_some(store, authority, target, now):
            queued += found
    return queued


async def claim(store: Store, authority: str, target: str, as_of: datetime, limit: int) -> list[Due]:
    """Take pushes that are due: no other run has them until they are settled, or for 15 minutes."""
    async with store.transaction(authority, PERSON) as tx:
        taken = await pushes.claim(tx, target, as_of, as_of + HELD_FOR, limit)
        told = await pushes.facts(tx, [push.interview_id for push in taken])
        due, unreadable = _readable(authority, taken, told)
        await pushes.settle(tx, [stuck(push, UNREADABLE, as_of) for push in unreadable])
    return due


def _readable(
    authority: str, taken: Sequence[Push], told: Mapping[UUID, Facts]
) -> tuple[list[Due], list[Push]]:
    """Return what can be told, and the pushes of which nothing can: one such must not stop the others."""
    due: list[Due] = []
    unreadable: list[Push] = []
    for push in taken:
        try:
            due.append(Due(push, update_of(authority, push.key, told[push.interview_id])))
        except (KeyError, ValueError):
            unreadable.append(push)
    return due, unreadable


def update_of(authority: str, key: UUID, facts: Facts) -> PlanUpdate:
    """Return what is told of an interview under a key."""
    entry = Outcomes.model_validate(facts.body)
    return PlanUpdate(
        key=key,
        authority=authority,
        interview_id=facts.interview_id,
        episode_id=facts.episode_id,
        child_id=facts.child_id,
        authority_child_id=facts.child,
        held_on=entry.held_on,
        approved_at=facts.approved_at,
        decision=facts.decision,
        outcomes=tuple(
            PushedOutcome(reference=action_id(facts.interview_id, number), number=number, outcome=outcome)
            for number, outcome in enumerate(entry.outcomes, start=1)
        ),
    )


async def settle(
    store: Store, authority: str, settled: Sequence[tuple[Push, PlanUpdate]], now: datetime
) -> None:
    """Write down what became of pushes, and in the ledger which arrived and which are stuck."""
    async with store.transaction(authority, PERSON) as tx:
        await pushes.settle(tx, [push for push, _ in settled])
        await ledger.write(tx, [_entry(*each) for each in settled if each[0].state in _TOLD], now)


async def put_off(store: Store, authority: str, target: str, as_of: datetime, *, why: str) -> int:
    """Say why nothing can go to a target now, of all that is due, and return how many pushes that are."""
    async with store.transaction(authority, PERSON) as tx:
        return await pushes.put_off(tx, target, why, as_of, as_of + HELD_FOR)


async def standing(store: Store, authority: str) -> list[Count]:
    """Return how many pushes are in which state, by target."""
    async with store.transaction(authority, PERSON) as tx:
        return await pushes.counts(tx)


async def listed(store: Store, authority: str, person: str, *, all_: bool) -> list[Push]:
    """Return pushes, the longest queued first; those that arrived only if `all_` are wanted."""
    states = None if all_ else OPEN
    async with store.transaction(authority, person) as tx:
        return await pushes.listed(tx, Wanted(states), None, LISTED_AT_MOST)


async def retry(store: Store, authority: str, person: str, interview_id: UUID | None, now: datetime) -> int:
    """Let the next run try an interview, or everything that has not arrived; return how many pushes."""
    async with store.transaction(authority, person) as tx:
        count = await pushes.make_due(tx, interview_id, now)
        told = {"pushes": count, "interview_id": str(interview_id) if interview_id else None}
        await ledger.write(tx, [ledger.Entry("pushes.retried", f"authority/{authority}", told)], now)
    return count


async def _queue_some(store: Store, authority: str, target: str, now: datetime) -> int:
    async with store.transaction(authority, PERSON) as tx:
        found = await pushes.not_queued(tx, target, REPAIRED_AT_ONCE)
        await pushes.add(tx, [(id_, str(target), key_of(id_, target)) for id_ in found], now)
    return len(found)


async def _into_plans(store: Store, authority: str, policy: PlanPolicy, now: datetime) -> None:
    async with store.transaction(authority, PERSON) as tx:
        lacking = await pushes.not_in_a_plan(tx, REPAIRED_AT_ONCE)
    for interview_id in lacking:
        async with store.transaction(authority, PERSON, exclusive=True) as tx:
            await _into_plan(tx, interview_id, policy, now)


async def _into_plan(tx: Transaction, interview_id: UUID, policy: PlanPolicy, now: datetime) -> None:
    found = await conduct.find(tx, interview_id)
    if found is None or found.progress.record_no is None:
        return
    draft = await drafts.find(tx, interview_id, found.progress.record_no)
    if draft is None or draft.record is None:
        return
    approvals = [each.by for each in await conduct.given_to(tx, interview_id) if each.name == "approve"]
    record = InterviewRecord.model_validate(draft.record)
    by = approvals[-1] if approvals else PERSON
    await plans.enter_outcomes(tx, interview_id, record, by=by, now=now, policy=policy)


_TOLD: Final = ("confirmed", "stuck")


def _entry(push: Push, update: PlanUpdate) -> ledger.Entry:
    told = {"target": push.target, "key": str(push.key), "attempts": push.attempts, "why": push.why}
    return ledger.Entry(f"push.{push.state}", f"push/{push.interview_id}", told, update.child_id)
