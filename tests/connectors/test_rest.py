"""The REST connector and a system that misbehaves: each action arrives once, and what people wrote stays."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from connectors.case_management import Delivered, Kept, NotNow, Refused
from connectors.oauth import Tokens
from connectors.rest import Rest, opened
from schemas.connector_policy import RestPolicy
from schemas.plan_update import PlanUpdate
from tests.connectors.faults import Fault
from tests.connectors.running import Running
from tests.connectors.updates import OUTCOME, SECOND, update
from tests.faults.product import free_port

LIMIT_SECONDS = 20.0


@pytest.fixture
async def rest(running: Running) -> AsyncIterator[Rest]:
    running.script()
    async with opened(running.address(), RestPolicy()) as made:
        yield made


def of_a_child(*outcomes: Any) -> tuple[PlanUpdate, str]:
    """Return an update of a child of the test's own, and where its plan is."""
    child = f"C-{uuid4()}"
    return update(*outcomes, interview=uuid4(), authority_child_id=child), f"/children/{child}/plan"


def there(running: Running, path: str) -> list[str]:
    """Return the references of our actions in a plan."""
    actions = running.state()["plans"][path]["actions"]
    return [action["reference"] for action in actions if "reference" in action]


def once(told: PlanUpdate) -> list[str]:
    return [str(each.reference) for each in told.outcomes]


async def until_delivered(rest: Rest, told: PlanUpdate) -> Delivered:
    """Deliver as the flow does: again after each failure that may pass."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while True:
            try:
                return await rest.deliver(told)
            except NotNow:
                await asyncio.sleep(0.02)


async def test_every_outcome_arrives_as_the_policy_spells_it(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    delivered = await rest.deliver(told)
    plan = running.state()["plans"][path]
    assert delivered == Delivered(plan["id"], f'"{plan["id"]}-2"')
    assert plan["actions"][0] == {
        "reference": str(told.outcomes[0].reference),
        "title": OUTCOME.what,
        "reason": OUTCOME.why,
        "childSaid": "nobody takes me to my nan's no more",
        "owner": "Joy Adeyemi, key worker",
        "dueOn": "2026-04-11",
        "measure": "Four Saturdays kept by 9 May",
        "interview": str(told.interview_id),
        "decision": told.decision,
    }
    assert plan["actions"][1]["dueOn"] is None
    assert (await rest.read_back(told)).kept is Kept.SAME


async def test_what_is_there_is_not_written_again(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    first = await rest.deliver(told)
    assert await rest.deliver(told) == first
    assert there(running, path) == once(told)


@pytest.mark.parametrize("fault", list(Fault))
async def test_whatever_goes_wrong_each_action_is_there_once(
    fault: Fault, rest: Rest, running: Running
) -> None:
    told, path = of_a_child()
    running.script(fault)
    await until_delivered(rest, told)
    while (await rest.read_back(told)).kept is not Kept.SAME:
        await until_delivered(rest, told)
    assert running.state()["faults"] == {fault: 1}
    assert there(running, path) == once(told)


async def test_what_a_person_changed_in_between_stays(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    running.script(Fault.PERSON, Fault.PERSON)
    await rest.deliver(told)
    plan = running.state()["plans"][path]
    assert plan["notes"] == ["note 1 of D. Whitlock", "note 2 of D. Whitlock"]
    assert [action["title"] for action in plan["actions"]] == [*plan["notes"], OUTCOME.what, SECOND.what]


async def test_a_write_that_is_done_late_is_not_done_twice(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    running.script(Fault.LATE)
    with pytest.raises(NotNow, match="ReadTimeout"):
        await rest.deliver(told)
    await until_delivered(rest, told)
    async with asyncio.timeout(LIMIT_SECONDS):
        while running.state()["late"]:
            await asyncio.sleep(0.02)
    assert there(running, path) == once(told)


async def test_a_merge_patch_sends_the_list_alone(running: Running) -> None:
    running.script(Fault.PERSON)
    told, path = of_a_child()
    async with opened(running.address(), RestPolicy(method="PATCH")) as rest:
        await rest.deliver(told)
    plan = running.state()["plans"][path]
    assert plan["notes"] == ["note 1 of D. Whitlock"]
    assert there(running, path) == once(told)


async def test_how_long_to_wait_is_told(rest: Rest, running: Running) -> None:
    running.script(Fault.LIMITED)
    with pytest.raises(NotNow) as caught:
        await rest.deliver(of_a_child()[0])
    assert caught.value.retry_after_seconds == 90


async def test_a_token_serves_many_requests_and_a_new_one_is_fetched_when_it_ends(
    rest: Rest, running: Running
) -> None:
    before = running.state()["tokens"]
    for _ in range(3):
        await rest.deliver(of_a_child()[0])
    running.script(Fault.EXPIRED)
    await rest.deliver(of_a_child()[0])
    assert running.state()["tokens"] - before == 2


async def test_a_wrong_secret_is_said_without_the_secret(running: Running) -> None:
    async with opened(running.address(secret="another one"), RestPolicy()) as rest:
        with pytest.raises(NotNow, match="does not accept our client id or secret") as caught:
            await rest.deliver(of_a_child()[0])
    assert "another one" not in str(caught.value)
    assert "another one" not in repr(running.address(secret="another one"))


async def test_a_child_unknown_there_is_refused_and_its_id_not_named(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    running.is_unknown(path)
    with pytest.raises(Refused, match="has no plan for this child") as caught:
        await rest.deliver(told)
    assert str(told.authority_child_id) not in str(caught.value)


@pytest.mark.parametrize(
    ("child", "why"), [(None, "has no id of the authority"), ("..", "cannot stand in an address")]
)
async def test_a_child_without_a_fitting_id_is_refused(rest: Rest, child: str | None, why: str) -> None:
    with pytest.raises(Refused, match=why):
        await rest.deliver(update(authority_child_id=child))


async def test_an_id_of_any_signs_stays_in_its_place_in_the_address(rest: Rest, running: Running) -> None:
    told = update(interview=uuid4(), authority_child_id="C/1?x=#ü")
    await rest.deliver(told)
    assert there(running, "/children/C%2F1%3Fx%3D%23%C3%BC/plan") == once(told)


async def test_what_is_kept_otherwise_is_told_by_its_fields(rest: Rest, running: Running) -> None:
    told, path = of_a_child(OUTCOME)
    await rest.deliver(told)
    plan = running.state()["plans"][path]
    plan["actions"][0] |= {"owner": "somebody else", "dueOn": None}
    running.replace(path, plan)
    read = await rest.read_back(told)
    assert (read.kept, read.why) == (Kept.OTHERWISE, "outcome 1 differs there in owner, dueOn")


async def test_an_action_that_stands_there_twice_is_told(rest: Rest, running: Running) -> None:
    told, path = of_a_child(OUTCOME)
    await rest.deliver(told)
    plan = running.state()["plans"][path]
    running.replace(path, plan | {"actions": plan["actions"] * 2})
    assert (await rest.read_back(told)).why == "outcome 1 stands there 2 times"


async def test_what_comes_back_shortened_by_blanks_alone_is_the_same(rest: Rest, running: Running) -> None:
    told, path = of_a_child(OUTCOME)
    await rest.deliver(told)
    plan = running.state()["plans"][path]
    plan["actions"][0] |= {"title": f" {OUTCOME.what}\r\n"}
    running.replace(path, plan)
    assert (await rest.read_back(told)).kept is Kept.SAME


async def test_several_interviews_of_one_child_at_once_all_arrive(rest: Rest, running: Running) -> None:
    child = f"C-{uuid4()}"
    several = [update(interview=uuid4(), authority_child_id=child) for _ in range(6)]
    await asyncio.gather(*(until_delivered(rest, each) for each in several))
    found = Counter(there(running, f"/children/{child}/plan"))
    assert found == Counter(reference for each in several for reference in once(each))


async def test_a_plan_whose_list_is_something_else_is_refused(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    running.replace(path, {"id": "P-1", "actions": {"1": "a"}})
    with pytest.raises(Refused, match="has no list at actions"):
        await rest.deliver(told)


async def test_nobody_there_is_not_now(running: Running) -> None:
    nowhere = replace(running.address(), base_url=f"http://127.0.0.1:{free_port()}")
    async with opened(nowhere, RestPolicy()) as rest:
        with pytest.raises(NotNow, match=r"does not answer \(ConnectError\)"):
            await rest.deliver(of_a_child()[0])


async def test_without_a_version_nothing_is_written(rest: Rest, running: Running) -> None:
    told, path = of_a_child()
    running.tells_no_version(path)
    with pytest.raises(Refused, match="tells no ETag"):
        await rest.deliver(told)
    assert there(running, path) == []


async def test_fields_may_stand_in_groups_and_hold_words_of_ours(running: Running) -> None:
    running.script()
    told, path = of_a_child(OUTCOME)
    spelt = {"source.id": "{reference}", "source.of": "Homeward", "title": "{number}. {what}"}
    policy = RestPolicy(actions="plan.items", action=spelt)
    async with opened(running.address(), policy) as rest:
        await rest.deliver(told)
        assert (await rest.read_back(told)).kept is Kept.SAME
    plan = running.state()["plans"][path]
    source = {"id": str(told.outcomes[0].reference), "of": "Homeward"}
    assert plan["plan"]["items"] == [{"source": source, "title": f"1. {OUTCOME.what}"}]


async def test_a_token_is_renewed_before_it_ends(running: Running) -> None:
    now = [0.0]
    async with httpx.AsyncClient() as http:
        tokens = Tokens(http, running.address().client, lambda: now[0])
        first = await tokens.valid()
        now[0] = 3200.0
        assert await tokens.valid() == first
        now[0] = 3300.0
        assert await tokens.valid() != first
