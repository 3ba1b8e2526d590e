"""Sessions for tests: they last whatever a test does to the clock, unless it asks for one that does not."""

from datetime import UTC, datetime
from uuid import uuid4

from casework import signing_in
from schemas.access import Duty
from store import people
from store.database import Store
from store.people import Person, Session
from tests.messages import NOTTINGHAM

BEGUN, ENDS = datetime(2026, 3, 1, tzinfo=UTC), datetime(2096, 3, 1, tzinfo=UTC)


async def lasting(
    store: Store,
    *duties: Duty,
    secret: str,
    name: str = "Bea Okoro",
    staff_id: str | None = None,
    authority: str = NOTTINGHAM,
) -> Person:
    """Begin a session that a browser opens with a secret: of a person with these duties, or with all."""
    person = Person(
        id=uuid4(),
        authority=authority,
        issuer="test",
        subject=secret,
        name=name,
        email=None,
        staff_id=staff_id,
        duties=sorted(duties or Duty),
        added_at=BEGUN,
        signed_in_at=BEGUN,
        disabled_at=None,
        disabled_by=None,
    )
    async with store.transaction(authority, "system:test") as tx:
        saved = await people.save(tx, person)
        digest = signing_in.digest_of(secret)
        limits = {"begun_at": BEGUN, "seen_at": ENDS, "ends_at": ENDS, "proved_at": BEGUN}
        await people.begin(tx, Session(digest, authority, saved.id, **limits, ended_at=None, ended_why=None))
    return saved
