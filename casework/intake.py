"""Taking notifications in: each is durable before anybody is told so, and none is lost.

What can be read becomes one row of the inbox; what cannot, or may not, becomes a dead letter with its
bytes and the reasons.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from domain.continuity import NAMESPACE
from domain.telling import MessageKey
from schemas.notification import Notification
from schemas.reading import Problem, Unreadable, canonical, parse_json, read_notification
from store import inbox, ledger, letters, positions
from store.database import Store, Transaction
from store.letters import Letter
from store.positions import Position


class Verdict(StrEnum):
    """What became of one message."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, by which way, and what they may send.

    `source` and `authority` None mean: any that is served here (files that staff ingest).
    """

    via: str
    name: str
    authorities: Collection[str]
    authority: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message on its way in: bytes or parsed JSON, its place in Kafka's log if it came from there, and
    the `traceparent` of whoever brings it.
    """

    content: bytes | Mapping[str, Any]
    position: Position | None = None
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message, in the order in which the messages came.

    `authority` is whose inbox holds it; None where none does.
    """

    verdict: Verdict
    source: str | None
    id: str | None
    problems: tuple[Problem, ...] = ()
    letter_id: UUID | None = None
    authority: str | None = None

    @property
    def key(self) -> MessageKey | None:
        """Which row of the inbox it is; None where there is none."""
        stored = self.verdict in {Verdict.ACCEPTED, Verdict.DUPLICATE}
        return MessageKey(self.source, self.id) if stored and self.source and self.id else None


async def receive(
    store: Store,
    sender: Sender,
    messages: Sequence[Incoming | bytes | Mapping[str, Any]],
    now: datetime,
    *,
    keep_letters: bool = True,
) -> list[Receipt]:
    """Store each message, or keep it as a dead letter, and return a receipt for each.

    `now` is the moment of receipt (UTC). All messages of one authority are stored in one transaction. With
    `keep_letters` false what is refused is only told: it is kept already. A dead letter's place in Kafka's
    log is marked as seen when it is kept; the others' when they are applied.

    Raises:
        DatabaseUnavailable: not all was stored; sending all of it again does no harm.
    """
    batch = Batch(sender, now)
    for place, message in enumerate(messages):
        batch.sort(place, message if isinstance(message, Incoming) else Incoming(message))
    for authority, arrivals in sorted(batch.arrivals.items()):
        async with store.transaction(authority, person=f"system:{sender.via}:{sender.name}") as tx:
            await put_in(tx, batch, arrivals)
    if keep_letters:
        await _keep(store, batch)
    return [batch.receipts[place] for place in range(len(messages))]


async def refuse(
    store: Store, sender: Sender, message: Incoming | bytes, problem: Problem, now: datetime
) -> Receipt:
    """Keep bytes that are no message, nor a list of messages, as a dead letter.

    Raises:
        DatabaseUnavailable: it was not stored; sending it again does no harm.
    """
    batch = Batch(sender, now)
    refused = message if isinstance(message, Incoming) else Incoming(message)
    receipt = batch.refuse(Verdict.REJECTED, refused, None, (problem,))
    await _keep(store, batch)
    return receipt


class Batch:
    """Messages on their way in: receipts by place in the batch, and what is to be stored by authority."""

    def __init__(self, sender: Sender, now: datetime) -> None:
        self.sender = sender
        self.now = now
        self.receipts: dict[int, Receipt] = {}
        self.arrivals: dict[str, dict[int, inbox.Arrival]] = defaultdict(dict)
        self.positions: dict[int, Position | None] = {}
        self.letters: dict[str | None, list[tuple[Letter, Position | None]]] = defaultdict(list)

    def sort(self, place: int, message: Incoming) -> None:
        parsed: Any = None
        try:
            content = message.content
            parsed = parse_json(content) if isinstance(content, bytes) else content
            notification = read_notification(parsed)
        except Unreadable as error:
            self.receipts[place] = self.refuse(Verdict.REJECTED, message, parsed, error.problems)
            return
        if refused := _not_allowed(notification, self.sender):
            verdict, problem = refused
            self.receipts[place] = self.refuse(verdict, message, parsed, (problem,))
            return
        payload = canonical(parsed)
        self.arrivals[notification.data.authority][place] = inbox.Arrival(
            key=MessageKey(notification.source, notification.id),
            subject=notification.subject,
            payload=payload.decode(),
            digest=hashlib.sha256(payload).digest(),
            via=f"{self.sender.via}:{self.sender.name}",
            received_at=self.now,
            in_the_log=message.position is not None,
            trace=message.trace,
        )
        self.positions[place] = message.position

    def conflict(self, place: int, arrival: inbox.Arrival, authority: str) -> Receipt:
        problem = Problem(
            "id", "the same source and id came before with other content; the first stands: send a new id"
        )
        letter_id = self._keep(arrival.payload.encode(), (problem,), authority, self.positions[place])
        return Receipt(Verdict.CONFLICT, *arrival.key, (problem,), letter_id)

    def refuse(
        self,
        verdict: Verdict,
        message: Incoming,
        parsed: Any,
        problems: tuple[Problem, ...],
    ) -> Receipt:
        content = message.content if isinstance(message.content, bytes) else canonical(message.content)
        authority = self.sender.authority or _authority(parsed, self.sender.authorities)
        letter_id = self._keep(content, problems, authority, message.position)
        return Receipt(verdict, _text(parsed, "source"), _text(parsed, "id"), problems, letter_id)

    def _keep(
        self,
        content: bytes,
        problems: Iterable[Problem],
        authority: str | None,
        position: Position | None,
    ) -> UUID:
        """Put a letter with the others; the same bytes from the same sender have the same id."""
        cause = f"{self.sender.via}/{self.sender.name}/{hashlib.sha256(content).hexdigest()}"
        letter = Letter(
            id=uuid5(NAMESPACE, f"letter/{authority}/{cause}"),
            authority=authority,
            via=self.sender.via,
            sender=self.sender.name,
            content=content,
            reasons=[{"field": problem.field, "message": problem.message} for problem in problems],
            received_at=self.now,
        )
        self.letters[authority].append((letter, position))
        return letter.id


async def _keep(store: Store, batch: Batch) -> None:
    for authority, kept in batch.letters.items():
        places = [position for _, position in kept if position is not None]
        async with store.transaction(authority or "") as tx:
            before = await positions.among(tx, places) if places else set()
            await letters.keep(tx, [letter for letter, position in kept if position not in before])
            await positions.saw(tx, places)


async def put_in(tx: Transaction, batch: Batch, arrivals: Mapping[int, inbox.Arrival]) -> None:
    """Store one authority's arrivals, and write their receipts into the batch."""
    first: dict[MessageKey, inbox.Arrival] = {}
    for arrival in arrivals.values():
        first.setdefault(arrival.key, arrival)
    new = await inbox.add(tx, list(first.values()))
    standing = {key: first[key].digest for key in new} | await inbox.digests(tx, first.keys() - new)
    for place, arrival in arrivals.items():
        if arrival.key in new and first[arrival.key] is arrival:
            batch.receipts[place] = Receipt(Verdict.ACCEPTED, *arrival.key, authority=tx.authority)
        elif standing.get(arrival.key) == arrival.digest:
            batch.receipts[place] = Receipt(Verdict.DUPLICATE, *arrival.key, authority=tx.authority)
        else:  # also where the first is another authority's: then it is not seen here, and not the same
            batch.receipts[place] = batch.conflict(place, arrival, tx.authority)
    await ledger.write(tx, [_received(first[key]) for key in sorted(new)], batch.now)
    await tx.tell(inbox.CHANNEL)


def _not_allowed(notification: Notification, sender: Sender) -> tuple[Verdict, Problem] | None:
    authority = notification.data.authority
    if sender.source is not None and notification.source != sender.source:
        message = (
            f"is {notification.source}, but this sender may only send as {sender.source}:"
            " use the token of that force, or correct the source"
        )
        return Verdict.FORBIDDEN, Problem("source", message)
    if authority not in sender.authorities:
        message = (
            f"{authority} is not served here (served: {', '.join(sorted(sender.authorities))}):"
            " send it to the authority responsible for the child, or correct the code"
        )
        return Verdict.REJECTED, Problem("data.authority", message)
    if sender.authority is not None and authority != sender.authority:
        message = (
            f"is {authority}, but this sender may only send for {sender.authority}:"
            " use the token of that authority, or correct the code"
        )
        return Verdict.FORBIDDEN, Problem("data.authority", message)
    return None


def _text(parsed: Any, name: str) -> str | None:
    value = parsed.get(name) if isinstance(parsed, Mapping) else None
    return value if isinstance(value, str) else None


def _authority(parsed: Any, served: Collection[str]) -> str | None:
    """Return whose screeners a refused message is for, where it says so itself; else it is for any."""
    data = parsed.get("data") if isinstance(parsed, Mapping) else None
    told = _text(data, "authority")
    return told if told in served else None


def _received(arrival: inbox.Arrival) -> ledger.Entry:
    return ledger.Entry(
        action="notification.received",
        subject=f"notification/{arrival.key.source}/{arrival.key.id}",
        payload={
            "source": arrival.key.source,
            "id": arrival.key.id,
            "digest": arrival.digest.hex(),
            "received_at": arrival.received_at.isoformat(),
        },
    )
