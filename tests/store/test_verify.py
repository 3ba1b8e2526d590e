"""`verify` names the row after a superuser alters a column, deletes a message or cuts the ledger."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.verify import verify
from schemas.policy import Policy
from store import tables
from store.conduct import FACTS
from store.database import Store
from streams.runner import Runner
from tests.messages import NOTTINGHAM, many, message
from tests.postgres import Database, connect

RECEIVED = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)

EPISODE_COLUMNS = {
    "status": "'located', returned_at = NULL",
    "category": "'away_without_authorisation'",
    "risk_level": "'no_apparent_risk'",
    "risk_factors": "'{county_lines}'",
    "started_at": "started_at - interval '1 second'",
    "located_at": "now()",
    "returned_at": "returned_at + interval '1 microsecond'",
    "conflict_reasons": "'{returns_differ}'",
    "marks": "'{adult}'",
    "incidents": "'[]'",
    "notifications": '\'[["urn:police:nottinghamshire", "none"]]\'',
    "period": "tstzrange(lower(period), upper(period) + interval '1 second', '[]')",
    "child_id": "(SELECT id FROM children WHERE id <> episodes.child_id ORDER BY number LIMIT 1)",
    "child_number": "-1",
    "superseded": "true",
    "superseded_by": "(SELECT id FROM episodes e WHERE e.id <> episodes.id LIMIT 1), superseded = true",
}
INTERVIEW_COLUMNS = {
    "child_id": "(SELECT id FROM children WHERE id <> interviews.child_id ORDER BY number LIMIT 1)",
    "episode_id": "(SELECT id FROM episodes e WHERE e.id NOT IN (SELECT episode_id FROM interviews) LIMIT 1)",
    "status": "'voided', voided_reason = 'merged'",
    "clock_started_at": "clock_started_at - interval '1 hour'",
    "due_at": "due_at + interval '1 hour'",
    "provisional_due": "NOT provisional_due",
    "anchor_source": "'urn:police:nowhere'",
    "anchor_id": "'none'",
    "voided_reason": "'merged', status = 'voided'",
    "voided_from": "'held'",
}


class Case:
    """A database with a clean past, a superuser to spoil it, and what `verify` then says."""

    def __init__(self, store: Store, superuser: psycopg.Connection, heads: Path) -> None:
        self.store = store
        self.superuser = superuser
        self.heads = heads

    def spoil(self, statement: str) -> None:
        """Run a statement as only a superuser can: past triggers, row-level security and keys."""
        self.superuser.execute("SET session_replication_role = replica")
        done = self.superuser.execute(statement.encode())
        assert done.rowcount >= 1

    def one(self, query: str) -> str:
        row = self.superuser.execute(query.encode()).fetchone()
        assert row
        return str(row[0])

    async def differences(self) -> tuple[str, ...]:
        return (await verify(self.store, NOTTINGHAM, Policy(), self.heads)).differences


@pytest.fixture
async def case(database: Database, tmp_path: Path) -> AsyncIterator[Case]:
    store = Store(database.app_url)
    own = [
        message("reported", RECEIVED - timedelta(hours=30), id="a", missing={"risk_level": "high"}),
        message("returned", RECEIVED - timedelta(hours=20), id="b"),
    ]
    sender = Sender("http", "test", (NOTTINGHAM,))
    await receive(store, sender, [*own, *many(40, 6, RECEIVED, seed=3)], RECEIVED)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM], tmp_path).drain()
    with connect(database.superuser_url) as superuser:
        yield Case(store, superuser, tmp_path)
    await store.close()


async def test_what_nobody_touched_is_clean(case: Case) -> None:
    found = await verify(case.store, NOTTINGHAM, Policy(), case.heads)
    assert found.differences == ()
    assert found.counts["notifications"] == 42


OWN = "(SELECT episode_id FROM interviews WHERE anchor_id = 'b')"


@pytest.mark.parametrize("column", EPISODE_COLUMNS)
async def test_an_altered_column_of_an_episode_is_named(case: Case, column: str) -> None:
    episode_id = case.one(f"SELECT id FROM episodes WHERE id = {OWN}")
    case.spoil(f"UPDATE episodes SET {column} = {EPISODE_COLUMNS[column]} WHERE id = '{episode_id}'")
    assert any(f"episodes {episode_id}" in difference for difference in await case.differences())


@pytest.mark.parametrize("column", INTERVIEW_COLUMNS)
async def test_an_altered_column_of_an_interview_is_named(case: Case, column: str) -> None:
    interview_id = case.one("SELECT id FROM interviews WHERE anchor_id = 'b'")
    case.spoil(f"UPDATE interviews SET {column} = {INTERVIEW_COLUMNS[column]} WHERE id = '{interview_id}'")
    assert any(f"interviews {interview_id}" in difference for difference in await case.differences())


def test_every_column_that_the_rules_decide_is_tried() -> None:
    not_decided = {"id", "number", "authority", "updated_at"}
    of_people = {*FACTS, "version", "quality"}  # tests/store/test_verify_conduct.py
    assert set(EPISODE_COLUMNS) == set(tables.episodes.columns.keys()) - not_decided
    assert set(INTERVIEW_COLUMNS) == set(tables.interviews.columns.keys()) - not_decided - of_people


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload::text, 'high', 'low')::json",
        "payload = replace(payload::text, 'high', 'low')::json,"
        " digest = sha256(replace(payload::text, 'high', 'low')::bytea)",
        "received_at = received_at + interval '1 second'",
        "digest = ''",
        "subject = 'NP-other'",
        "child_id = (SELECT id FROM children WHERE id <> inbox.child_id LIMIT 1)",
    ],
)
async def test_an_altered_message_is_named(case: Case, change: str) -> None:
    case.spoil(f"UPDATE inbox SET {change} WHERE id = 'a'")
    assert any("inbox (urn:police:nottinghamshire, a)" in found for found in await case.differences())


async def test_a_deleted_message_is_named(case: Case) -> None:
    case.spoil("DELETE FROM inbox WHERE id = 'a'")
    assert (
        "inbox (urn:police:nottinghamshire, a): was acknowledged and is not there" in await case.differences()
    )


async def test_a_deleted_episode_is_named_by_its_first_message(case: Case) -> None:
    case.spoil(f"DELETE FROM episodes WHERE id = {OWN}")
    assert any("message (urn:police:nottinghamshire, a) is not stored" in d for d in await case.differences())


async def test_a_deleted_interview_is_named_by_its_episode(case: Case) -> None:
    episode_id = case.one(f"SELECT id FROM episodes WHERE id = {OWN}")
    case.spoil("DELETE FROM interviews WHERE anchor_id = 'b'")
    assert any(f"interviews of episode {episode_id}" in difference for difference in await case.differences())


@pytest.mark.parametrize("rows", [1, 5])
async def test_a_cut_tail_of_the_ledger_is_told_by_the_published_head(case: Case, rows: int) -> None:
    last = case.one("SELECT max(position) FROM ledger")
    case.spoil(f"DELETE FROM ledger WHERE position > {last} - {rows}")
    found = [difference for difference in await case.differences() if "its tail was cut" in difference]
    assert f"which ends at position {int(last) - rows}" in found[0]


async def test_a_row_cut_from_the_middle_of_the_ledger_is_named(case: Case) -> None:
    case.spoil("DELETE FROM ledger WHERE position = 7")
    assert any("position 7 is not there" in difference for difference in await case.differences())


async def test_a_cut_tail_that_was_never_sealed_is_told_by_the_rows_it_leaves(case: Case) -> None:
    last = case.one("SELECT max(no) FROM ledger")
    sender = Sender("http", "test", (NOTTINGHAM,))
    await receive(case.store, sender, [message("located", RECEIVED, id="c")], RECEIVED)
    case.spoil(f"DELETE FROM ledger WHERE no > {last}")
    found = await case.differences()
    assert found == ("inbox (urn:police:nottinghamshire, c): the ledger does not know that it was received",)


@pytest.mark.parametrize(
    "change", ["actor = 'nobody'", "payload = '{}'", "payload_digest = ''", "child_id = NULL"]
)
async def test_an_altered_row_of_the_ledger_is_named(case: Case, change: str) -> None:
    number = case.one("SELECT min(no) FROM ledger WHERE child_id IS NOT NULL")
    case.spoil(f"UPDATE ledger SET {change} WHERE no = {number}")
    assert any(found.startswith(f"ledger {number}:") for found in await case.differences())


async def test_an_erased_payload_does_not_break_the_chain(case: Case) -> None:
    number = case.one(
        "SELECT max(no) FROM ledger WHERE action = 'child.absorbed' OR action = 'notification.linked'"
    )
    case.spoil(f"UPDATE ledger SET payload = NULL WHERE no = {number}")
    assert not any(found.startswith("ledger") for found in await case.differences())
