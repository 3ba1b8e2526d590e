"""The records that the gate compares follow their interviews: joined, parted, renamed, submitted again."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from casework.archives import child_of, up_to_date
from casework.carry import Carrier
from casework.intake import Sender, receive
from domain.quality import Archive
from domain.quality.archive import Copy
from schemas.policy import Policy
from schemas.record import InterviewRecord
from store.database import Store
from streams.runner import Runner
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database

SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
NOW = SEEN + timedelta(days=2)
TAKEN = (
    "I went to where my uncle works, the car wash on Radford Road. I did not want him to see me crying so I"
    " sat behind the tyres till it was dark. Then he found me and gave me his jacket."
)
OTHER = (
    "We walked along the canal to the marina and looked at the boats because the last tram had gone. Somebody"
    " with a dog asked whether we were cold and rang the number that my sister had given to me."
)
ASKED = InterviewRecord.model_validate({"account": {"during": TAKEN}})
NOBODY = child_of("nobody", {})


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url, pool_size=3)
    yield made
    await made.close()


async def interview(store: Store, child: str) -> UUID:
    """Tell of a child's absence and return, and return the interview."""
    told = [
        message(kind, SEEN + timedelta(hours=at), id=f"{kind}-{child}", subject=child, child=named)
        for kind, at in (("reported", 0), ("returned", 9))
        for named in ({"authority_child_id": child, "given_names": "Leo", "family_name": "Hartley"},)
    ]
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), told, NOW)
    await Runner(Carrier(store, Policy(), lambda: NOW), [NOTTINGHAM]).drain()
    async with store.transaction(NOTTINGHAM) as tx:
        found: UUID = await tx.scalar(
            "SELECT i.id FROM interviews i JOIN children c ON c.id = i.child_id"
            " WHERE c.authority_child_id = :child",
            child=child,
        )
    return found


async def submitted(store: Store, interview_id: UUID, text: str = TAKEN, no: int = 1) -> None:
    """Keep a draft of this account, as the one that was submitted."""
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run(
            "INSERT INTO drafts (interview_id, no, authority, key, based_on, by, actor, saved_at, sent,"
            " problems, record) VALUES (:id, :no, :authority, :key, 0, 'W-1', 'test', :now, '{}', '[]',"
            " CAST(:record AS jsonb))",
            id=interview_id,
            no=no,
            authority=NOTTINGHAM,
            key=f"{interview_id}/{no}",
            now=NOW,
            record=json.dumps({"account": {"during": text}}),
        )
        await tx.run(
            "INSERT INTO interview_commands (interview_id, no, authority, key, name, body, digest, by, actor,"
            " at, answer) VALUES (:id, :no, :authority, :key, 'submit', CAST(:body AS jsonb), '', 'W-1',"
            " 'test', :now, '{}')",
            id=interview_id,
            no=no,
            authority=NOTTINGHAM,
            key=f"{interview_id}/{no}",
            body=json.dumps({"draft": no}),
            now=NOW,
        )
        await tx.run("UPDATE interviews SET record_no = :no WHERE id = :id", no=no, id=interview_id)


async def changed(store: Store, sql: str, **values: object) -> None:
    """Change something as a clock that is behind would: no moment of change grows."""
    async with store.transaction(NOTTINGHAM) as tx:
        await tx.run(sql, **values)


async def child(store: Store, interview_id: UUID) -> UUID:
    async with store.transaction(NOTTINGHAM) as tx:
        found: UUID = await tx.scalar("SELECT child_id FROM interviews WHERE id = :id", id=interview_id)
    return found


def copies(archive: Archive) -> tuple[Copy, ...]:
    return archive.copies(ASKED, NOBODY, "another")


async def test_a_record_is_there_as_soon_as_it_is_submitted(store: Store) -> None:
    first, second = await interview(store, "C-1"), await interview(store, "C-2")
    await submitted(store, first)
    assert [c.filed.interview_id for c in copies(await up_to_date(store, NOTTINGHAM))] == [str(first)]
    await submitted(store, second)
    assert len(copies(await up_to_date(store, NOTTINGHAM))) == 2


async def test_a_record_that_was_submitted_again_counts_once_as_it_is_now(store: Store) -> None:
    first = await interview(store, "C-1")
    await submitted(store, first)
    assert len(copies(await up_to_date(store, NOTTINGHAM))) == 1
    await submitted(store, first, OTHER, no=2)
    assert copies(await up_to_date(store, NOTTINGHAM)) == ()
    await submitted(store, first, TAKEN, no=3)
    assert len(copies(await up_to_date(store, NOTTINGHAM))) == 1


async def test_a_record_goes_with_its_interview_to_another_child(store: Store) -> None:
    first, second = await interview(store, "C-1"), await interview(store, "C-2")
    await submitted(store, first)
    await up_to_date(store, NOTTINGHAM)
    other = await child(store, second)
    await changed(store, "UPDATE interviews SET child_id = :child WHERE id = :id", child=other, id=first)
    [copy] = copies(await up_to_date(store, NOTTINGHAM))
    assert copy.filed.child.id == str(other)


async def test_a_record_knows_the_names_that_its_child_has_now(store: Store) -> None:
    first = await interview(store, "C-1")
    await submitted(store, first)
    await up_to_date(store, NOTTINGHAM)
    await changed(store, """UPDATE children SET facts = facts || '{"also_known_as": ["Radford"]}'""")
    [copy] = copies(await up_to_date(store, NOTTINGHAM))
    assert copy.filed.child.also_known_as == ("Radford",)


async def test_what_is_held_in_another_conversation_is_one_record(store: Store) -> None:
    first, second = await interview(store, "C-1"), await interview(store, "C-2")
    await submitted(store, first)
    await submitted(store, second)
    await up_to_date(store, NOTTINGHAM)
    await changed(store, "UPDATE interviews SET covered_by = :by WHERE id = :id", by=first, id=second)
    assert [c.filed.interview_id for c in copies(await up_to_date(store, NOTTINGHAM))] == [str(first)]


async def test_where_nothing_changed_nothing_is_read_again(store: Store) -> None:
    await submitted(store, await interview(store, "C-1"))
    archive = await up_to_date(store, NOTTINGHAM)
    await changed(store, """UPDATE children SET facts = facts || '{"ethnicity": "W1"}', updated_at = now()""")
    assert await up_to_date(store, NOTTINGHAM) is archive
