"""What a token may not see: another authority's cases, and children whose records are restricted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from casework.tokens import Scope
from tests.messages import DERBY, NOTTINGHAM, NOTTINGHAMSHIRE, message
from tests.postgres import Database
from tests.web.served import Json, Served, child, is_problem, serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("api-secrecy")]

SATURDAY = datetime(2026, 3, 28, 22, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECRET = "C-restricted"
GENESIS = "00" * 32


def tell(who: str, kind: str, hours: float = 0, **more: Any) -> Json:
    at = SATURDAY + hours * HOUR
    return message(kind, at, id=f"{who}-{kind}-{hours}", subject=f"NP-{who}", child=child(who), **more)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(module_database: Database) -> AsyncIterator[Served]:
    """A child whose record is restricted to one person, between two whose records are not."""
    async with serving(module_database) as made:
        await made.token("named", Scope.READ)
        await made.token("reader", Scope.READ)
        for who in ("C-before", SECRET, "C-after"):
            await made.tell(tell(who, "reported"), tell(who, "returned", 9))
        with made.superuser() as superuser:
            superuser.execute(
                "WITH it AS (SELECT id FROM children WHERE authority_child_id = %s), shut AS"
                " (INSERT INTO restrictions SELECT id, %s FROM it)"
                " INSERT INTO restriction_people SELECT id, 'token:named', %s FROM it",
                [SECRET, NOTTINGHAM, NOTTINGHAM],
            )
        yield made


async def secret_episode(served: Served) -> Json:
    """Return the restricted child's episode, as who is named for the child sees it."""
    (episode,) = await served.items("episodes", await served.token("named", Scope.READ), child=SECRET)
    return episode


async def test_who_is_named_for_a_restricted_child_sees_the_case(served: Served) -> None:
    episode = await secret_episode(served)
    interview = await served.one(f"interviews/{episode['interview_id']}", served.tokens["named"])
    assert (episode["status"], len(interview["history"])) == ("returned", 1)


async def test_a_restricted_child_is_on_no_list(served: Served) -> None:
    child_id = (await secret_episode(served))["child_id"]
    lists = {name: await served.items(name) for name in ("episodes", "interviews", "ledger", "questions")}
    assert {name: [one for one in found if one["child_id"] == child_id] for name, found in lists.items()} == {
        name: [] for name in lists
    }
    assert len(lists["episodes"]) == 2


@pytest.mark.parametrize("path", ["episodes", "interviews", "ledger"])
async def test_a_restricted_child_cannot_be_asked_for(served: Served, path: str) -> None:
    child_id = (await secret_episode(served))["child_id"]
    assert await served.items(path, child=SECRET) == []
    assert await served.items(path, child=child_id) == []


async def test_a_restricted_childs_case_is_not_found_by_its_id(served: Served) -> None:
    episode = await secret_episode(served)
    hidden = await served.get(f"episodes/{episode['id']}")
    nothing = await served.get(f"episodes/{uuid4()}")
    assert is_problem(hidden, 404)
    assert is_problem(await served.get(f"interviews/{episode['interview_id']}"), 404)
    assert hidden.json()["detail"] == nothing.json()["detail"]


async def test_a_restricted_childs_interview_is_not_found_by_its_episode(served: Served) -> None:
    episode = await secret_episode(served)
    assert await served.items("interviews", episode=episode["id"]) == []
    assert await served.items("ledger", subject=f"episode/{episode['id']}") == []


async def test_a_restricted_child_is_still_worked_on(served: Served) -> None:
    await served.tell(tell(SECRET, "updated", 12, missing={"risk_level": "high"}))
    assert (await secret_episode(served))["risk_level"] == "high"


async def test_where_the_line_before_is_hidden_its_hash_is_not_said_to_be_something_else(
    served: Served,
) -> None:
    """A chain that seems to begin anew would look like one that somebody cut."""
    whole = {line["no"]: line for line in await served.items("ledger", served.tokens["named"])}
    told = await served.items("ledger")
    assert len(told) < len(whole)
    assert [line["hash"] for line in told] == [whole[line["no"]]["hash"] for line in told]
    assert {line["previous_hash"] for line in told} <= {None} | {
        line["previous_hash"] for line in whole.values()
    }
    assert [line["position"] for line in told if line["previous_hash"] == GENESIS] == [1]


async def test_another_authoritys_case_is_not_found_by_its_id(served: Served) -> None:
    feed = await served.token("feed-to-derby", Scope.NOTIFY, NOTTINGHAMSHIRE, DERBY)
    reader = await served.token("derby", Scope.READ, authority=DERBY)
    told = [
        tell("C-derby", kind, hours, authority=DERBY) for kind, hours in (("reported", 0), ("returned", 9))
    ]
    await served.tell(*told, token=feed)
    (episode,) = await served.items("episodes", reader, child="C-derby")
    refused = await served.post(b"unreadable", token=feed)
    paths = (
        f"episodes/{episode['id']}",
        f"interviews/{episode['interview_id']}",
        f"letters/{refused.json()['letter']}",
    )
    assert [(await served.get(path, reader)).status_code for path in paths] == [200] * 3
    assert [(await served.get(path)).status_code for path in paths] == [404] * 3


async def test_the_same_child_id_means_another_child_to_another_authority(served: Served) -> None:
    feed = await served.token("feed-to-derby", Scope.NOTIFY, NOTTINGHAMSHIRE, DERBY)
    reader = await served.token("derby", Scope.READ, authority=DERBY)
    sent = tell("C-before", "reported", authority=DERBY) | {"id": "derbys-own"}
    await served.tell(sent, token=feed)
    (theirs,) = await served.items("episodes", reader, child="C-before")
    (ours,) = await served.items("episodes", child="C-before")
    assert theirs["child_id"] != ours["child_id"]
    assert theirs["notifications"] == ["derbys-own"]


async def test_a_question_does_not_say_which_restricted_child_it_may_be(served: Served) -> None:
    secret = await secret_episode(served)
    both = [(await served.items("episodes", child="C-before"))[0]["child_id"], secret["child_id"]]
    with served.superuser() as superuser:
        superuser.execute(
            "INSERT INTO questions (id, authority, kind, child_id, evidence, opened_at)"
            " SELECT gen_random_uuid(), authority, 'several_children', child_id,"
            " jsonb_build_object('others', to_jsonb(%s::text[]), 'by', 'name'), now()"
            " FROM episodes WHERE id = %s",
            [both, (await served.items("episodes", child="C-after"))[0]["id"]],
        )
    [seen] = await served.items("questions", kind="several_children")
    [whole] = await served.items("questions", served.tokens["named"], kind="several_children")
    assert seen["evidence"] == {"others": both[:1], "by": "name"}
    assert whole["evidence"] == {"others": both, "by": "name"}
