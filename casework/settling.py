"""Settling times that do not fit together: what a screener decides is itself a message in the set.

The time that they find right enters each incident as a correction; that they looked is told after it, and
counts until something newer is told. Nothing that was told is edited.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from casework import intake
from casework.apply import apply
from casework.intake import Sender
from casework.policy_in_force import in_force
from casework.refusals import BadInput, Conflict, NotAllowed, Unknown
from casework.whose import telling
from domain.continuity import NAMESPACE
from domain.episode import Episode, fold
from domain.incident import Incident, read_incidents
from domain.telling import MessageKey, Telling
from schemas.decisions import SettleTimes
from schemas.notification import TYPE_PREFIX, VERSION, staff_source
from schemas.policy import Policy
from schemas.reading import Problem
from schemas.words import Kind
from store import inbox
from store.database import Store, Transaction
from store.views import episodes, messages

BEFORE = timedelta(milliseconds=1)
"""Corrections are told just before it is told that the times are settled."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """An episode whose times do not fit together, with what each incident in it says."""

    id: UUID
    child_id: UUID
    episode: Episode
    incidents: tuple[Incident, ...]


async def settle(
    store: Store,
    authority: str,
    decision: SettleTimes,
    *,
    key: str,
    person: str,
    by: str,
    policy: Policy,
    now: datetime,
) -> None:
    """Enter the times that are right, and that the others were looked at. With the same key, once.

    Raises:
        Unknown: there is no such episode, or the person may not see it.
        NotAllowed: its times fit together.
        Conflict: the key was used for another decision.
        BadInput: a time lies ahead.
        DatabaseUnavailable: not all was entered; the same again does no harm.
    """
    desk = _Desk(authority, f"settled/{authority}/{person}/{key}", by, decision.reason)
    async with store.transaction(authority, person) as tx:
        told: list[dict[str, Any]] = []
        if not await _entered(tx, desk):
            found = await doubted(tx, decision.episode, await in_force(tx, policy))
            told = _messages(found, decision, desk, now)
    sender = Sender("staff", person, (authority,), authority, staff_source(authority))
    receipts = await intake.receive(store, sender, told, now)
    if problems := [problem for receipt in receipts for problem in receipt.problems]:
        raise BadInput(problems)
    keys = [receipt.key for receipt in receipts if receipt.key]
    await apply(keys, authority, store, policy, now)


async def doubted(tx: Transaction, episode_id: UUID, policy: Policy) -> Doubted:
    """Return an episode as it is folded now, with its incidents.

    Raises:
        Unknown: there is no such episode, or it may not be seen.
    """
    found = await episodes.find(tx, episode_id)
    if found is None or found.superseded:
        raise Unknown("there is no such episode (any more), or it may not be seen: look at the list again")
    told = [telling(stored) for stored in await inbox.of_children(tx, [found.child_id])]
    wanted = {MessageKey(*pair) for pair in found.notifications}
    folded = next(one for one in fold(told, policy) if wanted & set(one.notifications))
    return Doubted(found.id, found.child_id, folded, tuple(_incidents(folded, told)))


def _incidents(episode: Episode, told: Sequence[Telling]) -> Iterable[Incident]:
    keys = set(episode.notifications)
    return (one for one in read_incidents(told) if not keys.isdisjoint(m.key for m in one.messages))


async def _entered(tx: Transaction, desk: "_Desk") -> bool:
    """Whether this was entered before, with the same key.

    Raises:
        Conflict: another decision was entered with it.
    """
    entered = await messages.find(tx, staff_source(tx.authority), desk.id_of("settled"))
    if entered is not None and entered.payload["data"]["settled"]["why"] != desk.why:
        raise Conflict("the key was used for another decision: look at the times again, then decide anew")
    return entered is not None


def _messages(found: Doubted, decision: SettleTimes, desk: "_Desk", now: datetime) -> list[dict[str, Any]]:
    if not found.episode.conflicts:
        raise NotAllowed("the times of this episode fit together, or were settled: nothing is left to settle")
    _not_ahead(decision, now)
    told_at = now - BEFORE
    corrections = [
        desk.message(Kind.RETURNED, one, at, now - BEFORE, returned={})
        for one, at in _returns(found, decision)
    ]
    corrections += [
        desk.message(Kind.UPDATED, one, at, told_at, missing={"last_seen_at": at.isoformat()})
        for one, at in _starts(found, decision)
    ]
    reasons = [reason.value for reason in found.episode.conflicts]
    last = max(found.incidents, key=lambda one: one.messages[-1].told_at)
    told = {"reasons": reasons, "why": decision.reason, "by": desk.by}
    at = last.last_word_missing_at or (last.returned or last.messages[0]).occurred_at
    return [*corrections, desk.message(Kind.SETTLED, last, at, now, settled=told)]


def _returns(found: Doubted, decision: SettleTimes) -> Iterator[tuple[Incident, datetime]]:
    """Yield where the return that is right is to be told: wherever another one stands, else in the first."""
    if decision.returned_at is None:
        return
    at = decision.returned_at
    standing = [one for one in found.incidents if one.returned]
    for one in standing or found.incidents[:1]:
        if one.returned is None or one.returned.counted_at != at:
            yield one, at


def _starts(found: Doubted, decision: SettleTimes) -> Iterator[tuple[Incident, datetime]]:
    """Yield where the start that is right is to be told: where a return was told before the start."""
    if decision.last_seen_at is None:
        return
    doubtful = [one for one in found.incidents if one.returned_before_start]
    for one in doubtful or found.incidents[:1]:
        if one.started_at != decision.last_seen_at:
            yield one, decision.last_seen_at


def _not_ahead(decision: SettleTimes, now: datetime) -> None:
    problems = [
        Problem(name, "lies ahead: enter when it happened")
        for name, at in (("returned_at", decision.returned_at), ("last_seen_at", decision.last_seen_at))
        if at is not None and at > now
    ]
    if problems:
        raise BadInput(problems)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who tells, and for which cause: the same cause gives the same messages."""

    authority: str
    cause: str
    by: str
    why: str

    def message(
        self, kind: Kind, incident: Incident, at: datetime, told_at: datetime, **data: Any
    ) -> dict[str, Any]:
        reference = incident.reference
        place = "settled" if kind is Kind.SETTLED else f"{kind}/{reference.source}/{reference.subject}/{at}"
        id_ = self.id_of(place)
        child: dict[str, Any] = {}
        for message in incident.messages:
            child |= message.child.model_dump(mode="json", exclude_none=True)
        return {
            "specversion": "1.0",
            "id": id_,
            "source": staff_source(self.authority),
            "type": f"{TYPE_PREFIX}{kind}.v{VERSION}",
            "subject": f"S-{told_at:%y}-{id_[:7].upper()}",
            "time": told_at.isoformat(),
            "datacontenttype": "application/json",
            "data": {
                "authority": self.authority,
                "occurred_at": at.isoformat(),
                "child": child,
                "concerns": {"source": reference.source, "subject": reference.subject},
                "told_by": self.by,
                "why": self.why,
                **data,
            },
        }

    def id_of(self, place: str) -> str:
        """Return the id of the message that the cause gives at a place."""
        return str(uuid5(NAMESPACE, f"{self.cause}/{place}"))
