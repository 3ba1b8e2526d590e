"""Files and mails as forces send them: kept as they came, together with all that was understood of them.

What was understood whole goes into the inbox; a draft with holes is a dead letter, which a screener fills
beside the original. That is no part of a notification: the same row in tomorrow's file is a duplicate.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from casework.intake import Batch, Incoming, Receipt, Sender, Verdict, put_in
from casework.letters import find
from domain.continuity import NAMESPACE
from domain.telling import MessageKey
from schemas.reading import canonical
from schemas.understood import Draft, Notice
from store import inbox, ledger, letters, originals
from store.database import Store, Transaction
from store.letters import Letter
from store.originals import Kept, Origin

SETTLED = "accepted"


@dataclass(frozen=True, slots=True)
class Original:
    """A file or a mail: its bytes, and what was read of it as text."""

    content: bytes
    name: str
    media: str
    shown: str

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()


async def receive(
    store: Store,
    sender: Sender,
    original: Original,
    notices: Sequence[Notice],
    drafts: Sequence[Draft],
    *,
    now: datetime,
) -> list[Receipt]:
    """Keep an original with all that came of it; return a receipt for each notice, then for each draft.

    All of one authority, the original too, is stored in one transaction, or nothing.

    Raises:
        DatabaseUnavailable: not all was stored; sending all of it again does no harm.
    """
    taking = _Taking(sender, original, notices, drafts, now)
    for authority in taking.authorities:
        async with store.transaction(authority or "", person=f"system:{sender.via}:{sender.name}") as tx:
            await taking.keep(tx, authority)
    return [taking.batch.receipts[place] for place in range(len(notices) + len(drafts))]


async def of_letter(
    store: Store, authorities: Sequence[str], letter_id: UUID, person: str
) -> tuple[Letter, Kept | None]:
    """Return a letter and the original that it came in, if it came in one.

    Raises:
        LetterError: there is no such letter for any of these authorities.
    """
    authority, letter = await find(store, authorities, letter_id, person)
    if letter.original is None:
        return letter, None
    async with store.transaction(authority, person) as tx:
        return letter, await originals.find(tx, letter.original)


async def take_away(
    store: Store, authorities: Sequence[str], letter_id: UUID, person: str, now: datetime
) -> tuple[str, bytes]:
    """Return the name and the bytes of what a letter came in, to be carried off, and write down who did.

    A letter that came in no file or mail is its own original.

    Raises:
        LetterError: there is no such letter for any of these authorities.
    """
    letter, kept = await of_letter(store, authorities, letter_id, person)
    content = kept.content if kept else letter.content
    if letter.authority:
        told = {"letter": str(letter_id), "digest": hashlib.sha256(content).hexdigest()}
        async with store.transaction(letter.authority, person) as tx:
            await ledger.write(tx, [ledger.Entry("original.downloaded", f"letter/{letter_id}", told)], now)
    return (kept.name, content) if kept else ("", content)


class _Taking:
    """One original on its way in, with what is to be stored of it by authority."""

    def __init__(
        self,
        sender: Sender,
        original: Original,
        notices: Sequence[Notice],
        drafts: Sequence[Draft],
        now: datetime,
    ) -> None:
        self.batch = Batch(sender, now)
        self._original = original
        self._notices = notices
        self._drafts = {len(notices) + number: draft for number, draft in enumerate(drafts)}
        for place, notice in enumerate(notices):
            self.batch.sort(place, Incoming(notice.event))

    @property
    def authorities(self) -> list[str | None]:
        """Whose this is; nobody's where nobody knows, so that the original is kept in any case."""
        told = {*self.batch.arrivals, *self.batch.letters, *map(self._whose, self._drafts.values())}
        return sorted(told or {self._only()}, key=lambda one: one or "")

    async def keep(self, tx: Transaction, authority: str | None) -> None:
        """Store all that is of one authority."""
        new = await originals.add(tx, self._kept(authority))
        await put_in(tx, self.batch, self.batch.arrivals.get(authority or "", {}))
        waiting = await self._letters_of_drafts(tx, authority)
        places = {
            receipt.letter_id: self._notices[place].place
            for place, receipt in self.batch.receipts.items()
            if place < len(self._notices)
        }
        refused = [
            replace(letter, original=self._original.digest, place=places.get(letter.id, ""))
            for letter, _ in self.batch.letters.get(authority, [])
        ]
        await letters.keep(tx, [*refused, *waiting])
        if authority:
            await self._link(tx, authority, new=new)

    async def _link(self, tx: Transaction, authority: str, *, new: bool) -> None:
        taken = [
            (key, self._notices[place].place)
            for place in self.batch.arrivals.get(authority, {})
            if (key := self.batch.receipts[place].key)
        ]
        await originals.link(tx, [Origin(self._original.digest, key, place) for key, place in taken])
        drafted = [_letter_id(authority, *key) for key, _ in taken]
        overtaken = await letters.overtake(tx, drafted, SETTLED, self.batch.now)
        await ledger.write(
            tx,
            [
                *([self._entry()] if new else []),
                *(
                    ledger.Entry("letter.overtaken", f"letter/{one}", {"letter": str(one)})
                    for one in overtaken
                ),
            ],
            self.batch.now,
        )

    async def _letters_of_drafts(self, tx: Transaction, authority: str | None) -> list[Letter]:
        """Return the letters that wait; a draft that a person has filled before is a duplicate."""
        own = {place: draft for place, draft in self._drafts.items() if self._whose(draft) == authority}
        keys = {place: MessageKey(*_identity(draft)) for place, draft in own.items()}
        known = await inbox.digests(tx, set(keys.values())) if keys else {}
        waiting: list[Letter] = []
        for place, draft in own.items():
            letter = self._letter(draft, authority)
            if keys[place] in known:
                self.batch.receipts[place] = Receipt(Verdict.DUPLICATE, *keys[place], authority=authority)
                continue
            waiting.append(letter)
            self.batch.receipts[place] = Receipt(
                Verdict.REJECTED, *keys[place], tuple(draft.reasons), letter.id
            )
        return waiting

    def _letter(self, draft: Draft, authority: str | None) -> Letter:
        return Letter(
            id=_letter_id(authority, *_identity(draft)),
            authority=authority,
            via=self.batch.sender.via,
            sender=self.batch.sender.name,
            content=canonical(draft.event),
            reasons=[{"field": reason.field, "message": reason.message} for reason in draft.reasons],
            received_at=self.batch.now,
            original=self._original.digest,
            place=draft.place,
            draft=True,
        )

    def _whose(self, draft: Draft) -> str | None:
        told: Any = draft.event["data"].get("authority")
        served = self.batch.sender.authorities
        return self.batch.sender.authority or (told if told in served else self._only())

    def _only(self) -> str | None:
        served = tuple(self.batch.sender.authorities)
        return self.batch.sender.authority or (served[0] if len(served) == 1 else None)

    def _kept(self, authority: str | None) -> Kept:
        original, sender = self._original, self.batch.sender
        return Kept(
            authority=authority,
            digest=original.digest,
            name=original.name,
            media=original.media,
            content=original.content,
            shown=original.shown,
            via=sender.via,
            sender=sender.name,
            received_at=self.batch.now,
        )

    def _entry(self) -> ledger.Entry:
        digest = self._original.digest.hex()
        told = {"digest": digest, "notices": len(self._notices), "drafts": len(self._drafts)}
        return ledger.Entry("original.kept", f"original/{digest}", told)


def _identity(draft: Draft) -> tuple[str, str]:
    return str(draft.event["source"]), str(draft.event["id"])


def _letter_id(authority: str | None, source: str, id_: str) -> UUID:
    """Return the id of the letter of a draft: the same row in another file is the same draft."""
    return uuid5(NAMESPACE, f"letter/{authority}/draft/{source}/{id_}")
