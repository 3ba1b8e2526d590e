"""Ten thousand approved interviews pushed to a system that misbehaves: every outcome arrives exactly once."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from connectors.rest import opened
from flows.push_outcomes import push
from flows.surroundings import Surroundings
from schemas.connector_policy import ConnectorPolicy, RestPolicy, Target
from schemas.policy import Policy
from store.database import Store
from tests.connectors.approved import APPROVED_AT, Approved, interviews, keep
from tests.connectors.faults import Fault
from tests.connectors.running import Running, peer
from tests.messages import NOTTINGHAM
from tests.postgres import Database, connect

pytestmark = pytest.mark.xdist_group("faults")  # takes both cores: not beside others of its kind

PUSHES = 10_000
SHARE = 0.15
"""Of all requests, how many go wrong."""
RUNS = 60
POLICY = Policy(connector=ConnectorPolicy(targets=(Target.REST,)))
LIMIT_SECONDS = 10.0


async def test_each_of_ten_thousand_pushes_arrives_exactly_once(database: Database) -> None:
    approved = interviews(PUSHES)
    keep(database, approved)
    with peer(patience=0.5) as other:
        other.script(seed=26, share=SHARE)
        runs = await pushed_until_confirmed(database, other)
        state = other.settled(LIMIT_SECONDS)
    told(state, runs, attempts(database))
    found = {path: Counter(references(plan)) for path, plan in state["plans"].items()}
    assert found == expected(database, approved)
    assert {path: by_people(plan) for path, plan in state["plans"].items() if by_people(plan)} == state[
        "by_person"
    ]
    assert set(state["faults"]) == set(Fault)
    assert states(database) == [("confirmed", PUSHES)]


async def pushed_until_confirmed(database: Database, other: Running) -> int:
    """Run the flow as the clock goes on, until everything has arrived, and return how many runs it took."""
    store = Store(database.app_url, pool_size=8)
    way = partial(opened, other.address(connections=32), RestPolicy())
    here = Surroundings(store, [NOTTINGHAM], None, POLICY, lambda _: {"rest": way})
    try:
        for run in range(1, RUNS + 1):
            await push(here, APPROVED_AT + timedelta(hours=2 * run))
            if {state for state, _ in states(database)} == {"confirmed"}:
                return run
    finally:
        await store.close()
    raise AssertionError(f"not everything arrived in {RUNS} runs: {states(database)}")


def expected(database: Database, approved: Sequence[Approved]) -> dict[str, Counter[str]]:
    """Return each outcome's reference, once, by the plan that it belongs to."""
    from domain.plan.parts import action_id

    wanted: dict[str, Counter[str]] = {}
    for each in approved:
        references = (str(action_id(each.id, number)) for number in range(1, each.outcomes + 1))
        wanted.setdefault(each.path, Counter()).update(references)
    return wanted


def references(plan: Any) -> list[str]:
    return [action["reference"] for action in plan["actions"] if "reference" in action]


def by_people(plan: Any) -> list[str]:
    """Return what people wrote into a plan, where both places in which they did agree."""
    assert plan["notes"] == [action["title"] for action in plan["actions"] if "addedBy" in action]
    return list(plan["notes"])


def states(database: Database) -> list[tuple[Any, ...]]:
    with connect(database.superuser_url) as connection:
        return connection.execute("SELECT state, count(*) FROM pushes GROUP BY state").fetchall()


def attempts(database: Database) -> int:
    with connect(database.superuser_url) as connection:
        row = connection.execute("SELECT sum(attempts) FROM pushes").fetchone()
    return int(row[0]) if row else 0


def told(state: Any, runs: int, tries: int) -> None:
    """Print what went wrong, for the note."""
    print(f"{PUSHES} pushes, {tries} tries in {runs} runs, {state['requests']} requests;")
    print(f"{state['tokens']} tokens, {state['refused']} writes refused (412), {state['replayed']} replayed")
    for fault in Fault:
        print(f"{state['faults'].get(fault, 0):7} {fault}")
