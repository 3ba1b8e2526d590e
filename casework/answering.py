"""A child answers the offer of an interview by a link: once, as nobody but its bearer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from casework.apply import CHANGED
from casework.offering import CAN_BE_OFFERED, GROUP_LENGTH, Choice, choices_of, note
from schemas.childs_answer import ChildsAnswer
from store import conduct, offer_links
from store.database import Store, Transaction
from store.offer_links import OfferLink

ANSWERING: Final = "system:answering"
"""Who writes down what a child answered: nobody of the staff did."""
READ_AS: Final = str.maketrans("OIL", "011")
"""What is easily mistaken, as people type it."""


class Standing(StrEnum):
    """What becomes of a code that somebody shows."""

    OPEN = "open"
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    """No code of ours, or no longer one: which of these, nobody is told."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the bearer of a code may see: nothing of the child, and of an answer nothing at all."""

    standing: Standing
    language: str | None = None
    choices: tuple[Choice, ...] = ()


UNKNOWN: Final = Looked(Standing.UNKNOWN)


async def look(store: Store, typed: str, now: datetime) -> Looked:
    """Return what is behind a code, and note that it was opened."""
    link = await _link(store, typed)
    if link is None:
        return UNKNOWN
    if link.answered_at is not None:
        return Looked(Standing.ANSWERED, link.language)
    async with store.transaction(link.authority, ANSWERING) as tx:
        if not await _can_answer(tx, link, now):
            return UNKNOWN
        await offer_links.opened(tx, link.id, now)
    return Looked(Standing.OPEN, link.language, tuple(choices_of(link)))


async def answer(store: Store, typed: str, said: ChildsAnswer, now: datetime) -> Looked:
    """Keep a child's answer; what was answered before stays as it is.

    Whom the child chose has to be one of those whom the link shows: the caller checks it.
    """
    link = await _link(store, typed)
    if link is None:
        return UNKNOWN
    async with store.transaction(link.authority, ANSWERING) as tx:
        if link.answered_at is None and not await _keep(tx, link, said, now):
            return UNKNOWN
    return Looked(Standing.ANSWERED, link.language)


def read_code(typed: str) -> str:
    """Return a code as it was made, of how it was typed: case, spaces and dashes do not matter."""
    signs = "".join(filter(str.isalnum, typed.upper())).translate(READ_AS)
    return "-".join(signs[at : at + GROUP_LENGTH] for at in range(0, len(signs), GROUP_LENGTH))


async def _link(store: Store, typed: str) -> OfferLink | None:
    """Return the link of a code: nobody's authority is asked, only the row of the digest is seen."""
    code = read_code(typed)
    async with store.transaction("", "", token_digest=offer_links.digest_of(code).hex()) as tx:
        return await offer_links.find(tx, code)


async def _keep(tx: Transaction, link: OfferLink, said: ChildsAnswer, now: datetime) -> bool:
    """Write the answer down once; true also where another one came first, at the same moment."""
    if not await _can_answer(tx, link, now):
        return False
    found = await conduct.find(tx, link.interview_id)
    if found and await offer_links.keep_answer(tx, link.id, said.model_dump(mode="json"), now):
        await note(tx, "offer.answered", found, link.id, by=f"link:{link.id}", now=now)
        await tx.tell(CHANGED)
    return True


async def _can_answer(tx: Transaction, link: OfferLink, now: datetime) -> bool:
    found = await conduct.find(tx, link.interview_id)
    return link.is_open(now) and found is not None and found.interview.stage in CAN_BE_OFFERED
