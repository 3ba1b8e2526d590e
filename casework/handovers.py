"""Handing an interview over to the authority in whose area the child lives: offered, answered, or lapsed.

The interview stays the owner's, with its deadline and its ladder; the host takes the responsibility on when
it accepts in time. What the host does is written in the owner's ledger too.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from casework.apply import CHANGED, entry_of
from casework.handover_checks import check_offer, check_step
from casework.refusals import Conflict, NotAllowed, Unknown
from domain.continuity import NAMESPACE
from domain.handover import Handover, answer_at, responsible, why_not_answered
from schemas.events import HandoverAnswered, HandoverEvent, HandoverOffered
from schemas.handover import HandoverAnswer, HandoverStep, HostStep, OfferHandover
from store import conduct, handovers, ledger, outbox
from store.database import Store, Transaction
from store.handovers import HANDOVER, Offered, Wanted

__all__ = ["Shown", "Told", "Wanted", "answer", "lapse", "listed", "offer", "shown"]


@dataclass(frozen=True, slots=True)
class Told:
    """An offer as it is after a step. `repeated`: the step was taken before."""

    handover_id: UUID
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer as it is at a moment: `answer` also where nobody noted yet that it lapsed."""

    offered: Offered
    answer: HandoverAnswer | None
    responsible: str
    due_at: datetime | None


async def offer(
    store: Store,
    authority: str,
    interview_id: UUID,
    asked: OfferHandover,
    *,
    key: str,
    person: str,
    now: datetime,
) -> Told:
    """Offer an interview to a host; the same with the same key is done once.

    Raises:
        Unknown: there is no such interview, or the person may not see it.
        NotAllowed: it is offered or taken already, or need not be held any more.
        BadInput: a field cannot be so.
        Conflict: the key was used for another offer.
    """
    new = Offered(_new(authority, interview_id, asked, key, now), asked.reason, asked.by)
    async with store.transaction(authority, person, exclusive=True) as tx:
        if before := await handovers.find(tx, new.handover.id):
            return _again(before, new, key)
        found = await conduct.find(tx, interview_id)
        if found is None:
            raise Unknown("there is no such interview, or it may not be seen")
        await _lapse(tx, now, interview_id)
        await check_offer(tx, asked, found, now)
        await handovers.add(tx, new)
        child_id = found.interview.child_id
        event = HandoverOffered(**_facts(new, child_id, asked.by, now), accept_by=asked.accept_by)
        await _write(tx, [event], now)
    return Told(new.handover.id)


async def answer(
    store: Store,
    authority: str,
    handover_id: UUID,
    step: HandoverStep,
    *,
    person: str,
    served: Collection[str],
    now: datetime,
) -> Told:
    """Accept, refuse or withdraw an offer; the same again changes nothing. `served`: who is served here.

    Raises:
        Unknown: there is no such offer by this authority or to it.
        NotAllowed: it is answered or lapsed, or another authority's to answer.
        BadInput: a field names nobody, or somebody who may not.
        Conflict: somebody answered at the same moment.
    """
    async with store.transaction(authority, person) as tx:
        found = await handovers.find(tx, handover_id)
        if found is None:
            raise Unknown("there is no such hand-over")
        done = _answered(found, step, now)
        if found.handover.answer and _said(found) == _said(done):
            return Told(handover_id, repeated=True)
        if why := why_not_answered(found.handover, now):
            raise NotAllowed(f"The hand-over cannot be changed: {why}")
        await check_step(tx, found.handover, step, served, now)
        if not await handovers.answer(tx, done):
            raise Conflict("somebody answered it at the same moment: look at it again")
        await _tell_owner(tx, done, step.by, now)
    return Told(handover_id)


async def lapse(store: Store, authority: str, now: datetime) -> int:
    """Write down which of an authority's offers were not answered in time, and return how many.

    Responsibility does not wait for it: it never left the owner.
    """
    async with store.transaction(authority, HANDOVER) as tx:
        return len(await _lapse(tx, now))


async def listed(
    store: Store,
    authority: str,
    wanted: Wanted,
    after: tuple[datetime, UUID] | None,
    limit: int,
    *,
    person: str,
    now: datetime,
) -> list[Shown]:
    """Return offers by an authority and to it, the latest first; what lapsed meanwhile is noted."""
    await lapse(store, authority, now)
    async with store.transaction(authority, person) as tx:
        return await _shown(tx, await handovers.listed(tx, wanted, after, limit), now)


async def shown(store: Store, authority: str, handover_id: UUID, *, person: str, now: datetime) -> Shown:
    """Return one offer.

    Raises:
        Unknown: there is no such offer by this authority or to it.
    """
    await lapse(store, authority, now)
    async with store.transaction(authority, person) as tx:
        found = await handovers.find(tx, handover_id)
        if found is None:
            raise Unknown("there is no such hand-over")
        [one] = await _shown(tx, [found], now)
    return one


async def _shown(tx: Transaction, offers: Sequence[Offered], now: datetime) -> list[Shown]:
    due = await handovers.deadlines(tx, offers)
    return [
        Shown(
            each,
            answer_at(each.handover, now),
            responsible([each.handover], each.handover.owner, now),
            due.get(each.handover.interview_id),
        )
        for each in offers
    ]


def _new(authority: str, interview_id: UUID, asked: OfferHandover, key: str, now: datetime) -> Handover:
    """Return the offer that a key makes: the same key is always the same offer."""
    id_ = uuid5(NAMESPACE, f"handover/{authority}/{key}")
    return Handover(id_, authority, asked.to, interview_id, now, asked.accept_by)


def _again(before: Offered, new: Offered, key: str) -> Told:
    then = replace(before.handover, offered_at=new.handover.offered_at, answer=None, answered_at=None)
    if (then, before.reason, before.offered_by) != (new.handover, new.reason, new.offered_by):
        raise Conflict(f"the key {key} was used for another hand-over: send this one with a new key")
    return Told(before.handover.id, repeated=True)


def _answered(found: Offered, step: HandoverStep, now: datetime) -> Offered:
    handover = replace(found.handover, answer=step.answer, answered_at=now)
    said_by = step.said_by if isinstance(step, HostStep) else None
    why: str = getattr(step, "reason", "")
    return replace(found, handover=handover, answered_by=said_by or step.by, answer_why=why)


def _said(offered: Offered) -> tuple[object, ...]:
    return offered.handover.answer, offered.answered_by, offered.answer_why


async def _lapse(tx: Transaction, now: datetime, interview_id: UUID | None = None) -> list[Offered]:
    gone = await handovers.lapse(tx, now, interview_id)
    if gone:
        children = await handovers.children_of(tx, gone)
        events = [_event(each, children[each.handover.interview_id], HANDOVER, tx, now) for each in gone]
        await _write(tx, events, now)
    return gone


async def _tell_owner(tx: Transaction, done: Offered, by: str, now: datetime) -> None:
    """Write in the owner's ledger what was answered, and in the host's what it did, if it is here."""
    owner = done.handover.owner
    if tx.authority != owner:
        facts = {
            "handover_id": str(done.handover.id),
            "owner": owner,
            "answer": done.handover.answer,
            "by": by,
        }
        subject = f"handover/{done.handover.id}"
        await ledger.write(tx, [ledger.Entry("interview.handover-answered", subject, facts)], now)
    async with handovers.in_name_of(tx, owner) as theirs:
        children = await handovers.children_of(theirs, [done])
        await _write(theirs, [_event(done, children[done.handover.interview_id], by, tx, now)], now)


def _event(offered: Offered, child_id: UUID, by: str, tx: Transaction, now: datetime) -> HandoverAnswered:
    handover = offered.handover
    assert handover.answer is not None
    recorded = tx.authority == handover.owner and handover.answer in {
        HandoverAnswer.ACCEPTED,
        HandoverAnswer.REFUSED,
    }
    facts = _facts(offered, child_id, by, now)
    return HandoverAnswered(**facts, answer=handover.answer, recorded_by_owner=recorded)


def _facts(offered: Offered, child_id: UUID, by: str, now: datetime) -> dict[str, object]:
    handover = offered.handover
    return {
        "authority": handover.owner,
        "child_id": child_id,
        "handover_id": handover.id,
        "interview_id": handover.interview_id,
        "host": handover.host,
        "by": by,
        "responsible": responsible([handover], handover.owner, now),
    }


async def _write(tx: Transaction, events: Iterable[HandoverEvent], now: datetime) -> None:
    told = list(events)
    entries = [replace(entry_of(each), subject=f"handover/{each.handover_id}") for each in told]
    await ledger.write(tx, entries, now)
    await outbox.add(tx, told, now)
    await tx.tell(CHANGED)
