"""`homeward verify` on what people did: whatever is altered afterwards is named."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from casework import offering
from casework.carry import Carrier
from casework.conduct import Asked, act
from casework.intake import Sender, receive
from casework.verify import verify
from schemas.commands import Command
from schemas.policy import Policy
from schemas.staff import Role, StaffMember
from store import staff
from store.conduct import FACTS
from store.database import Store
from streams.runner import Runner
from tests.messages import NOTTINGHAM, message
from tests.postgres import Database, connect
from tests.unit.conduct import ALLOCATE, ARRANGE, NOT_POSSIBLE, OFFER

NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
ALTERED = {
    "interviewer": "'W-9'",
    "chosen_by_child": "true",
    "allocated_at": "now()",
    "attempts": "9",
    "attempted_at": "now()",
    "offered_at": "now()",
    "accepted": "false",
    "arranged_at": "now()",
    "arranged_for": "now()",
    "arranged_until": "now()",
    "place": "'elsewhere'",
    "held_at": "now()",
    "submitted_at": "now()",
    "record_no": "7",
    "sent_back_at": "now()",
    "approved_at": "now()",
    "declined_at": "now()",
    "closed_reason": "'nobody asked'",
    "covered_by": "id",
}


class Case:
    """An authority whose one interview is arranged, and somebody who may alter anything."""

    def __init__(self, store: Store, superuser: psycopg.Connection, heads: Path) -> None:
        self.store, self.superuser, self.heads = store, superuser, heads

    def alter(self, sql: str) -> None:
        self.superuser.execute("SET session_replication_role = replica")
        assert self.superuser.execute(sql.encode()).rowcount > 0

    async def differences(self) -> tuple[str, ...]:
        return (await verify(self.store, NOTTINGHAM, Policy(), self.heads)).differences


@pytest.fixture
async def case(database: Database, tmp_path: Path) -> AsyncIterator[Case]:
    store = Store(database.app_url)
    people = [
        StaffMember(id="W-1", name="Ewa Nowak", training=("return_interview",)),
        StaffMember(id="M-1", name="Grace Bell", roles=frozenset({Role.TEAM_MANAGER})),
    ]
    async with store.transaction(NOTTINGHAM) as tx:
        await staff.save(tx, people, NOW)
    told = [message("returned", NOW - timedelta(hours=30), id="a")]
    await receive(store, Sender("http", "test", (NOTTINGHAM,)), told, NOW)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM], tmp_path).drain()
    for version, command in enumerate((ALLOCATE, OFFER, ARRANGE), start=1):
        await _give(store, command, version)
    with connect(database.superuser_url) as superuser:
        yield Case(store, superuser, tmp_path)
    await store.close()


async def _give(store: Store, command: Command, version: int) -> None:
    async with store.transaction(NOTTINGHAM) as tx:
        interview_id = await tx.scalar("SELECT id FROM interviews")
    asked = Asked(command, f"k-{version}", version)
    await act(store, NOTTINGHAM, interview_id, asked, person="system:test", policy=Policy(), now=NOW)


async def test_what_nobody_altered_is_clean(case: Case) -> None:
    assert await case.differences() == ()


async def test_a_link_for_the_child_is_no_fact_of_the_interview(case: Case) -> None:
    async with case.store.transaction(NOTTINGHAM) as tx:
        interview_id = await tx.scalar("SELECT id FROM interviews")
    await offering.make_link(
        case.store, NOTTINGHAM, interview_id, "en", by="W-1", person="system:test", policy=Policy(), now=NOW
    )
    assert await case.differences() == ()


def test_every_fact_that_people_decide_is_tried() -> None:
    assert set(ALTERED) == set(FACTS)


@pytest.mark.parametrize("column", ALTERED)
async def test_an_altered_fact_is_named(case: Case, column: str) -> None:
    case.alter(f"UPDATE interviews SET {column} = {ALTERED[column]}")
    assert any(f": {column} is " in difference for difference in await case.differences())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE interview_commands SET body = jsonb_set(body, '{why}', '\"no reason\"') WHERE no = 1",
        "UPDATE interview_commands SET digest = '' WHERE no = 2",
        "DELETE FROM interview_commands WHERE no = 3",
        "DELETE FROM interview_commands WHERE no = 1",
        "UPDATE interview_commands SET name = 'hold' WHERE no = 1",
    ],
)
async def test_an_altered_command_is_named(case: Case, sql: str) -> None:
    case.alter(sql)
    assert any("command" in difference for difference in await case.differences())


async def test_a_stage_that_no_command_led_to_is_named(case: Case) -> None:
    case.alter("UPDATE interviews SET status = 'due'")
    assert any("stage is due, but its commands give arranged" in each for each in await case.differences())


async def test_a_person_s_strike_that_nobody_made_is_named(case: Case) -> None:
    await _give(case.store, NOT_POSSIBLE, 4)
    case.alter(
        "UPDATE interviews SET status = 'voided', voided_reason = 'person', voided_from = 'not_possible'"
    )
    assert any("voided_reason is person" in difference for difference in await case.differences())
