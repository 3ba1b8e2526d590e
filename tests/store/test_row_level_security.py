"""What the application's role can see: its own authority, and of it no restricted child unasked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from casework.tokens import Scope, create
from schemas.policy import Policy
from store.database import Store
from store.tables import WITHOUT_AUTHORITY, metadata
from streams.runner import Runner
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database, connect

IDS = "SELECT :authority AS authority, id AS interview_id, CAST(:at AS timestamptz) AS at FROM interviews"
CONDUCT = (
    "INSERT INTO staff (authority, id, name, roles, teams, languages, training, involved_with, working,"
    " leave, imported_at) VALUES (:authority, 'W-1', 'Ewa', '{}', '{}', '{}', '{}', '{}', '{}', '[]', :at)",
    "INSERT INTO interview_commands (authority, interview_id, at, no, key, name, body, digest, by,"
    f" actor, answer) SELECT t.*, 1, :key, 'allocate', '{{}}', '', 'W-1', 'test', '{{}}' FROM ({IDS}) AS t",
    "INSERT INTO drafts (authority, interview_id, saved_at, no, key, based_on, by, actor, sent,"
    f" problems, record) SELECT t.*, 1, :key, 0, 'W-1', 'test', '{{}}', '[]', '{{}}' FROM ({IDS}) AS t",
    "INSERT INTO plan_entries (authority, interview_id, at, id, kind, body, by, actor)"
    f" SELECT t.*, :id, 'outcomes', '{{}}', 'M-1', 'test' FROM ({IDS}) AS t",
    "INSERT INTO pushes (authority, interview_id, queued_at, target, key, state, attempts, next_at)"
    f" SELECT t.*, 'rest', :id, 'waiting', 0, :at FROM ({IDS}) AS t",
    "INSERT INTO alerts (authority, interview_id, raised_at, id, subject_id, step, due_at, expected,"
    f" expected_by) SELECT t.*, :id, t.interview_id, 'held', :at, 'Hold it', :at FROM ({IDS}) AS t",
    "INSERT INTO deliveries (id, authority, alert_id, recipient, role, level, channel, state, queued_at,"
    " not_before) SELECT :id, :authority, id, 'M-1', 'team_manager', 0, 'inbox', 'sent', :at, :at"
    " FROM alerts",
    "INSERT INTO handovers (authority, interview_id, offered_at, id, host, reason, offered_by, accept_by)"
    f" SELECT t.*, :id, 'E10000024', 'Lives there', 'M-1', t.at + interval '1 day' FROM ({IDS}) AS t",
    "INSERT INTO offer_links (authority, interview_id, made_at, id, digest, language, choices, made_by,"
    f" expires_at) SELECT t.*, :id, CAST(:authority AS bytea), 'en', '[]', 'M-1', :at + interval '1 day'"
    f" FROM ({IDS}) AS t",
    "INSERT INTO people (id, authority, issuer, subject, name, duties, added_at)"
    " VALUES (:id, :authority, 'test', 'amira', 'Amira', '{}', :at)",
    "INSERT INTO sessions (digest, authority, person_id, begun_at, seen_at, ends_at, proved_at)"
    " SELECT CAST(authority AS bytea), authority, id, :at, :at, :at + interval '1 hour', :at FROM people",
    "INSERT INTO sign_ins (digest, authority, kept, begun_at)"
    " VALUES (decode(md5(:key), 'hex'), :authority, '{}', :at)",
    "INSERT INTO presences (authority, place, person, name, seen_at)"
    " VALUES (:authority, 'record/1', 'person:1', 'Amira', :at)",
    "INSERT INTO accesses (authority, at, person, child_id, page, purpose)"
    " SELECT :authority, :at, 'person:1', id, 'child', 'managing' FROM children LIMIT 1",
    "INSERT INTO break_glass (id, authority, child_id, person, reason, from_at, until_at)"
    " SELECT :id, :authority, id, 'person:1', 'why', :at, :at + interval '1 hour' FROM children LIMIT 1",
    "INSERT INTO policies (authority, no, policy, digest, uploaded_by, uploaded_at, why)"
    " VALUES (:authority, 1, '{}', '', 'test', :at, 'Tried')",
    "INSERT INTO origins (id, authority, original, source, message_id, place)"
    " VALUES (:id, :authority, decode(repeat(md5(:key), 2), 'hex'), 'urn:police:test', :key, 'line 2')",
    "INSERT INTO police_lists (id, authority, source, as_of, name, digest, via, received_at, rows, others,"
    " faults, state) VALUES (:id, :authority, 'urn:police:test', :at, :key, '', 'file', :at, 1, 0, '[]',"
    " 'compared')",
    "INSERT INTO police_list_rows (list_id, no, authority, raw)"
    " SELECT id, 1, :authority, :key FROM police_lists LIMIT 1",
    "INSERT INTO police_tasks (id, authority, source, kind, key, why, child_id, list_id, last_list_id,"
    " opened_at) SELECT :id, :authority, 'urn:police:test', 'open', :key, 'not_listed', c.id, l.id, l.id, :at"
    " FROM police_lists l, children c LIMIT 1",
    "INSERT INTO decisions (id, authority, key, kind, child_ids, body, sent, reason, by, actor, at)"
    " SELECT :id, :authority, :key, 'keep', array_agg(id), '{}', '', 'Right', 'S-1', 'test', :at"
    " FROM children",
)
TABLES = sorted(set(metadata.tables) - WITHOUT_AUTHORITY)
SEEN = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)


@pytest.fixture
async def filled(database: Database, tmp_path: Path) -> Database:
    """A database in which each of two authorities has a row in every table."""
    store = Store(database.app_url)
    now = SEEN + timedelta(days=2)
    for authority in (NOTTINGHAM, DERBY):
        sender = Sender("http", "test", (authority,))
        told = [
            message(
                "reported", SEEN, id=f"1/{authority}", child={"family_name": "Okafor"}, authority=authority
            ),
            message("returned", SEEN, id=f"2/{authority}", child={}, authority=authority),
        ]
        await receive(store, sender, told, now)
        await Runner(Carrier(store, Policy()), [authority], tmp_path).drain()
        served, person = (authority,), "system:test"
        await create(
            store, authority, "feed", Scope.NOTIFY, NOTTINGHAMSHIRE, served=served, person=person, now=now
        )
        async with store.transaction(authority) as tx:
            child_id = await tx.scalar("SELECT id FROM children LIMIT 1")
            values = {"child": child_id, "authority": authority}
            await tx.run("INSERT INTO restrictions VALUES (:child, :authority)", **values)
            await tx.run("INSERT INTO restriction_people VALUES (:child, 'amira', :authority)", **values)
            await tx.run("INSERT INTO child_keys VALUES (:authority, 'p:ng11aa', :child)", **values)
            await tx.run("INSERT INTO care VALUES (:child, '2025-09-01', NULL, :authority)", **values)
            for statement in CONDUCT:
                await tx.run(statement, authority=authority, key=f"k/{authority}", id=uuid4(), at=now)
    await store.close()
    return database


@pytest.fixture
def app(filled: Database) -> Iterator[psycopg.Connection]:
    with connect(filled.app_url) as connection:
        yield connection


def become(connection: psycopg.Connection, authority: str, person: str = "system:test") -> None:
    connection.execute(
        "SELECT set_config('homeward.authority', %s, false), set_config('homeward.person', %s, false)",
        (authority, person),
    )


def authorities_in(connection: psycopg.Connection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"SELECT DISTINCT authority FROM {table}".encode())}


def test_without_an_authority_no_table_shows_a_row(app: psycopg.Connection) -> None:
    assert {table: authorities_in(app, table) for table in TABLES} == {table: set() for table in TABLES}


def test_an_authority_sees_its_own_rows_in_every_table_and_no_others(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    assert {table: authorities_in(app, table) for table in TABLES} == {
        table: {NOTTINGHAM} for table in TABLES
    }


def test_every_table_but_the_listed_ones_has_an_authority_and_forced_security(filled: Database) -> None:
    with connect(filled.superuser_url) as superuser:
        tables = superuser.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert {name for name, _ in tables} == set(metadata.tables) | {"alembic_version"}
    assert [name for name, forced in tables if not forced] == ["alembic_version"]


def test_the_application_can_not_write_for_another_authority(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("INSERT INTO restrictions VALUES (%s, %s)", (uuid4(), DERBY))


def test_the_applications_role_owns_nothing_and_passes_by_nothing(filled: Database) -> None:
    with connect(filled.superuser_url) as superuser:
        role = superuser.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = 'homeward_app'"
        ).fetchone()
        owned = superuser.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = 'homeward_app'::regrole"
        ).fetchone()
    assert role == (False, False, False, False)
    assert owned == (0,)


@pytest.mark.parametrize(
    "table",
    [
        "children",
        "child_keys",
        "care",
        "inbox",
        "episodes",
        "interviews",
        "questions",
        "ledger",
        "outbox",
        "police_tasks",
    ],
)
def test_a_restricted_child_is_seen_only_by_those_named(app: psycopg.Connection, table: str) -> None:
    column = b"id" if table == "children" else b"child_id"
    of_child = b"SELECT count(*) FROM " + table.encode() + b" WHERE " + column + b" IS NOT NULL"
    counts = {}
    for person in ("amira", "somebody", ""):
        become(app, NOTTINGHAM, person)
        row = app.execute(of_child).fetchone()
        counts[person] = bool(row and row[0])
    assert counts == {"amira": True, "somebody": False, "": False}


def test_a_bearer_without_an_authority_sees_the_token_it_shows_and_no_other(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    row = app.execute("SELECT encode(digest, 'hex') FROM tokens").fetchone()
    assert row
    become(app, "")
    app.execute("SELECT set_config('homeward.token_digest', %s, false)", row)
    assert authorities_in(app, "tokens") == {NOTTINGHAM}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET actor = 'nobody'",
        "DELETE FROM ledger",
        "DELETE FROM inbox",
        "UPDATE inbox SET payload = '{}'",
        "UPDATE ledger SET payload = NULL",
        "DELETE FROM episodes",
        "DELETE FROM letters",
        "TRUNCATE interviews",
        "UPDATE letters SET content = ''",
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
    ],
)
def test_the_application_can_neither_delete_nor_rewrite(app: psycopg.Connection, statement: str) -> None:
    become(app, NOTTINGHAM)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.encode())


def test_not_even_the_owner_can_rewrite_the_ledger_by_accident(filled: Database) -> None:
    with connect(filled.owner_url) as owner:
        become(owner, NOTTINGHAM)
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            owner.execute("UPDATE ledger SET actor = 'nobody'")


def test_a_row_of_the_ledger_is_sealed_only_once(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
        app.execute("UPDATE ledger SET hash = ''")


def test_two_overlapping_episodes_of_one_child_are_refused_at_commit(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    with pytest.raises(psycopg.errors.ExclusionViolation, match="no_overlapping_episodes"):
        app.execute(
            """
            INSERT INTO episodes (id, authority, child_id, child_number, status, risk_factors, started_at,
                conflict_reasons, marks, incidents, notifications, period, superseded, updated_at)
            SELECT %s, authority, child_id, child_number, 'open', '{}', started_at, '{}', '{}', '[]', '[]',
                tstzrange(started_at, NULL), false, now()
            FROM episodes
            """,
            (uuid4(),),
        )


def test_a_second_live_interview_of_one_episode_is_refused(app: psycopg.Connection) -> None:
    become(app, NOTTINGHAM)
    second: UUID = uuid4()
    with pytest.raises(psycopg.errors.ExclusionViolation, match="one_live_interview_per_episode"):
        app.execute(
            """
            INSERT INTO interviews (id, authority, child_id, episode_id, status, clock_started_at, due_at,
                provisional_due, anchor_source, anchor_id, updated_at)
            SELECT %s, authority, child_id, episode_id, 'due', clock_started_at, due_at, true, 'a', 'b', now()
            FROM interviews
            """,
            (second,),
        )
