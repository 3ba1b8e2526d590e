"""`push-outcomes`: what is approved arrives once, and what does not says why."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from casework import pushes
from connectors.case_management import CaseManagement
from connectors.files import Files
from connectors.rest import opened
from domain.plan.parts import action_id
from flows.push_outcomes import NO_SETTINGS, NOT_NAMED, description, push, table
from flows.surroundings import Surroundings, Targets
from flows.way_out import Result
from schemas.connector_policy import ConnectorPolicy, RestPolicy, Target
from schemas.policy import Policy
from schemas.record import Account, InterviewRecord, Outcome
from store import beats
from store.database import Store
from tests import topics
from tests.connectors.approved import APPROVED_AT, Approved, interviews, keep
from tests.connectors.faults import Fault
from tests.connectors.running import Running, peer
from tests.faults.distributed import distributed
from tests.faults.product import free_port
from tests.flows.deployed import Deployed
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

NOW = APPROVED_AT + timedelta(minutes=1)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(scope="module")
def started() -> Iterator[Running]:
    with peer(patience=0.4) as made:
        yield made


@pytest.fixture
def other(started: Running) -> Running:
    """The other system, with nothing in it that went before."""
    started.begin_anew()
    return started


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    made = Store(database.app_url, pool_size=6)
    yield made
    await made.close()


def ready(system: CaseManagement) -> AbstractAsyncContextManager[CaseManagement]:
    return nullcontext(system)


def surrounded(store: Store, reached: Targets, *targets: Target) -> Surroundings:
    policy = Policy(connector=ConnectorPolicy(targets=targets or tuple(map(Target, reached))))
    return Surroundings(store, [NOTTINGHAM], None, policy, lambda _: reached)


def over_rest(store: Store, other: Running) -> Surroundings:
    return surrounded(store, {"rest": partial(opened, other.address(), RestPolicy())})


def rows(database: Database, columns: str = "*") -> list[tuple[Any, ...]]:
    with connect(database.superuser_url) as connection:
        return connection.execute(f"SELECT {columns} FROM pushes ORDER BY queued_at, key".encode()).fetchall()


def references(other: Running, *approved: Approved) -> list[str]:
    """Return the references that are in the plans of these interviews' children."""
    plans = other.state()["plans"]
    return [a["reference"] for path in {each.path for each in approved} for a in plans[path]["actions"]]


def wanted(*approved: Approved) -> list[str]:
    return [str(action_id(each.id, n)) for each in approved for n in range(1, each.outcomes + 1)]


async def test_an_approved_interview_is_queued_once_for_each_target(database: Database, store: Store) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    for _ in range(2):
        async with store.transaction(NOTTINGHAM) as tx:
            await pushes.queue(tx, one.id, (Target.REST, Target.FILES), NOW)
    assert sorted(rows(database, "target, state, attempts")) == [
        ("files", "waiting", 0),
        ("rest", "waiting", 0),
    ]


async def test_without_a_target_or_without_outcomes_nothing_is_queued(
    database: Database, store: Store
) -> None:
    one, two = interviews(2)
    keep(database, [one])
    async with store.transaction(NOTTINGHAM) as tx:
        await pushes.queue(tx, one.id, (), NOW)
        await pushes.queue(tx, two.id, (Target.REST,), NOW)
    assert rows(database) == []


async def test_what_was_approved_and_never_queued_arrives_and_is_confirmed(
    database: Database, store: Store, other: Running
) -> None:
    approved = interviews(5)
    keep(database, approved)
    done = await push(over_rest(store, other), NOW)
    assert (done.repaired, done.tries) == (5, {(NOTTINGHAM, "rest", Result.CONFIRMED): 5})
    assert sorted(references(other, *approved)) == sorted(wanted(*approved))
    assert [(row["state"], row["interviews"]) for row in table(done)] == [("confirmed", 5)]
    assert description(done).startswith("5 interviews arrived and were seen there; 0 are tried again")
    assert (await push(over_rest(store, other), NOW + DAY)).tries == {}


async def test_two_runs_at_once_never_push_the_same(database: Database, store: Store, other: Running) -> None:
    approved = interviews(300)
    keep(database, approved)
    async with store.transaction(NOTTINGHAM) as tx:
        for each in approved:
            await pushes.queue(tx, each.id, (Target.REST,), NOW)
    second = Store(database.app_url, pool_size=6)
    runs = await asyncio.gather(*(push(over_rest(each, other), NOW) for each in (store, second)))
    await second.close()
    assert sum(sum(run.tries.values()) for run in runs) == 300
    assert set(rows(database, "state, attempts")) == {("confirmed", 1)}


async def test_what_a_killed_run_had_taken_is_due_again_by_itself(
    database: Database, store: Store, other: Running
) -> None:
    keep(database, interviews(1))
    here = over_rest(store, other)
    await pushes.repair(store, NOTTINGHAM, ("rest",), here.policy.plan, NOW)
    (taken,) = await pushes.claim(store, NOTTINGHAM, "rest", NOW, 10)  # and then nothing more of that run
    assert (await push(here, NOW + MINUTE)).tries == {}
    await push(here, NOW + pushes.HELD_FOR)
    assert rows(database, "state, attempts") == [("confirmed", 2)]
    assert taken.update.decision == "Agreed; I look at it on 9 May."


async def test_what_is_asked_for_by_retry_after_is_waited(
    database: Database, store: Store, other: Running
) -> None:
    keep(database, interviews(1))
    other.script(Fault.LIMITED)
    await push(over_rest(store, other), NOW)
    ((state, why, next_at),) = rows(database, "state, why, next_at")
    assert (state, why) == ("waiting", "the other system asks for fewer requests (429)")
    assert timedelta(seconds=90) <= next_at - NOW < timedelta(seconds=100)


async def test_what_will_not_work_is_stuck_with_the_reason_and_tried_daily_or_when_asked(
    database: Database, store: Store, other: Running
) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    other.is_unknown(one.path)
    here = over_rest(store, other)
    assert (await push(here, NOW)).tries == {(NOTTINGHAM, "rest", Result.STUCK): 1}
    assert "has no plan for this child" in rows(database, "why")[0][0]
    other.is_unknown()
    assert (await push(here, NOW + DAY / 2)).tries == {}
    assert await pushes.retry(store, NOTTINGHAM, "system:test", one.id, NOW + DAY / 2) == 1
    await push(here, NOW + DAY / 2)
    assert rows(database, "state, why") == [("confirmed", None)]


async def test_what_was_taken_and_overwritten_is_sent_again(
    database: Database, store: Store, other: Running
) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    other.script(Fault.OVERWRITTEN)
    assert (await push(over_rest(store, other), NOW)).tries == {(NOTTINGHAM, "rest", Result.LOST): 1}
    await push(over_rest(store, other), NOW + DAY)
    assert rows(database, "state, attempts") == [("confirmed", 2)]
    assert set(references(other, one)) >= set(wanted(one))


async def test_a_system_that_is_down_is_not_asked_for_everything(database: Database, store: Store) -> None:
    keep(database, interviews(1000))
    nowhere = Running(free_port(), 0.4)
    done = await push(over_rest(store, nowhere), NOW)
    assert sum(done.tries.values()) <= 400
    assert all(result is Result.LATER for _, _, result in done.tries)


async def test_a_target_that_is_not_set_up_or_not_named_says_so(database: Database, store: Store) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    await push(surrounded(store, {}, Target.REST), NOW)
    assert rows(database, "why") == [(NO_SETTINGS,)]
    other_policy = Surroundings(store, [NOTTINGHAM], None, Policy())
    await push(other_policy, NOW + DAY)
    assert rows(database, "state, why") == [("waiting", NOT_NAMED)]


async def test_files_are_a_target_of_their_own(database: Database, store: Store, tmp_path: Path) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    await push(surrounded(store, {"files": partial(ready, Files(tmp_path))}), NOW)
    told = json.loads((tmp_path / f"{pushes.key_of(one.id, 'files')}.json").read_text())
    assert [each["reference"] for each in told["outcomes"]] == wanted(one)
    assert rows(database, "target, state") == [("files", "confirmed")]


async def test_outcomes_that_never_entered_the_plan_enter_it_and_arrive(
    database: Database, store: Store, other: Running
) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    record = InterviewRecord(
        account=Account(before="nobody takes me to my nan's no more"),
        outcomes=(Outcome(what="Amara sees her nan every Saturday", owner="Joy Adeyemi"),),
    )
    with connect(database.superuser_url) as connection:
        connection.execute("DELETE FROM plan_entries")
        connection.execute("UPDATE interviews SET record_no = 1")
        connection.execute(
            "INSERT INTO drafts (interview_id, no, authority, key, based_on, by, actor, saved_at, sent,"
            " problems, record) VALUES (%s, 1, %s, 'd', 0, 'j.adeyemi', 'j.adeyemi', %s, '{}', '[]', %s)",
            (one.id, NOTTINGHAM, APPROVED_AT, record.model_dump_json()),
        )
    await push(over_rest(store, other), NOW)
    assert rows(database, "state") == [("confirmed",)]
    with connect(database.superuser_url) as connection:
        assert connection.execute("SELECT by FROM plan_entries").fetchall() == [("m.osei",)]


async def test_what_cannot_be_read_does_not_hold_up_the_others(
    database: Database, store: Store, other: Running
) -> None:
    approved = interviews(3)
    keep(database, approved)
    with connect(database.superuser_url) as connection:
        connection.execute("UPDATE plan_entries SET body = '{}' WHERE interview_id = %s", (approved[1].id,))
    await push(over_rest(store, other), NOW)
    assert sorted(rows(database, "state, why")) == [
        ("confirmed", None),
        ("confirmed", None),
        ("stuck", pushes.UNREADABLE),
    ]


async def test_each_run_leaves_a_beat_and_each_arrival_a_line_in_the_ledger(
    database: Database, store: Store, other: Running
) -> None:
    keep(database, interviews(2))
    await push(over_rest(store, other), NOW)
    beat = await beats.last(store, "push-outcomes")
    assert beat
    assert (beat.started_at, beat.ended_at, beat.failed_why) == (NOW, NOW, None)
    with connect(database.superuser_url) as connection:
        lines = connection.execute("SELECT action, actor FROM ledger").fetchall()
    assert lines == [("push.confirmed", "system:push-outcomes")] * 2


@pytest.mark.xdist_group("kafka")  # where the other tests are that need a Prefect server
async def test_prefect_runs_it_each_minute_with_what_the_settings_and_the_policy_say(
    database: Database, other: Running, prefect_api: str, tmp_path: Path
) -> None:
    (one,) = interviews(1)
    keep(database, [one])
    policy = tmp_path / "policy.toml"
    policy.write_text('[connector]\ntargets = ["rest", "files"]\n')
    settings = {
        "HOMEWARD_PREFECT": prefect_api,
        "HOMEWARD_KAFKA": "",
        "HOMEWARD_POLICY": str(policy),
        "HOMEWARD_CASE_URL": other.url,
        "HOMEWARD_CASE_TOKEN_URL": f"{other.url}/token",
        "HOMEWARD_CASE_CLIENT_ID": "homeward",
        "HOMEWARD_CASE_CLIENT_KEY": "a secret/",
        "HOMEWARD_CASE_DIRECTORY": str(tmp_path / "updates"),
    }
    async with (
        distributed(tmp_path, database, topics.reach("127.0.0.1:1"), **settings) as running,
        httpx.AsyncClient(base_url=prefect_api, timeout=10) as prefect,
    ):
        await running.started("flows")
        deployed = Deployed(prefect, "push-outcomes")
        schedules = await deployed.schedules()
        ended = [await deployed.run_now() for _ in range(2)]
        told, sentence = await deployed.table()
    assert [schedule["interval"] for schedule in schedules] == [60.0]
    assert "COMPLETED" in ended
    assert [(row["target"], row["state"], row["interviews"]) for row in told] == [
        ("files", "confirmed", 1),
        ("rest", "confirmed", 1),
    ]
    assert "0 are stuck until somebody acts" in sentence
    assert references(other, one) == wanted(one)
