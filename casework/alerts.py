"""Alerts: raised once each, told to whoever can be reached, acknowledged with a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

import structlog

from casework.apply import CHANGED, entry_of
from casework.parcels import NO_WAY
from casework.policy_in_force import in_force
from casework.refusals import BadInput, Conflict, Unknown
from domain.continuity import NAMESPACE
from domain.ladder.due import DueStep
from domain.ladder.tell import Around, Told, tell
from domain.working_time import LONDON, next_working_moment
from schemas import events
from schemas.acknowledge import Acknowledge
from schemas.alerts_policy import Channel, When
from schemas.events import AlertEvent
from schemas.ladder_policy import LadderStep, Watch
from schemas.policy import Policy
from schemas.reading import Problem
from store import alerts, ledger, outbox, staff
from store.alerts import Alert, Delivery
from store.database import Store, Transaction

log = structlog.get_logger()


async def acknowledge(
    store: Store, authority: str, alert_id: UUID, told: Acknowledge, *, key: str, person: str, now: datetime
) -> Alert:
    """Write down the decision, and return the alert; the same told again changes nothing.

    `key` is the sender's own, for the ledger.

    Raises:
        Unknown: there is no such alert, or it may not be seen.
        BadInput: `by` is nobody of the directory.
        Conflict: somebody decided something else before.
    """
    async with store.transaction(authority, person) as tx:
        alert = await alerts.find(tx, alert_id)
        if alert is None:
            raise Unknown("there is no such alert, or it may not be seen")
        if told.by not in await staff.found(tx, [told.by]):
            raise BadInput([Problem("by", "is nobody of the directory: give the id of a member of staff")])
        if await alerts.acknowledge(tx, alert_id, told.by, told.decision, now):
            await _decided(tx, alert, told, key, now)
        after = await alerts.find(tx, alert_id)
        assert after is not None
        if (after.acknowledged_by, after.decision) != (told.by, told.decision):
            raise Conflict(f"{after.acknowledged_by} decided on this alert already: look at it again")
        return after


async def raise_failure(
    store: Store, authority: str, policy: Policy, name: str, failed_at: datetime, *, now: datetime
) -> bool:
    """Raise an alert that work done by the clock failed; once, until it has gone well again."""
    async with store.transaction(authority, CHASE, exclusive=True) as tx:
        return await raise_failure_within(tx, await in_force(tx, policy), name, failed_at, now=now)


async def raise_failure_within(
    tx: Transaction, policy: Policy, name: str, failed_at: datetime, *, now: datetime
) -> bool:
    """Do so in a transaction that holds the authority's lock; return whether it was raised now."""
    subject = flow_subject(name)
    step = next((one for one in policy.ladder.steps if one.watches is Watch.FLOW_FAILED), None)
    if step is None or any(one.subject_id == subject for one in await alerts.still_open(tx)):
        return False
    alert = new_alert(tx.authority, subject, step, failed_at, now)
    alert = replace(alert, expected=f"{step.expects} ({name})")
    if not await alerts.raise_(tx, [alert]):
        return False
    around = await surroundings(tx, policy, now)
    await tell_of(tx, [(alert, tell(step, step.tells, around, None))], now)
    await write_down(tx, [(alert, None, "raised", {"flow": name})], now)
    return True


def flow_subject(name: str) -> UUID:
    """Return the id under which alerts about one flow go."""
    return uuid5(NAMESPACE, f"flow/{name}")


async def surroundings(tx: Transaction, policy: Policy, now: datetime) -> Around:
    """Return who is there to be told, today in London."""
    return Around(await staff.all_of(tx), policy.alerts, now.astimezone(LONDON).date())


def alert_of(authority: str, due: DueStep, now: datetime) -> Alert:
    """Return the alert of a step that came due; the same step always has the same id."""
    made = new_alert(authority, due.subject.id, due.step, due.due_at, now)
    return replace(made, interview_id=due.subject.interview_id, episode_id=due.subject.episode_id)


def new_alert(authority: str, subject: UUID, step: LadderStep, due_at: datetime, now: datetime) -> Alert:
    """Return an alert about any subject; an answer is expected from the time on at which people are told."""
    return Alert(
        id=uuid5(NAMESPACE, f"alert/{authority}/{subject}/{step.id}/{due_at.timestamp()}"),
        subject_id=subject,
        interview_id=None,
        episode_id=None,
        step=step.id,
        due_at=due_at,
        raised_at=now,
        expected=step.expects,
        expected_by=_from(step.when, now) + step.answer_within,
    )


async def tell_of(tx: Transaction, told: Iterable[tuple[Alert, Sequence[Told]]], now: datetime) -> None:
    """Store to whom alerts go: the inbox has them at once, other ways wait to be sent."""
    rows = [(alert, _delivery(alert.id, one, now)) for alert, people in told for one in people]
    await alerts.tell(tx, [delivery for _, delivery in rows])
    reached = {alert.id for alert, delivery in rows if delivery.state != "undeliverable"}
    for alert_id in {alert.id for alert, _ in rows} - reached:
        log.error("an alert reaches nobody", authority=tx.authority, alert=str(alert_id))


def reaches(deliveries: Iterable[Delivery]) -> bool:
    """Whether somebody of these is told: outside the inbox, where another way was meant for them too."""
    by_person: dict[str, list[Delivery]] = {}
    for each in deliveries:
        by_person.setdefault(each.recipient, []).append(each)
    return any(_reached(of_one) for of_one in by_person.values())


Noted = tuple[Alert, UUID | None, str, Mapping[str, object]]
"""An alert, the child whom it is about, what happened to it, and what the event says beside."""


async def write_down(
    tx: Transaction, noted: Iterable[Noted], now: datetime, besides: Mapping[str, object] | None = None
) -> None:
    """Write the ledger's lines and the events of what happened to alerts; who watches is told.

    What is about no child is in the ledger alone. `besides` is for the ledger's eyes only.
    """
    entries: list[ledger.Entry] = []
    told: list[AlertEvent] = []
    for alert, child_id, what, facts in noted:
        if child_id is None:
            payload = {"step": alert.step, "due_at": alert.due_at.isoformat(), **facts}
            entries.append(ledger.Entry(f"alert.{what}", f"alert/{alert.id}", payload | dict(besides or {})))
            continue
        event = _event(tx.authority, alert, child_id, what, facts)
        entry = entry_of(event)
        entries.append(replace(entry, payload=entry.payload | dict(besides or {})))
        told.append(event)
    if entries:
        await ledger.write(tx, entries, now)
        await outbox.add(tx, told, now)
        await tx.tell(CHANGED)


CHASE = "system:chase"
"""Who acts when the clock does."""
_EVENTS: Mapping[str, type[AlertEvent]] = {
    "raised": events.AlertRaised,
    "acknowledged": events.AlertAcknowledged,
    "climbed": events.AlertClimbed,
    "closed": events.AlertClosed,
}


def _event(
    authority: str, alert: Alert, child_id: UUID, what: str, facts: Mapping[str, object]
) -> AlertEvent:
    return _EVENTS[what].model_validate(
        {
            "authority": authority,
            "child_id": child_id,
            "alert_id": alert.id,
            "interview_id": alert.interview_id,
            "episode_id": alert.episode_id,
            "step": alert.step,
            "due_at": alert.due_at,
            "level": alert.level,
            **facts,
        }
    )


async def _decided(tx: Transaction, alert: Alert, told: Acknowledge, key: str, now: datetime) -> None:
    child_id = (await alerts.children_of(tx, [alert.id])).get(alert.id)
    besides = {"decision": told.decision, "key": key}
    await write_down(tx, [(alert, child_id, "acknowledged", {"by": told.by})], now, besides)


def _delivery(alert_id: UUID, one: Told, now: datetime) -> Delivery:
    inbox = one.channel is Channel.INBOX
    state = "undeliverable" if one.why else "sent" if inbox else "queued"
    return Delivery(
        id=uuid5(NAMESPACE, f"delivery/{alert_id}/{one.recipient}/{one.channel}/{one.level}"),
        alert_id=alert_id,
        recipient=one.recipient,
        role=one.role,
        level=one.level,
        channel=one.channel,
        state=state,
        why=one.why,
        queued_at=now,
        not_before=now if inbox else _from(one.when, now),
        sent_at=now if state == "sent" else None,
    )


def _reached(of_one: Sequence[Delivery]) -> bool:
    """Return whether one person can know of it.

    A way that this installation does not have reaches nobody, at whatever height: it is no reason to climb.
    """
    there = [each for each in of_one if each.why not in NO_WAY.values()]
    outside = [each for each in there if each.channel != Channel.INBOX]
    return any(each.state in {"queued", "sent"} for each in outside or there)


def _from(when: When, now: datetime) -> datetime:
    return now if when is When.ANY_HOUR else next_working_moment(now)
