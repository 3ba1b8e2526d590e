"""People who sign in, and their sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from store.database import Transaction
from store.views.rows import read, read_one


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `issuer` and `subject` are how the sign-in provider knows them.

    `duties` are those of the last sign-in; `staff_id` is the person's own id in the directory of staff.
    """

    id: UUID
    authority: str
    issuer: str
    subject: str
    name: str
    email: str | None
    staff_id: str | None
    duties: list[str]
    added_at: datetime
    signed_in_at: datetime | None
    disabled_at: datetime | None
    disabled_by: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. It ends at `ends_at` at the latest."""

    digest: bytes
    authority: str
    person_id: UUID
    begun_at: datetime
    seen_at: datetime
    ends_at: datetime
    proved_at: datetime
    ended_at: datetime | None
    ended_why: str | None


_PERSON = """
SELECT id, authority, issuer, subject, name, email, staff_id, duties, added_at, signed_in_at, disabled_at,
    disabled_by FROM people WHERE authority = :authority
"""
_SESSION = """
SELECT digest, authority, person_id, begun_at, seen_at, ends_at, proved_at, ended_at, ended_why FROM sessions
"""


async def find(tx: Transaction, person_id: UUID) -> Person | None:
    """Return one person."""
    return read_one(Person, await tx.first(f"{_PERSON} AND id = :id", authority=tx.authority, id=person_id))


async def known_as(tx: Transaction, issuer: str, subject: str) -> Person | None:
    """Return the person whom a provider knows under a subject."""
    row = await tx.first(
        f"{_PERSON} AND issuer = :issuer AND subject = :subject",
        authority=tx.authority,
        issuer=issuer,
        subject=subject,
    )
    return read_one(Person, row)


async def listed(tx: Transaction) -> list[Person]:
    """Return everybody, by name."""
    return read(
        Person, await tx.all(f"{_PERSON} ORDER BY disabled_at IS NOT NULL, name, id", authority=tx.authority)
    )


async def named(tx: Transaction, person_ids: list[UUID]) -> dict[UUID, Person]:
    """Return those of these people that there are."""
    rows = await tx.all(
        f"{_PERSON} AND id = ANY(CAST(:ids AS uuid[]))", authority=tx.authority, ids=person_ids
    )
    return {person.id: person for person in read(Person, rows)}


async def save(tx: Transaction, person: Person) -> Person:
    """Add somebody, or write anew what a sign-in told of them; who was disabled stays so."""
    row = await tx.first(
        """
        INSERT INTO people
            (id, authority, issuer, subject, name, email, staff_id, duties, added_at, signed_in_at)
        VALUES
            (:id, :authority, :issuer, :subject, :name, :email, :staff_id, :duties, :added_at, :signed_in_at)
        ON CONFLICT (authority, issuer, subject) DO UPDATE SET name = excluded.name, email = excluded.email,
            staff_id = excluded.staff_id, duties = excluded.duties,
            signed_in_at = coalesce(excluded.signed_in_at, people.signed_in_at)
        RETURNING id, authority, issuer, subject, name, email, staff_id, duties, added_at, signed_in_at,
            disabled_at, disabled_by
        """,
        authority=tx.authority,
        id=person.id,
        issuer=person.issuer,
        subject=person.subject,
        name=person.name,
        email=person.email,
        staff_id=person.staff_id,
        duties=person.duties,
        added_at=person.added_at,
        signed_in_at=person.signed_in_at,
    )
    assert row is not None
    saved = read_one(Person, row)
    assert saved is not None
    return saved


async def disable(tx: Transaction, person_id: UUID, by: str | None, at: datetime | None) -> None:
    """Let somebody in no more, or, with neither `by` nor `at`, again."""
    await tx.run(
        "UPDATE people SET disabled_at = :at, disabled_by = :by WHERE authority = :authority AND id = :id",
        authority=tx.authority,
        id=person_id,
        at=at,
        by=by,
    )


async def begin(tx: Transaction, session: Session) -> None:
    """Store a new session."""
    await tx.run(
        "INSERT INTO sessions (digest, authority, person_id, begun_at, seen_at, ends_at, proved_at)"
        " VALUES (:digest, :authority, :person_id, :begun_at, :seen_at, :ends_at, :proved_at)",
        authority=tx.authority,
        digest=session.digest,
        person_id=session.person_id,
        begun_at=session.begun_at,
        seen_at=session.seen_at,
        ends_at=session.ends_at,
        proved_at=session.proved_at,
    )


async def session(tx: Transaction, digest: bytes) -> Session | None:
    """Return the session with a digest, in a transaction that was opened with it."""
    return read_one(Session, await tx.first(f"{_SESSION} WHERE digest = :digest", digest=digest))


async def open_sessions(tx: Transaction, now: datetime, idle_since: datetime) -> list[Session]:
    """Return the sessions that have not ended by any limit, the latest first."""
    rows = await tx.all(
        f"{_SESSION} WHERE authority = :authority AND ended_at IS NULL AND ends_at > :now"
        " AND seen_at > :since ORDER BY begun_at DESC",
        authority=tx.authority,
        now=now,
        since=idle_since,
    )
    return read(Session, rows)


async def seen(tx: Transaction, digest: bytes, at: datetime) -> None:
    """Write down that a session is in use."""
    await tx.run(
        "UPDATE sessions SET seen_at = :at WHERE digest = :digest AND seen_at < :at", digest=digest, at=at
    )


async def proved(tx: Transaction, digest: bytes, at: datetime) -> None:
    """Write down that whoever sits there has just shown again who they are."""
    await tx.run(
        "UPDATE sessions SET proved_at = :at, seen_at = :at WHERE digest = :digest", digest=digest, at=at
    )


async def end(tx: Transaction, digest: bytes, why: str, at: datetime) -> int:
    """End one session; 0 if it has ended."""
    return await tx.run(
        "UPDATE sessions SET ended_at = :at, ended_why = :why WHERE digest = :digest AND ended_at IS NULL",
        digest=digest,
        at=at,
        why=why,
    )


async def end_all(tx: Transaction, person_id: UUID, why: str, at: datetime) -> int:
    """End every session of a person, and return how many there were."""
    return await tx.run(
        "UPDATE sessions SET ended_at = :at, ended_why = :why"
        " WHERE authority = :authority AND person_id = :person AND ended_at IS NULL",
        authority=tx.authority,
        person=person_id,
        at=at,
        why=why,
    )
