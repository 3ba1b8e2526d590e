"""`homeward plan`: a plan is shown, and kept up, at the console."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework.carry import Carrier
from casework.intake import Sender, receive
from schemas.policy import Policy
from store.database import Store
from streams.runner import Runner
from tests.cli.console import Said
from tests.messages import NOTTINGHAM, message
from tests.web.plans import BUS, MEDIATION, RECORD, approved, interview_of

CHILD = "C-100482"
BACK = datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
BY = ("--by", "Ms Patel")
Homeward = Callable[..., Said]


IN_A_YEAR = (datetime.now(UTC) + timedelta(days=365)).date().isoformat()


@pytest.fixture
async def actions(store: Store, homeward: Homeward) -> list[str]:
    """The ids of the actions of Amara's plan."""
    told = [message("reported", BACK - timedelta(hours=9), id="m1"), message("returned", BACK, id="m2")]
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), told, BACK)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    await approved(store, await interview_of(store), BACK, RECORD)
    lines = homeward("plan", "show", CHILD).out.splitlines()[1:]
    return [line.split()[0] for line in lines]


async def test_a_plan_is_shown_with_who_and_by_when(actions: list[str], homeward: Homeward) -> None:
    head, mediation, bus = homeward("plan", "show", CHILD).out.splitlines()
    assert head == "version 1 of 1, look at it again by 2026-04-03"
    assert mediation.endswith(f"{MEDIATION.what} (Ms Patel, 2026-04-20)")
    assert bus.endswith(f"{BUS.what} (Mr O’Neill, 2026-04-03)")


async def test_each_step_makes_a_version(actions: list[str], homeward: Homeward) -> None:
    mediation, bus = actions
    told = [
        homeward("plan", "revise", CHILD, bus, "--due-on", IN_A_YEAR, "--reason", "No bus.", *BY),
        homeward("plan", "done", CHILD, mediation, "--seen", "They met.", "--key", "k1", *BY),
        homeward("plan", "review", CHILD, "--note", "It helps.", *BY),
        homeward("plan", "not-done", CHILD, bus, "--reason", "There is none.", "--version", "4", *BY),
    ]
    assert [said.out for said in told] == [f"version {number}\n" for number in (2, 3, 4, 5)]
    changed = homeward("plan", "changes", CHILD, "--from", "4").out
    assert changed == f"Not done: {BUS.what}. Why: There is none.\n"


async def test_an_action_takes_another_one_s_place(actions: list[str], homeward: Homeward) -> None:
    mediation, bus = actions
    with_bus = ("--with", bus, "--reason", "It is enough.", *BY)
    assert homeward("plan", "supersede", CHILD, mediation, *with_bus).out == "version 2\n"
    assert " superseded " in homeward("plan", "show", CHILD).out
    assert " superseded " not in homeward("plan", "show", CHILD, "--version", "1").out


async def test_the_same_key_is_the_same_step(actions: list[str], homeward: Homeward) -> None:
    done = ("plan", "done", CHILD, actions[0], "--seen", "They met.", "--key", "k1", *BY)
    homeward(*done)
    assert homeward(*done).out == "version 2, as it was before\n"


async def test_what_cannot_be_done_is_told_in_one_line(actions: list[str], homeward: Homeward) -> None:
    nobody = homeward("plan", "show", "C-nobody")
    stale = homeward("plan", "review", CHILD, "--note", "It helps.", "--version", "9", *BY)
    empty = homeward("plan", "done", CHILD, actions[0], "--seen", " ", *BY)
    unnamed = homeward("plan", "done", CHILD, uuid4(), "--seen", "They met.", "--by", "")
    assert nobody.err == "homeward: there is no such child, or it may not be seen\n"
    assert stale.err.startswith("homeward: the plan is at version 1, you saw 9;")
    assert (empty.code, empty.err) == (2, "homeward: seen: is empty: fill it\n")
    assert (unnamed.code, unnamed.err) == (2, "homeward: by: is empty: fill it\n")


async def test_a_plan_that_does_not_exist_yet_says_so(store: Store, homeward: Homeward) -> None:
    told = message("reported", BACK, id="m1")
    await receive(store, Sender("file", "test", (NOTTINGHAM,)), [told], BACK)
    await Runner(Carrier(store, Policy()), [NOTTINGHAM]).drain()
    assert homeward("plan", "show", CHILD).out.startswith("There is no plan yet")
