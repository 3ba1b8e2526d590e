"""Dead letters: looked at, mended by a person, and replayed as if they came now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from casework.intake import Receipt, Sender, Verdict, receive
from domain.telling import MessageKey
from schemas.notification import staff_source
from schemas.reading import Problem, Unreadable, parse_json, read_notification
from schemas.topics import only_source
from schemas.understood import told_when_it_happened
from store import inbox, ledger, letters, tokens
from store.database import Store, Transaction
from store.letters import Letter
from store.views import letters as views
from store.views.letters import Envelope

FROM_INBOX = "inbox"
"""The way of letters that were accepted, but could not be applied."""
TAKEN = (Verdict.ACCEPTED, Verdict.DUPLICATE)
PAGE = 500


class LetterError(Exception):
    """A letter cannot be mended or replayed; one sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of the messages of a letter: one, or those of a list. Settled: none of them is left."""

    receipts: tuple[Receipt, ...]

    @property
    def settled(self) -> bool:
        return all(receipt.verdict in TAKEN for receipt in self.receipts)

    @property
    def outcome(self) -> str:
        accepted = any(receipt.verdict is Verdict.ACCEPTED for receipt in self.receipts)
        return (Verdict.ACCEPTED if accepted else Verdict.DUPLICATE).value


async def listed(
    store: Store, authorities: Sequence[str], person: str, *, waiting_only: bool = True
) -> list[Envelope]:
    """Return the letters of these authorities, and those of nobody known, the latest first."""
    found: dict[UUID, Envelope] = {}
    for authority in authorities:
        async with store.transaction(authority, person) as tx:
            found |= {row.id: row for row in await _all(tx, True if waiting_only else None)}
    return sorted(found.values(), key=lambda row: (row.received_at, row.id), reverse=True)


async def find(store: Store, authorities: Sequence[str], letter_id: UUID, person: str) -> tuple[str, Letter]:
    """Return a letter, and the authority as which to work on it.

    Raises:
        LetterError: there is no such letter for any of these authorities.
    """
    for authority in authorities:
        async with store.transaction(authority, person) as tx:
            if letter := await letters.find(tx, letter_id):
                return authority, letter
    raise LetterError(f"there is no letter {letter_id}: look with homeward letters list")


def problems_of(content: bytes, *, draft: bool = False) -> tuple[Problem, ...]:
    """Return what is still wrong with a mended text, as far as it shows without its sender.

    `draft` says that it was a draft with holes, made here of what a force sent.
    """
    try:
        parsed = parse_json(content)
        for message in parsed if isinstance(parsed, list) else [parsed]:
            read_notification(told_when_it_happened(message) if draft else message)
    except Unreadable as error:
        return error.problems
    return ()


async def mend(
    store: Store, authority: str, letter_id: UUID, content: bytes, *, person: str, now: datetime
) -> None:
    """Keep a mended text beside the original; it counts when the letter is replayed.

    Raises:
        LetterError: no such letter, or nothing about it can be mended.
    """
    _, letter = await find(store, [authority], letter_id, person)
    _still_waits(letter)
    if letter.via == FROM_INBOX:
        raise LetterError("this message was accepted as it is and stays so: replay the letter, or report it")
    async with store.transaction(authority, person) as tx:
        await letters.mend(tx, letter_id, content)
        told = {"letter": str(letter_id), "digest": sha256(content).hexdigest()}
        await ledger.write(tx, [ledger.Entry("letter.mended", f"letter/{letter_id}", told)], now)


async def replay(
    store: Store, authorities: Sequence[str], letter_id: UUID, person: str, now: datetime
) -> Replayed:
    """Take a letter in again, as from its sender: the mended text, else the original.

    It is settled once all that is in it is accepted, or a duplicate; else it stays, and the receipts say
    what is still wrong.

    Raises:
        LetterError: no such letter, it was settled before, or its sender is not known any more.
    """
    authority, letter = await find(store, authorities, letter_id, person)
    _still_waits(letter)
    if letter.via == FROM_INBOX:
        return await _put_back(store, authority, letter, person, now)
    if letter.draft and letter.mended is None:
        raise LetterError("this is a draft with holes: fill them beside the original first, then take it")
    async with store.transaction(authority, person) as tx:
        sender = await _sender(tx, letter, authorities)
    content = letter.content if letter.mended is None else letter.mended
    receipts = await receive(store, sender, _messages(content, draft=letter.draft), now, keep_letters=False)
    done = Replayed(tuple(receipts))
    if done.settled:
        async with store.transaction(authority, person) as tx:
            await _settle(tx, letter, done, now)
    return done


async def _all(tx: Transaction, waiting: bool | None) -> list[Envelope]:
    found: list[Envelope] = []
    while True:
        after = (found[-1].received_at, found[-1].id) if found else None
        page = await views.listed(tx, waiting=waiting, after=after, limit=PAGE)
        found += page
        if len(page) < PAGE:
            return found


def _still_waits(letter: Letter) -> None:
    if letter.outcome is not None:
        raise LetterError(f"letter {letter.id} was replayed and is {letter.outcome}: nothing is left to do")


def _messages(content: bytes, *, draft: bool) -> list[Any]:
    """Return what is in a letter: one message, or each of a list that came as a whole."""
    try:
        parsed = parse_json(content)
    except Unreadable:
        return [content]
    if draft and isinstance(parsed, dict):
        return [told_when_it_happened(parsed)]
    return parsed if isinstance(parsed, list) and parsed else [content]


async def _sender(tx: Transaction, letter: Letter, authorities: Sequence[str]) -> Sender:
    """Return the letter's sender, with what it may send; whoever mended a letter answers for its source."""
    source = only_source(letter.sender) if letter.via == "kafka" and letter.mended is None else None
    if letter.via == "http" and letter.mended is None:
        borne = [token for token in await tokens.listed(tx) if token.name == letter.sender]
        if not borne:
            raise LetterError(
                f"its sender {letter.sender} is not known any more: mend the letter first, and answer for it"
            )
        source = borne[0].source or staff_source(tx.authority)
    return Sender(letter.via, letter.sender, authorities, letter.authority, source)


async def _put_back(store: Store, authority: str, letter: Letter, person: str, now: datetime) -> Replayed:
    told = parse_json(letter.content)
    key = MessageKey(told["source"], told["id"])
    done = Replayed((Receipt(Verdict.ACCEPTED, *key),))
    async with store.transaction(authority, person) as tx:
        await inbox.put_back(tx, key)
        await _settle(tx, letter, done, now)
        await tx.tell(inbox.CHANNEL)
    return done


async def _settle(tx: Transaction, letter: Letter, done: Replayed, now: datetime) -> None:
    await letters.settle(tx, letter.id, done.outcome, now)
    told = {"letter": str(letter.id), "outcome": done.outcome}
    await ledger.write(tx, [ledger.Entry("letter.replayed", f"letter/{letter.id}", told)], now)
