"""Signing in: people as a provider tells of them, and the sessions of their browsers.

Source: OWASP ASVS 5.0, 7.2 (session secrets), 7.3 (idle and absolute limit) and 7.4 (ended at once).
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from casework.refusals import NotAllowed, Unknown
from domain.continuity import NAMESPACE
from schemas.access import Duty
from store import ledger, people
from store.database import Store, Transaction
from store.people import Person, Session

IDLE: Final = timedelta(minutes=30)
"""A session that nobody uses ends after this."""
LONGEST: Final = timedelta(hours=12)
"""A session ends after this, used or not."""
PROOF_HOLDS: Final = timedelta(minutes=10)
"""What asks for a fresh proof of who somebody is takes one that is no older."""
NOTICED: Final = timedelta(minutes=1)
"""How exactly it is written down that a session is in use."""
SIGNING_IN: Final = "system:sign-in"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as a sign-in provider tells of them, at this sign-in."""

    issuer: str
    subject: str
    name: str
    duties: frozenset[Duty]
    email: str | None = None
    staff_id: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose session it is."""

    person: Person
    session: Session

    @property
    def duties(self) -> frozenset[Duty]:
        return frozenset(duty for duty in Duty if duty.value in self.person.duties)


def digest_of(secret: str) -> bytes:
    """Return what is stored of a session's secret, which is 32 random bytes."""
    return hashlib.sha256(secret.encode()).digest()


async def begin(store: Store, authority: str, known: Known, now: datetime) -> str:
    """Let somebody in, and return the session's secret. What the provider told of them holds from now on.

    A person's duties are those of the latest sign-in, also in sessions that are open elsewhere.

    Raises:
        NotAllowed: the provider gives them no duty here, or an administrator let them in no more.
    """
    secret = secrets.token_urlsafe(32)
    async with store.transaction(authority, SIGNING_IN) as tx:
        person = await people.save(tx, _person(authority, known, now))
        refusal = _refusal(person)
        if refusal is None:
            await people.begin(tx, _session(digest_of(secret), person, now))
        action = "person.signed_in" if refusal is None else "person.refused"
        await ledger.write(tx, [_entry(action, person, {"issuer": known.issuer})], now)
    if refusal:
        raise NotAllowed(refusal)
    return secret


async def find(
    store: Store, secret: str, now: datetime, served: Collection[str], *, in_use: bool = True
) -> Signed | None:
    """Return whose session a secret opens; None if it has ended, by whatever limit.

    `in_use`: somebody is there. A page that asks by itself does not keep a session open.
    """
    digest = digest_of(secret)
    async with store.transaction("", SIGNING_IN, token_digest=digest.hex()) as tx:
        session = await people.session(tx, digest)
    if session is None or session.authority not in served or not _is_open(session, now):
        return None
    async with store.transaction(session.authority, SIGNING_IN) as tx:
        person = await people.find(tx, session.person_id)
        if person is None or person.disabled_at is not None or not person.duties:
            return None
        if in_use and now - session.seen_at >= NOTICED:
            await people.seen(tx, digest, now)
    return Signed(person, session)


async def prove(store: Store, authority: str, digest: bytes, now: datetime) -> None:
    """Write down that whoever sits at a session has just shown again who they are."""
    async with store.transaction(authority, SIGNING_IN) as tx:
        await people.proved(tx, digest, now)


async def end(store: Store, authority: str, digest: bytes, why: str, now: datetime) -> None:
    """End one session, at once and everywhere."""
    async with store.transaction(authority, SIGNING_IN) as tx:
        session = await people.session(tx, digest)
        if session and await people.end(tx, digest, why, now):
            person = await people.find(tx, session.person_id)
            if person:
                await ledger.write(tx, [_entry("person.signed_out", person, {"why": why})], now)


async def let_in_no_more(store: Store, authority: str, person_id: UUID, *, by: str, now: datetime) -> None:
    """Disable somebody and end their sessions.

    Raises:
        Unknown: there is no such person.
    """
    async with store.transaction(authority, by) as tx:
        person = await _found(tx, person_id)
        await people.disable(tx, person_id, by, now)
        ended = await people.end_all(tx, person_id, "disabled", now)
        await ledger.write(tx, [_entry("person.disabled", person, {"sessions": ended, "by": by})], now)


async def let_in_again(store: Store, authority: str, person_id: UUID, *, by: str, now: datetime) -> None:
    """Let somebody sign in again who was disabled.

    Raises:
        Unknown: there is no such person.
    """
    async with store.transaction(authority, by) as tx:
        person = await _found(tx, person_id)
        await people.disable(tx, person_id, None, None)
        await ledger.write(tx, [_entry("person.enabled", person, {"by": by})], now)


async def end_sessions(store: Store, authority: str, person_id: UUID, *, by: str, now: datetime) -> int:
    """End every session of somebody, and return how many there were.

    Raises:
        Unknown: there is no such person.
    """
    async with store.transaction(authority, by) as tx:
        person = await _found(tx, person_id)
        ended = await people.end_all(tx, person_id, "ended by an administrator", now)
        await ledger.write(tx, [_entry("person.sessions_ended", person, {"sessions": ended, "by": by})], now)
    return ended


def person_id(authority: str, issuer: str, subject: str) -> UUID:
    """Return the id of the person whom a provider knows under a subject."""
    return uuid5(NAMESPACE, f"person/{authority}/{issuer}/{subject}")


def is_recent(auth_time: float, now: datetime) -> bool:
    """Whether a provider's `auth_time` (seconds since 1970) is of just now."""
    return abs(now.timestamp() - auth_time) <= PROOF_HOLDS.total_seconds()


def is_fresh(proved_at: datetime, now: datetime) -> bool:
    """Whether somebody showed lately enough who they are, for what asks for it."""
    return now - proved_at <= PROOF_HOLDS


async def _found(tx: Transaction, person_id: UUID) -> Person:
    person = await people.find(tx, person_id)
    if person is None:
        raise Unknown("there is no such person")
    return person


def _is_open(session: Session, now: datetime) -> bool:
    return session.ended_at is None and now < session.ends_at and now - session.seen_at < IDLE


def _person(authority: str, known: Known, now: datetime) -> Person:
    return Person(
        id=person_id(authority, known.issuer, known.subject),
        authority=authority,
        issuer=known.issuer,
        subject=known.subject,
        name=known.name,
        email=known.email,
        staff_id=known.staff_id,
        duties=sorted(known.duties),
        added_at=now,
        signed_in_at=now,
        disabled_at=None,
        disabled_by=None,
    )


def _session(digest: bytes, person: Person, now: datetime) -> Session:
    return Session(
        digest=digest,
        authority=person.authority,
        person_id=person.id,
        begun_at=now,
        seen_at=now,
        ends_at=now + LONGEST,
        proved_at=now,
        ended_at=None,
        ended_why=None,
    )


def _refusal(person: Person) -> str | None:
    if person.disabled_at is not None:
        return "an administrator has taken away your access: ask them"
    if not person.duties:
        return "you are known, but have no duty here: ask an administrator to give you one"
    return None


def _entry(action: str, person: Person, more: dict[str, object]) -> ledger.Entry:
    """Return a line of the ledger, which holds no name of anybody."""
    return ledger.Entry(action, f"person/{person.id}", {"duties": person.duties, **more})
